import { startPbx, type Button, type IncomingCall, type Pbx } from '../../../sandbox/pbx';
import { routingOf } from '../../../sandbox/pbx/incoming/answer';
import { basic } from './pbx-client';
import { startReceiver, type Receiver } from './receiver';

const CALL_ID = 'externalCall.89350264e026dace3f2b14d1f438257c.1773236989';
const CALLER = { number: '+4915112345678', line: '4940669690' };

let pbx: Pbx;
let n8n: Receiver;
let reports: Receiver;

beforeEach(async () => {
	n8n = await startReceiver(200, `${CALL_ID}/102/103&104`);
	reports = await startReceiver();
	// Phones that ring as long as a person wants.
	pbx = await startPbx({ timeFactor: 1 });
	pbx.control.setGlobals({ B24_ASK_URL: n8n.url, B24_INCOMING_URL: reports.url, B24_ASK_SECONDS: '60' });
});
afterEach(async () => {
	await pbx.stop();
	await Promise.all([n8n.stop(), reports.stop()]);
});

async function ringing(caller = CALLER): Promise<IncomingCall> {
	const { call, rings } = pbx.callIn(caller);
	await rings;
	return call;
}

/** The fields of the next report. */
async function told(): Promise<Record<string, string>> {
	return Object.fromEntries(new URLSearchParams((await reports.next()).body));
}

const press = (call: IncomingCall, extension: string, button: Button) =>
	pbx.press(call.channelId, 'employee', button, extension);
const hangUp = (call: IncomingCall) => pbx.press(call.channelId, 'client', 'hangup');
const which = ({ channelId, start }: IncomingCall) => ({
	CALL_ID,
	DIRECTION: 'in',
	UNIQUEID: channelId,
	NUMBER: CALLER.number,
	LINE: CALLER.line,
	START: String(start),
});
const MISSED = { ANSWEREDTIME: '', TALKED: '', RECORDING: '' };

describe('n8n says whom to ring', () => {
	test('one after the other, and hears who rings, who answers, and how it ends', async () => {
		const call = await ringing();
		expect((await n8n.next()).body).toBe(`UNIQUEID=${call.channelId}&CALLER=%2B4915112345678&LINE=4940669690`);
		expect(await told()).toEqual({ EVENT: 'ringing', ...which(call), EXTENSION: '102', RUNG: '102' });
		expect(call.phones).toEqual(['102']);
		expect(press(call, '103', 'answer')).toBe(false);
		expect(press(call, '102', 'noanswer')).toBe(true);
		expect(await told()).toMatchObject({ EVENT: 'ringing', RUNG: '102&103&104' });
		while (call.phones.length < 2) await new Promise((resolve) => pbx.changes.once('change', resolve));
		expect(press(call, '104', 'answer')).toBe(true);
		expect(await told()).toEqual({ EVENT: 'answered', ...which(call), EXTENSION: '104', RUNG: '102&103&104' });
		expect(press(call, '103', 'answer')).toBe(false);
		expect(hangUp(call)).toBe(true);
		const ended = await told();
		expect(ended).toEqual({
			EVENT: 'ended',
			...which(call),
			EXTENSION: '102',
			RUNG: '102&103&104',
			DIALSTATUS: 'ANSWER',
			ANSWEREDTIME: expect.stringMatching(/^\d+$/) as string,
			HANGUPCAUSE: '16',
			TALKED: `104:${ended.ANSWEREDTIME ?? ''},`,
			RECORDING: call.channelId,
		});
	});

	const ends: [Button[], string, string][] = [
		[['noanswer', 'noanswer'], 'NOANSWER', '16'],
		[['busy', 'busy'], 'BUSY', '17'],
		[['hangup', 'noanswer'], 'NOANSWER', '21'],
		[['hangup', 'hangup'], 'CHANUNAVAIL', '21'],
	];
	test.each(ends)('the last two press %j: %s %s', async (buttons, DIALSTATUS, HANGUPCAUSE) => {
		const call = await ringing();
		await told();
		press(call, '102', 'busy');
		await told();
		while (call.phones.length < 2) await new Promise((resolve) => pbx.changes.once('change', resolve));
		buttons.forEach((button, index) => press(call, ['103', '104'][index] ?? '', button));
		expect(await told()).toMatchObject({ EVENT: 'ended', DIALSTATUS, HANGUPCAUSE, ...MISSED });
	});

	test('the caller gives up', async () => {
		const call = await ringing();
		await told();
		hangUp(call);
		expect(await told()).toMatchObject({
			EVENT: 'ended',
			CALL_ID,
			DIALSTATUS: 'CANCEL',
			HANGUPCAUSE: '127',
			EXTENSION: '102',
			RUNG: '102',
			...MISSED,
		});
	});

	test('the caller gives up before it says anything: no phone rings, and the call is known all the same', async () => {
		const { call, rings } = pbx.callIn(CALLER);
		expect(hangUp(call)).toBe(true);
		await rings;
		expect(await told()).toMatchObject({
			EVENT: 'ended',
			CALL_ID,
			DIALSTATUS: '',
			EXTENSION: '102',
			RUNG: '',
			...MISSED,
		});
	});

	test('busy and unregistered phones do not ring', async () => {
		const first = await ringing();
		press(first, '102', 'answer');
		const second = await ringing();
		expect(second.phones).toEqual(['103', '104']);
		hangUp(first);
		hangUp(second);
		pbx.control.setGlobals({ B24_FALLBACK: '999', B24_ASK_URL: '' });
		const third = await ringing();
		expect(third.phase).toBe('over');
		const bodies = () =>
			reports.received
				.map(({ body }) => new URLSearchParams(body))
				.filter((fields) => fields.get('UNIQUEID') === third.channelId);
		while (bodies().length === 0) await reports.next();
		expect(Object.fromEntries(bodies()[0] ?? [])).toMatchObject({
			DIALSTATUS: 'CHANUNAVAIL',
			HANGUPCAUSE: '3',
			RUNG: '999',
		});
	});
});

