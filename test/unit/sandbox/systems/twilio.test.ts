import { Twilio, twilioSignature } from '../../../../sandbox/systems/twilio';
import { readTwiml } from '../../../../sandbox/systems/twiml';
import type { ClickStory, Switches } from '../../../../sandbox/systems/common';
import { startReceiver, type Receiver } from '../receiver';

let receiver: Receiver;
let twilio: Twilio;
async function start(switches: Partial<Switches> = {}): Promise<void> {
	receiver = await startReceiver(200, '<Response/>');
	twilio = new Twilio(undefined, undefined, switches);
	await twilio.stage.start();
}
afterEach(async () => {
	await twilio.stage.stop();
	await receiver.stop();
});

const authorization = (token = 'test-token') => ({
	authorization: `Basic ${Buffer.from(`AC00000000000000000000000000000001:${token}`).toString('base64')}`,
});
const twiml =
	() => `<Response><Dial callerId="+4930123456" timeout="30" action="${receiver.url}/b?CALL_ID=c1&amp;USER_ID=5" record="record-from-answer-dual"
	recordingStatusCallback="${receiver.url}/c?CALL_ID=c1"><Number>+4915112345678</Number></Dial></Response>`;
async function call(
	fields: Record<string, string> = {},
	token?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
	const body = new URLSearchParams({
		To: '+4915100000',
		From: '+4930123456',
		Timeout: '20',
		StatusCallback: `${receiver.url}/a?CALL_ID=c1`,
		Twiml: twiml(),
		...fields,
	});
	const response = await fetch(`${twilio.stage.url}/2010-04-01/Accounts/${twilio.account}/Calls.json`, {
		method: 'POST',
		body,
		headers: authorization(token),
	});
	const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
	await twilio.stage.settled();
	return answer;
}
const came = () =>
	receiver.received.map(({ path, body }) => ({ path, ...Object.fromEntries(new URLSearchParams(body)) }));

it('signs like the SDK', async () => {
	await start();
	expect(
		twilioSignature('test-token', 'https://n8n.example.com/webhook/twilio?USER_ID=1', {
			CallSid: 'CA1',
			CallStatus: 'completed',
			CallDuration: '42',
		}),
	).toBe('ydwf3Tl9VYXQVkBIHoUlG1WjQOc=');
});

it('tells the client’s end, the employee’s, and the recording', async () => {
	await start();
	expect(await call()).toMatchObject({ status: 201, body: { status: 'queued' } });
	expect(came()).toMatchObject([
		{ path: '/b?CALL_ID=c1&USER_ID=5', DialCallStatus: 'completed', DialCallDuration: '4' },
		{ path: '/a?CALL_ID=c1', CallStatus: 'completed', CallDuration: '10' },
		{ path: '/c?CALL_ID=c1', RecordingStatus: 'completed', RecordingDuration: '4' },
	]);
});

it.each<[ClickStory, string]>([
	['clientBusy', 'busy'],
	['clientNoAnswer', 'no-answer'],
	['employeeHangsUp', 'canceled'],
])('%s: B says %s', async (click, status) => {
	await start({ click });
	await call();
	expect(came()).toMatchObject([{ DialCallStatus: status }, { CallStatus: 'completed' }]);
});

it('tells of an employee who does not answer in A alone', async () => {
	await start({ click: 'employeeNoAnswer' });
	await call();
	expect(came()).toMatchObject([{ path: '/a?CALL_ID=c1', CallStatus: 'no-answer' }]);
});

it.each([
	[401, 20003, {}, 'wrong'],
	[400, 21211, { To: '101' }, undefined],
	[400, 21212, { From: '' }, undefined],
	[400, 21218, { Twiml: '<Response><Dial action="x?a=1&b=2"><Number>+49</Number></Dial></Response>' }, undefined],
	[400, 21218, { Twiml: 'x'.repeat(4001) }, undefined],
])('refuses with %i %i', async (status, code, fields, token) => {
	await start();
	expect(await call(fields as Record<string, string>, token)).toMatchObject({ status, body: { code } });
});

it('keeps a recording back for a while', async () => {
	await start({ recording: 'late' });
	await call();
	const [, , c] = came() as Record<string, string>[];
	const get = async () => (await fetch(`${c?.RecordingUrl ?? ''}.mp3`, { headers: authorization() })).status;
	expect([await get(), await get(), await get()]).toEqual([404, 404, 200]);
});

it('plays an incoming call whose TwiML lies at Twilio', async () => {
	await start();
	await twilio.callIn({ client: '+4915177777', line: '+4930123456', twiml: twiml(), story: 'missedByAll' });
	expect(came()).toMatchObject([{ From: '+4915177777', Direction: 'inbound', DialCallStatus: 'no-answer' }]);
});

it('reads addresses in TwiML as XML', () => {
	const xml =
		'<Response><Dial action="x?a=1&amp;b=2"><Sip>sip:101@x</Sip><Number url="y">+49</Number></Dial></Response>';
	expect(readTwiml(xml)).toEqual({ action: 'x?a=1&b=2', targets: ['sip:101@x', '+49'] });
});
