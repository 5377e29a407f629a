import { outcomeOf, outcomeTable, startPbx, type Button, type Pbx, type Side } from '../../../sandbox/pbx';
import { call, CALL_ID, reached } from './pbx-client';
import { startReceiver, type Receiver } from './receiver';

let pbx: Pbx;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	pbx = await startPbx({ timeFactor: 0.005 });
});
afterAll(async () => {
	await pbx.stop();
	await receiver.stop();
});

const doneUrl = (): string => `${receiver.url}/webhook/done?USER_ID=7`;

/** The rows of what a real Asterisk was seen to post; <id> is the channel's. */
const agent = (status: string, cause: number): string => `CALL_ID=${CALL_ID}&LEG=agent&DIALSTATUS=${status}&HANGUPCAUSE=${cause}`;
const client = (status: string, answered: number | ''): string => `CALL_ID=${CALL_ID}&DIALSTATUS=${status}&ANSWEREDTIME=${answered}&HANGUPCAUSE=16&RECORDING=<id>`;

describe('automatic numbers', () => {
	const rows: [string, string][] = [
		['4930231259004', client('ANSWER', 4)],
		['4930231259100', client('BUSY', '')],
		['4930231259200', client('NOANSWER', '')],
		['4930231259300', client('CANCEL', '')],
		['4930231259400', client('CONGESTION', '')],
		['4930231259500', client('CHANUNAVAIL', '')],
		['4930231259600', agent('NOANSWER', 16)],
		['4930231259700', agent('BUSY', 17)],
	];
	test.each(rows)('%s reports %s', async (number, expected) => {
		const id = await call(pbx, { number, doneUrl: doneUrl() });
		const report = await receiver.next();
		expect(report).toMatchObject({ path: '/webhook/done?USER_ID=7', type: 'application/x-www-form-urlencoded' });
		expect(report.body).toBe(expected.replace('<id>', id));
	});

	test('the table for people names exactly the endings that act', () => {
		expect(outcomeTable.map((line) => outcomeOf(line.example)?.case)).toEqual(rows.map(([number]) => outcomeOf(number)?.case));
		expect(outcomeOf('+49 30 23125 9042')).toEqual({ case: 'answered', seconds: 42 });
		for (const number of ['+49 151 12345678', '9800', '90', '']) expect(outcomeOf(number)).toBeUndefined();
	});
});

describe('phones in the hands of people', () => {
	let slow: Pbx;
	beforeAll(async () => {
		slow = await startPbx({ timeFactor: 1 });
	});
	afterAll(() => slow.stop());

	const employee: [Button, string][] = [
		['busy', agent('BUSY', 17)],
		['hangup', agent('BUSY', 17)],
		['noanswer', agent('NOANSWER', 16)],
	];
	test.each(employee)('the employee presses %s', async (button, expected) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		expect(slow.press(id, 'client', 'answer')).toBe(false);
		expect(slow.press(id, 'employee', button)).toBe(true);
		expect((await receiver.next()).body).toBe(expected);
		expect(slow.press(id, 'employee', 'answer')).toBe(false);
	});

	const later: [Side, Button, string][] = [
		['client', 'busy', client('BUSY', '')],
		['client', 'hangup', client('BUSY', '')],
		['client', 'noanswer', client('NOANSWER', '')],
		['client', 'congestion', client('CONGESTION', '')],
		['client', 'chanunavail', client('CHANUNAVAIL', '')],
		['employee', 'hangup', client('CANCEL', '')],
	];
	test.each(later)('the employee answered, then the %s presses %s', async (side, button, expected) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		slow.press(id, 'employee', 'answer');
		expect(slow.press(id, side, button)).toBe(true);
		expect((await receiver.next()).body).toBe(expected.replace('<id>', id));
	});

	test.each<Side>(['client', 'employee'])('both answered, the %s hangs up at once', async (side) => {
		const id = await call(slow, { doneUrl: doneUrl() });
		slow.press(id, 'employee', 'answer');
		slow.press(id, 'client', 'answer');
		expect(slow.press(id, side, 'busy')).toBe(false);
		slow.press(id, side, 'hangup');
		expect((await receiver.next()).body).toBe(client('ANSWER', 0).replace('<id>', id));
	});

	test('a second call on an engaged phone is busy', async () => {
		const first = await call(slow, { doneUrl: doneUrl() });
		await call(slow, { doneUrl: doneUrl() });
		expect((await receiver.next()).body).toBe(agent('BUSY', 17));
		slow.press(first, 'employee', 'noanswer');
		await receiver.next();
	});
});

describe('time', () => {
	const silent = { number: '4915112345678' };

	test('nobody presses: the phone of the employee rings until the dialplan gives up', async () => {
		await call(pbx, { ...silent, doneUrl: doneUrl() });
		expect((await receiver.next()).body).toBe(agent('NOANSWER', 16));
	});

	test('originate waits less than the dialplan: the agent leg is cancelled', async () => {
		await call(pbx, { ...silent, doneUrl: doneUrl(), query: { timeout: '2' } });
		expect((await receiver.next()).body).toBe(agent('CANCEL', 19));
	});

	test('nobody presses at the client: no answer', async () => {
		const id = await call(pbx, { ...silent, doneUrl: doneUrl() });
		pbx.press(id, 'employee', 'answer');
		expect((await receiver.next()).body).toBe(client('NOANSWER', '').replace('<id>', id));
	});

	test('the conversation is measured in simulated seconds', async () => {
		const id = await call(pbx, { ...silent, doneUrl: doneUrl() });
		pbx.press(id, 'employee', 'answer');
		pbx.press(id, 'client', 'answer');
		const began = performance.now();
		while (performance.now() - began < 30) await new Promise((resolve) => setImmediate(resolve));
		pbx.press(id, 'client', 'hangup');
		const seconds = Number(new URLSearchParams((await receiver.next()).body).get('ANSWEREDTIME'));
		expect(seconds).toBeGreaterThanOrEqual(6);
		expect(seconds).toBeLessThanOrEqual((performance.now() - began) / 5 + 1);
	});
});