describe('the fixed fallback rings', () => {
	const unknown = { CALL_ID: '', EXTENSION: '101', RUNG: '101&102' };
	async function falls(caller = CALLER): Promise<void> {
		const call = await ringing(caller);
		expect(call.phones).toEqual(['101', '102']);
		hangUp(call);
		// Nothing before: a card would open for a call that Bitrix24 does not know.
		expect(await told()).toMatchObject({ EVENT: 'ended', ...unknown, NUMBER: caller.number, DIALSTATUS: 'CANCEL' });
	}

	test.each(['anonymous', ''])('for a hidden number (%j), which nobody is asked about', async (number) => {
		await falls({ ...CALLER, number });
		expect(n8n.received).toEqual([]);
	});

	test.each([500, 404, 503])('when n8n answers %i', async (status) => {
		const failing = await startReceiver(status, `${CALL_ID}/102`);
		pbx.control.setGlobals({ B24_ASK_URL: failing.url });
		await falls();
		await failing.stop();
	});

	test('when n8n does not answer in time, and when it is not there', async () => {
		const silent = await startReceiver(200, null);
		pbx.control.setGlobals({ B24_ASK_URL: silent.url, B24_ASK_SECONDS: '0.1' });
		await falls();
		await silent.stop();
		await falls();
	});

	test.each([
		'',
		'{"message":"Error in workflow"}',
		CALL_ID,
		`${CALL_ID}/`,
		`${CALL_ID}/anna`,
		`${CALL_ID}/101,102`,
		`${CALL_ID}/101&`,
		`${CALL_ID}//101`,
		`x${CALL_ID}/101`,
		`${CALL_ID}/101 `,
		'/101',
		'externalCall/101',
		`${CALL_ID}/101)\n`,
	])('when n8n says %j', (said) => {
		expect(routingOf(said, '101&102/103')).toEqual({ callId: '', groups: [['101', '102'], ['103']] });
	});
});

test('nobody answers for as long as the dialplan rings', async () => {
	await pbx.stop();
	pbx = await startPbx({ timeFactor: 0.005 });
	pbx.control.setGlobals({ B24_ASK_URL: n8n.url, B24_INCOMING_URL: reports.url });
	const began = performance.now();
	const call = await ringing();
	while (call.phase !== 'over') await new Promise((resolve) => pbx.changes.once('change', resolve));
	expect(performance.now() - began).toBeGreaterThan(2 * 20 * 5 - 10);
	expect(call.rung).toEqual(['102', '103', '104']);
});

test('a conversation leaves a recording as long as itself', async () => {
	await pbx.stop();
	pbx = await startPbx({ timeFactor: 0.01 });
	const call = await ringing();
	press(call, '101', 'answer');
	const began = performance.now();
	while (performance.now() - began < 35) await new Promise((resolve) => setImmediate(resolve));
	hangUp(call);
	const file = await fetch(`${pbx.url}/ari/recordings/stored/${call.channelId}/file`, { headers: basic(pbx) });
	expect((await file.arrayBuffer()).byteLength).toBeGreaterThanOrEqual(44 + 3 * 16_000);
});
