import { outcomeOf, outcomeTable, startPbx, type Button, type Pbx, type Side } from '../../../sandbox/pbx';
import { call, CALL_ID, reached, until } from './pbx-client';
import { startReceiver, type Receiver } from './receiver';

let pbx: Pbx;
/** Here phones ring as long as whoever presses their buttons takes. */
let slow: Pbx;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	pbx = await startPbx({ timeFactor: 0.005 });
	slow = await startPbx({ timeFactor: 1 });
});
afterAll(async () => {
	await pbx.stop();
	await slow.stop();
	await receiver.stop();
});

const doneUrl = (): string => `${receiver.url}/webhook/done`;
type Fields = Record<string, string | undefined>;
const read = (body: string): Fields => Object.fromEntries(new URLSearchParams(body));
const report = async (): Promise<Fields> => read((await receiver.next()).body);
/** What every row of "what a real Asterisk was seen to post" has in common. */
const agent = (DIALSTATUS: string, cause: number): Fields => ({
	LEG: 'agent',
	DIALSTATUS,
	HANGUPCAUSE: String(cause),
	ANSWEREDTIME: '',
	RECORDING: '',
});
const client = (DIALSTATUS: string, cause: number): Fields => ({
	LEG: '',
	DIALSTATUS,
	HANGUPCAUSE: String(cause),
	ANSWEREDTIME: '',
	RECORDING: '',
});
const answered = (seconds: string, cause = 16): Fields => ({
	...client('ANSWER', cause),
	ANSWEREDTIME: seconds,
	RECORDING: expect.stringMatching(/-\d+$/) as string,
});

describe('automatic numbers', () => {
	const rows: [string, Fields][] = [
		['9004', { ...answered('4'), TALKED: '101:4,' }],
		['9100', client('BUSY', 17)],
		['9200', client('NOANSWER', 16)],
		['9300', client('CANCEL', 16)],
		['9400', client('CONGESTION', 34)],
		['9403', client('CHANUNAVAIL', 21)],
		['9404', client('CHANUNAVAIL', 1)],
		['9408', client('CHANUNAVAIL', 18)],
		['9480', client('NOANSWER', 19)],
		['9484', client('CHANUNAVAIL', 28)],
		['9500', client('CHANUNAVAIL', 38)],
		['9600', agent('NOANSWER', 16)],
		['9603', client('CHANUNAVAIL', 21)],
		['9700', agent('BUSY', 17)],
		['9703', agent('CHANUNAVAIL', 21)],
		['9801', { ...answered('9'), TALKED: '101:9,' }],
		['9802', { ...answered('5', 17), TALKED: '101:5,' }],
		['9803', { ...answered('33'), TALKED: '101:33,' }],
		['9804', { ...answered('7'), TALKED: '103:7,' }],
	];
	test.each(rows.filter(([ending]) => !['9801'].includes(ending)))('%s reports %j', async (ending, expected) => {
		const id = await call(pbx, {
			number: `493023125${ending}`,
			doneUrl: doneUrl(),
			request: { channelId: CALL_ID },
			variables: { __B24_LINE: '+4940669690' },
		});
		expect(id).toBe(CALL_ID);
		const received = await receiver.next();
		expect(received).toMatchObject({ path: '/webhook/done', type: 'application/x-www-form-urlencoded' });
		const start = pbx.calls.at(-1)?.start;
		expect(read(received.body)).toMatchObject({
			...expected,
			CALL_ID,
			DIRECTION: 'out',
			EXTENSION: '101',
			NUMBER: `493023125${ending}`,
			LINE: '+4940669690',
			START: String(start),
			UNIQUEID: `${CALL_ID}-${start}`,
		});
	});

	test('the table for people names exactly the endings that act', () => {
		expect(outcomeTable.map(({ example }) => example.slice(-4))).toEqual(rows.map(([ending]) => ending));
		expect(outcomeTable.map(({ example }) => outcomeOf(example))).not.toContain(undefined);
		expect(outcomeOf('+49 30 23125 9042')).toEqual({ case: 'answered', seconds: 42 });
		for (const number of ['+49 151 12345678', '9800', '90', '']) expect(outcomeOf(number)).toBeUndefined();
	});
});

