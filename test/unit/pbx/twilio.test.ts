import { twilio } from '../../../pbx/systems/twilio';
import { twilioSignature } from '../../../sandbox/systems/twilio';
import { login, post, survives } from './posts';

const account = login({ address: 'https://api.twilio.com', user: 'AC1', password: 'test-token' });
const URL_OF_US = 'https://n8n.example.com/webhook/twilio?USER_ID=1';
const QUERY = { call_id: 'externalCall.x.1', user_id: '5', phone_number: ' 4915112345678' };
const read = (fields: Record<string, string>, query: Record<string, string> = QUERY) =>
	twilio.read(post({ CallSid: 'CA1', From: '+4930', To: '+49151', ...fields }, { query }), 'UTC');

describe('the signature', () => {
	const genuine = (body: string, signed: string, url = URL_OF_US, given = account) =>
		twilio.isGenuine?.(post(body, { url, headers: { 'x-twilio-signature': signed } }), given);
	const BODY = 'CallStatus=completed&CallSid=CA1&CallDuration=42';

	it('is the SDK’s', () => {
		expect(genuine(BODY, 'ydwf3Tl9VYXQVkBIHoUlG1WjQOc=')).toBe(true);
		expect(genuine(BODY, 'ydwf3Tl9VYXQVkBIHoUlG1WjQOc')).toBe(false);
		expect(genuine(BODY, '')).toBe(false);
		expect(genuine(`${BODY}1`, 'ydwf3Tl9VYXQVkBIHoUlG1WjQOc=')).toBe(false);
		expect(genuine(BODY, 'ydwf3Tl9VYXQVkBIHoUlG1WjQOc=', URL_OF_US.replace('1', '2'))).toBe(false);
	});

	it('may be over the address with its standard port, or without, and over no other', () => {
		const over = (url: string) => twilioSignature('test-token', url, {});
		expect(genuine('', over('https://n8n.example.com:443/a?b=1'), 'https://n8n.example.com/a?b=1')).toBe(true);
		expect(genuine('', over('https://n8n.example.com/a?b=1'), 'https://n8n.example.com:443/a?b=1')).toBe(true);
		expect(genuine('', over('http://127.0.0.1:5678/a'), 'http://127.0.0.1:5678/a')).toBe(true);
		expect(genuine('', over('http://127.0.0.1/a'), 'http://127.0.0.1:5678/a')).toBe(false);
	});

	it('takes different values of a repeated name sorted, each once', () => {
		expect(genuine('B=2&A=3&B=1&B=2', twilioSignature('test-token', URL_OF_US, { A: '3', B1: '', B2: '' }))).toBe(true);
	});

	it('proves nothing while the credential has no token', () => {
		expect(genuine('', twilioSignature('', URL_OF_US, {}), URL_OF_US, login())).toBe(false);
	});
});

describe('a report', () => {
	it('of the client’s leg is the truth, and is answered with TwiML', () => {
		const { reports, reply } = read({
			DialCallStatus: 'completed',
			DialCallDuration: '42',
			CallStatus: 'in-progress',
			Direction: 'outbound-api',
		});
		expect(reports).toEqual([
			{
				event: 'ended',
				callId: 'externalCall.x.1',
				externalCallId: 'CA1',
				direction: 'outgoing',
				phoneNumber: '4915112345678',
				lineNumber: '+4930',
				userId: 5,
				extension: undefined,
				outcome: 'ended',
				outcomeWord: 'completed',
				duration: 42,
				recording: undefined,
			},
		]);
		expect(reply).toEqual({ status: 200, contentType: 'text/xml', body: '<Response/>' });
	});

	it.each([
		['busy', 'busy'],
		['no-answer', 'unanswered'],
		['canceled', 'cancelled'],
		['failed', 'noRoute'],
		['new', undefined],
	])('client %s: %s', (DialCallStatus, outcome) => {
		expect(read({ DialCallStatus }).reports).toMatchObject([{ outcome, duration: 0 }]);
	});

	it.each([
		['no-answer', 'cancelled'],
		['busy', 'cancelled'],
		['canceled', 'cancelled'],
		['failed', 'unavailable'],
	])('employee %s is no client’s outcome: %s', (CallStatus, outcome) => {
		expect(read({ CallStatus, Direction: 'outbound-api' }).reports).toMatchObject([
			{ event: 'ended', outcome, reason: expect.any(String) as string, userId: 5 },
		]);
	});

	it.each(['completed', 'in-progress', 'ringing', 'initiated'])('employee %s adds nothing', (CallStatus) => {
		expect(read({ CallStatus, CallDuration: '50' }).reports).toEqual([]);
	});

	it('of an incoming call names client, line and who was rung', () => {
		const fields = { From: '+4915177777', To: '+4930', Direction: 'inbound', DialCallStatus: 'no-answer' };
		expect(read(fields, { extension: '102' }).reports).toMatchObject([
			{
				callId: undefined,
				direction: 'incoming',
				phoneNumber: '+4915177777',
				lineNumber: '+4930',
				extension: '102',
				userId: undefined,
				outcome: 'unanswered',
			},
		]);
		const [missed] = read({ From: 'anonymous', Direction: 'inbound', CallStatus: 'no-answer' }, {}).reports;
		expect([missed?.phoneNumber, missed?.outcome, missed?.reason]).toEqual(['', 'unanswered', undefined]);
	});

	it.each(['', '0', '-1', '1.5', 'five', '99999999999999999999'])('with the employee %j names none', (user_id) => {
		expect(read({ DialCallStatus: 'busy' }, { user_id }).reports).toMatchObject([{ userId: undefined }]);
	});

	it.each(['', '4 s', 's4', '-4', '1.5'])('with the duration %j has none', (DialCallDuration) => {
		expect(read({ DialCallStatus: 'completed', DialCallDuration }).reports).toMatchObject([{ duration: 0 }]);
	});

	it('of the client’s leg may name the recording, too', () => {
		const RecordingUrl = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1';
		expect(read({ DialCallStatus: 'completed', RecordingUrl }).reports).toMatchObject([{ recording: RecordingUrl }]);
	});

	it('of a recording names it once it is whole', () => {
		const fields = {
			RecordingSid: 'RE1',
			RecordingUrl: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1',
			RecordingDuration: '42',
		};
		expect(read({ ...fields, RecordingStatus: 'completed' }).reports).toMatchObject([
			{ event: 'recorded', callId: 'externalCall.x.1', recording: fields.RecordingUrl, duration: 42 },
		]);
		expect(read({ ...fields, RecordingStatus: 'absent' }).reports).toEqual([]);
	});
});

it('asks for recordings at the login’s own address only', async () => {
	const at = async (url: string) => (await twilio.recording?.(url, account, jest.fn()))?.url;
	expect(await at('https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1')).toBe(
		'https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3',
	);
	expect(await at('https://evil.example.com/x.wav')).toBe('https://api.twilio.com/x.mp3');
	expect(await at('https://api.twilio.com/a.mp3/b.wav?c.mp3')).toBe('https://api.twilio.com/a.mp3/b.mp3');
	expect(await at('https://api.twilio.com/')).toBeUndefined();
	expect(await at('nonsense')).toBeUndefined();
	expect(await at('')).toBeUndefined();
});

it('survives garbage', () => {
	survives(twilio, login({ password: 'test-token' }));
});

it('takes no word for a name of JavaScript’s', () => {
	expect(read({ CallStatus: 'constructor' }).reports).toEqual([]);
	expect(read({ DialCallStatus: '__proto__' }).reports).toMatchObject([{ outcome: undefined }]);
});