describe('a client calls in', () => {
	let desk: Pbx;
	beforeAll(async () => {
		desk = await startPbx({ timeFactor: 0.005, employeeRingSeconds: 10_000 });
	});
	afterAll(() => desk.stop());

	const ends: [Side, Button, string][] = [
		['employee', 'busy', 'BUSY'],
		['employee', 'hangup', 'BUSY'],
		['employee', 'noanswer', 'NOANSWER'],
		['client', 'hangup', 'CANCEL'],
	];
	test.each(ends)('the %s presses %s: %s', async (side, button, status) => {
		const { call: incoming, ended } = desk.callIn({ number: '+4930231259004', extension: '101' });
		expect(desk.press(incoming.channelId, 'client', 'answer')).toBe(false);
		expect(desk.press(incoming.channelId, side, button)).toBe(true);
		expect((await ended).result).toMatchObject({ dialStatus: status, answeredSeconds: undefined });
	});

	test('they talk, and nothing goes to a workflow', async () => {
		const { call: incoming, ended } = desk.callIn({ number: '+4930231259004', extension: '101', variables: { B24_DONE_URL: receiver.url } });
		desk.press(incoming.channelId, 'employee', 'answer');
		desk.press(incoming.channelId, 'client', 'hangup');
		expect((await ended).result).toMatchObject({ dialStatus: 'ANSWER', answeredSeconds: expect.any(Number) as number });
		expect(desk.reports).toEqual([]);
	});

	test('an engaged phone is busy, an unknown one unavailable, a patient one gives up', async () => {
		const first = desk.callIn({ number: '1', extension: '101' });
		expect((await desk.callIn({ number: '2', extension: '101' }).ended).result?.dialStatus).toBe('BUSY');
		expect((await desk.callIn({ number: '2', extension: '999' }).ended).result?.dialStatus).toBe('CHANUNAVAIL');
		desk.press(first.call.channelId, 'client', 'hangup');
		expect((await pbx.callIn({ number: '3', extension: '104' }).ended).result?.dialStatus).toBe('NOANSWER');
	});
});

describe('what is not reported', () => {
	test('a webhook that fails is not asked again', async () => {
		const failing = await startReceiver(500);
		const id = await call(pbx, { number: '4930231259700', doneUrl: failing.url });
		await failing.next();
		const report = (): Pbx['reports'][number] | undefined => pbx.reports.find((one) => one.channelId === id);
		while (report()?.status === undefined) await new Promise((resolve) => setImmediate(resolve));
		await call(pbx, { number: '4930231259700', doneUrl: doneUrl() });
		await receiver.next();
		expect(failing.received).toHaveLength(1);
		expect(report()).toMatchObject({ status: 500, answer: '{"message":"Workflow was started"}' });
		await failing.stop();
	});

	test('an unreachable webhook ends in the log only', async () => {
		const id = await call(pbx, { number: '4930231259700', doneUrl: 'http://127.0.0.1:9/done' });
		const report = (): Pbx['reports'][number] | undefined => pbx.reports.find((one) => one.channelId === id);
		while (report()?.error === undefined) await new Promise((resolve) => setImmediate(resolve));
		expect(report()?.status).toBeUndefined();
	});

	test.each([
		['a Local endpoint of an unknown context', { endpoint: 'Local/101@nowhere' }],
		['a client context without dialplan', { context: 'nowhere' }],
		['a phone dialled directly that is busy', { endpoint: 'PJSIP/101', extension: '4930231259700' }],
	])('%s', async (_name, query) => {
		const id = await call(pbx, { number: '4930231259004', doneUrl: doneUrl(), query });
		await reached(pbx, id, 'over');
		expect(pbx.reports.filter((one) => one.channelId === id)).toEqual([]);
	});

	test('a call without report address', async () => {
		const id = await call(pbx, { number: '4930231259004' });
		await reached(pbx, id, 'over');
		expect(pbx.reports.filter((one) => one.channelId === id)).toEqual([]);
	});

	test('everything came exactly once', () => {
		const ids = pbx.reports.map((one) => one.channelId);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

test('variables keep their value whatever their underscores, and CALL_ID is encoded', async () => {
	const body = JSON.stringify({ variables: { B24_CALL_ID: 'a b&c', _B24_DONE_URL: `${receiver.url}/x` } });
	await call(pbx, { number: '4930231259700', body });
	expect(await receiver.next()).toMatchObject({ path: '/x', body: 'CALL_ID=a%20b%26c&LEG=agent&DIALSTATUS=BUSY&HANGUPCAUSE=17' });
});

test('an extension without phone reports that it is unavailable', async () => {
	await call(pbx, { number: '4930231259004', doneUrl: doneUrl(), query: { endpoint: 'Local/999@b24-agent/n' } });
	expect((await receiver.next()).body).toBe(agent('CHANUNAVAIL', 20));
});