describe('who talked', () => {
	test.each([
		['9801', '101:3,103:4,'],
		['9802', '101:3,'],
		['9803', '101:3,'],
		['9804', '103:7,'],
	])('%s with the context of the phones: %s', async (ending, TALKED) => {
		pbx.control.setGlobals({ B24_PHONE_CONTEXT: 'from-internal' });
		await call(pbx, { number: `493023125${ending}`, doneUrl: doneUrl() });
		expect(await report()).toMatchObject({ TALKED, EXTENSION: '101', DIALSTATUS: 'ANSWER' });
		pbx.control.setGlobals({ B24_PHONE_CONTEXT: '' });
	});

	test('without it the one at the end of a blind transfer counts for the whole', async () => {
		await call(pbx, { number: '4930231259801', doneUrl: doneUrl() });
		expect(await report()).toMatchObject({ ...answered('9'), TALKED: '103:9,' });
	});

	test('a transfer to an unregistered phone ends the call', async () => {
		const id = await call(slow, { doneUrl: doneUrl() });
		expect(slow.transfer(id, '102', 'blind')).toBe(false);
		await reached(slow, id, 'employee');
		slow.press(id, 'employee', 'answer');
		slow.press(id, 'client', 'answer');
		expect(slow.hold(id)).toBe(true);
		expect(slow.transfer(id, '999', 'blind')).toBe(true);
		expect(await report()).toMatchObject({ DIALSTATUS: 'ANSWER', HANGUPCAUSE: '16' });
		expect(slow.hold(id)).toBe(false);
	});

	test('the client may hang up while the other phone rings, and do nothing else', async () => {
		const id = await call(slow, { doneUrl: doneUrl() });
		slow.press(id, 'employee', 'answer');
		slow.press(id, 'client', 'answer');
		slow.transfer(id, '102', 'blind');
		expect(slow.press(id, 'client', 'busy')).toBe(false);
		expect(slow.press(id, 'client', 'hangup')).toBe(true);
		expect(await report()).toMatchObject({ DIALSTATUS: 'ANSWER' });
	});
});

describe('phones in the hands of people', () => {
	const employee: [Button, Fields][] = [
		['busy', agent('BUSY', 17)],
		['hangup', agent('CHANUNAVAIL', 21)],
		['noanswer', agent('NOANSWER', 16)],
	];
	test.each(employee)('the employee presses %s', async (button, expected) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		expect(slow.press(id, 'client', 'answer')).toBe(false);
		expect(slow.press(id, 'employee', button)).toBe(true);
		expect(await report()).toMatchObject(expected);
		expect(slow.press(id, 'employee', 'answer')).toBe(false);
	});

	const later: [Side, Button, Fields][] = [
		['client', 'busy', client('BUSY', 17)],
		['client', 'hangup', client('CHANUNAVAIL', 21)],
		['client', 'noanswer', client('NOANSWER', 16)],
		['client', 'congestion', client('CONGESTION', 34)],
		['client', 'chanunavail', client('CHANUNAVAIL', 1)],
		['employee', 'hangup', client('CANCEL', 16)],
	];
	test.each(later)('the employee answered, then the %s presses %s', async (side, button, expected) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		slow.press(id, 'employee', 'answer');
		expect(slow.press(id, side, button)).toBe(true);
		expect(await report()).toMatchObject(expected);
	});

	test.each<Side>(['client', 'employee'])('both answered, the %s hangs up at once', async (side) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		slow.press(id, 'employee', 'answer');
		slow.press(id, 'client', 'answer');
		expect(slow.press(id, side, 'busy')).toBe(false);
		slow.press(id, side, 'hangup');
		expect(await report()).toMatchObject(answered('0'));
	});

	test('a second call on an engaged phone is busy', async () => {
		const first = await call(slow, { doneUrl: doneUrl() });
		await call(slow, { doneUrl: doneUrl() });
		expect(await report()).toMatchObject(agent('BUSY', 17));
		slow.press(first, 'employee', 'noanswer');
		await receiver.next();
	});
});

describe('time', () => {
	test('nobody presses: the phone of the employee rings until the dialplan gives up', async () => {
		await call(pbx, { doneUrl: doneUrl() });
		expect(await report()).toMatchObject(agent('NOANSWER', 16));
	});

	test('originate waits less than the dialplan: the agent leg is cancelled', async () => {
		await call(pbx, { doneUrl: doneUrl(), request: { timeout: '2' } });
		expect(await report()).toMatchObject(agent('CANCEL', 19));
	});

	describe('after the employee has pressed', () => {
		let patient: Pbx;
		const rung = (): Promise<string> => call(patient, { doneUrl: doneUrl(), request: { timeout: '-1' } });
		beforeAll(async () => {
			patient = await startPbx({ timeFactor: 0.005, employeeRingSeconds: 100_000 });
		});
		afterAll(() => patient.stop());

		test('nobody presses at the client: no answer', async () => {
			const id = await rung();
			patient.press(id, 'employee', 'answer');
			expect(await report()).toMatchObject(client('NOANSWER', 16));
		});

		test('the conversation is measured in simulated seconds', async () => {
			const id = await rung();
			const before = performance.now();
			patient.press(id, 'employee', 'answer');
			patient.press(id, 'client', 'answer');
			const began = performance.now();
			while (performance.now() - began < 30) await new Promise((resolve) => setImmediate(resolve));
			patient.press(id, 'client', 'hangup');
			const seconds = Number((await report()).ANSWEREDTIME);
			expect(seconds).toBeGreaterThanOrEqual(5);
			expect(seconds).toBeLessThanOrEqual((performance.now() - before) / 5 + 1);
		});
	});
});

