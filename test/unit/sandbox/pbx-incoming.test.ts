import { startPbx, type Button, type Pbx, type Side } from '../../../sandbox/pbx';

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
	const { call: incoming, ended } = desk.callIn({ number: '+4930231259004', extension: '101' });
	desk.press(incoming.channelId, 'employee', 'answer');
	desk.press(incoming.channelId, 'client', 'hangup');
	expect((await ended).result).toMatchObject({ dialStatus: 'ANSWER', answeredSeconds: expect.any(Number) as number });
	expect(desk.reports).toEqual([]);
});

test('an engaged phone is busy, an unknown one unavailable', async () => {
	const first = desk.callIn({ number: '1', extension: '101' });
	expect((await desk.callIn({ number: '2', extension: '101' }).ended).result?.dialStatus).toBe('BUSY');
	expect((await desk.callIn({ number: '2', extension: '999' }).ended).result?.dialStatus).toBe('CHANUNAVAIL');
	desk.press(first.call.channelId, 'client', 'hangup');
});