describe('what the trunk is shown', () => {
	const shown = async (
		line: string,
		extra: Record<string, string> = {},
	): Promise<Pbx['invites'][number] | undefined> => {
		const id = await call(pbx, {
			number: '4930231259100',
			doneUrl: doneUrl(),
			variables: { __B24_LINE: line, ...extra },
		});
		await receiver.next();
		return pbx.invites.find(({ channelId }) => channelId === id);
	};

	test('the line of the click, else the caller ID of all, else none: never the extension or the client', async () => {
		expect(await shown('')).toMatchObject({ callerId: '', number: '4930231259100' });
		expect(await shown('+49 40 66969')).toMatchObject({ callerId: '494066969' });
		expect(await shown('reception-1')).toMatchObject({ callerId: '' });
		pbx.control.setGlobals({ B24_CALLER_ID: '494066969100', B24_LINE_BEFORE: '+' });
		expect(await shown('')).toMatchObject({ callerId: '494066969100' });
		expect(await shown('+494066969')).toMatchObject({ callerId: '+494066969' });
		pbx.control.setGlobals({ B24_CALLER_ID: '', B24_LINE_BEFORE: '' });
	});

	test('the client’s own extension is sent as tones', async () => {
		expect(await shown('', { __B24_DTMF: '12' })).toMatchObject({ tones: '12' });
		expect(await shown('', { __B24_NUMBER: '+4930231259100;12' })).toMatchObject({ number: '4930231259100' });
	});

	test.each(['*21*4930231259004#', '49(0)30231259004', '49 30 1', '', '49,12', '+', '++49', '112#'])(
		'%s is dialled nowhere',
		async (number) => {
			const before = pbx.invites.length;
			const id = await call(pbx, { number, doneUrl: doneUrl() });
			expect(await report()).toMatchObject({ ...client('CHANUNAVAIL', 28), CALL_ID: id });
			expect(pbx.invites).toHaveLength(before);
		},
	);
});

describe('through contexts of the PBX (Local/..@from-internal)', () => {
	let local: Pbx;
	beforeAll(async () => {
		local = await startPbx({
			timeFactor: 0.005,
			globals: {
				B24_PHONE_BEFORE: 'Local/',
				B24_PHONE_AFTER: '@from-internal',
				B24_TRUNK_BEFORE: 'Local/',
				B24_TRUNK_AFTER: '@from-internal',
			},
		});
	});
	afterAll(() => local.stop());

	test('the voicemail of an absent employee takes the call, unless a key is asked for or the phone rings shorter', async () => {
		await call(local, { number: '4930231259600', doneUrl: doneUrl() });
		expect(await report()).toMatchObject(client('NOANSWER', 16));
		local.control.setGlobals({ B24_CONFIRM: '1' });
		await call(local, { number: '4930231259600', doneUrl: doneUrl() });
		expect(await report()).toMatchObject(agent('NOANSWER', 16));
	});

	test('a busy client reports cause 16', async () => {
		await call(local, { number: '4930231259100', doneUrl: doneUrl() });
		expect(await report()).toMatchObject(client('BUSY', 16));
	});
});

describe('what is not reported', () => {
	test.each([
		['a Local endpoint of an unknown context', { endpoint: 'Local/101@nowhere' }],
		['a client context without dialplan', { context: 'nowhere' }],
	])('%s', async (_name, request) => {
		const id = await call(pbx, { number: '4930231259004', doneUrl: doneUrl(), request });
		await reached(pbx, id, 'over');
		expect(pbx.reports.filter((one) => one.channelId === id)).toEqual([]);
	});

	test('a phone dialled directly that is busy, and a call without report address', async () => {
		const ids = [
			await call(pbx, { number: '4930231259700', doneUrl: doneUrl(), request: { endpoint: 'PJSIP/101' } }),
			await call(pbx, { number: '4930231259004' }),
		];
		for (const id of ids) await reached(pbx, id, 'over');
		expect(pbx.reports.filter(({ channelId }) => ids.includes(channelId))).toEqual([]);
	});
});

test('the global address is used when the request names none', async () => {
	pbx.control.setGlobals({ B24_REPORT_URL: `${receiver.url}/global` });
	await call(pbx, { number: '4930231259700' });
	expect(await receiver.next()).toMatchObject({ path: '/global' });
	pbx.control.setGlobals({ B24_REPORT_URL: '' });
});

test('variables keep their value whatever their underscores, and CALL_ID is encoded', async () => {
	const variables = { B24_CALL_ID: 'a b&c', _B24_LINE: '1' };
	await call(pbx, { number: '4930231259700', doneUrl: doneUrl(), variables });
	expect((await receiver.next()).body).toMatch(/^CALL_ID=a%20b%26c&.*&LINE=1&/);
});

test('an extension without phone reports that it is unavailable', async () => {
	await call(pbx, { number: '4930231259004', doneUrl: doneUrl(), request: { endpoint: 'Local/999@b24-agent/n' } });
	expect(await report()).toMatchObject(agent('CHANUNAVAIL', 3));
});

test('everything came exactly once', async () => {
	await until(pbx, () => pbx.reports.every(({ status }) => status !== undefined));
	const ids = pbx.reports.map(({ body }) => read(body).UNIQUEID);
	expect(new Set(ids).size).toBe(ids.length);
});
