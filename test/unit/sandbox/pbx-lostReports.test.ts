import { startPbx, type Pbx } from '../../../sandbox/pbx';
import { basic, call, CALL_ID, originate, reached, until } from './pbx-client';
import { startReceiver, type Receiver } from './receiver';

let pbx: Pbx;
let failing: Receiver;
beforeEach(async () => {
	failing = await startReceiver(502);
	pbx = await startPbx({ timeFactor: 0.002 });
});
afterEach(async () => {
	await pbx.stop();
	await failing.stop();
});

const lost = async (number: string): Promise<void> => {
	await call(pbx, { number, doneUrl: failing.url, request: { channelId: CALL_ID } });
	await failing.next();
};
const field = (index: number, name: string): string | null => new URLSearchParams(pbx.reports[index]?.body).get(name);

test('a report that n8n does not take is repeated with growing pauses for more than ten minutes', async () => {
	await lost('4930231259004');
	const began = performance.now();
	for (let count = 0; count < 7; count += 1) await failing.next();
	expect((performance.now() - began) / 2).toBeGreaterThan(600);
	await until(pbx, () => pbx.reports.every(({ status }) => status === 502));
	expect(new Set(pbx.reports.map(({ body }) => body)).size).toBe(1);
	expect(pbx.reports).toHaveLength(8);
});

test('what n8n has taken is not repeated; an empty answer counts as none, as CURL() cannot tell it from a failure', async () => {
	const taking = await startReceiver(200);
	await call(pbx, { number: '4930231259700', doneUrl: 'http://127.0.0.1:9/', request: { channelId: 'unreachable' } });
	await until(pbx, () => pbx.reports.some(({ error }) => error !== undefined));
	await call(pbx, { number: '4930231259700', doneUrl: taking.url });
	await taking.next();
	const repeated = (): number => pbx.reports.filter(({ url }) => url.startsWith('http://127.0.0.1:9/')).length;
	await until(pbx, () => repeated() === 8);
	expect(taking.received).toHaveLength(1);
	await taking.stop();
});

test('while it is repeated the CALL_ID stands in the list of channels, and can be dialled again', async () => {
	await lost('4930231259004');
	// From now on it is in no hurry.
	pbx.control.setTimeFactor(1);
	const list = async (): Promise<string> =>
		await (await fetch(`${pbx.url}/ari/channels`, { headers: basic(pbx) })).text();
	await until(pbx, () => pbx.reports[0]?.status !== undefined);
	expect(await list()).toContain(`Local/${CALL_ID}@b24-retry-`);
	expect((await originate(pbx, { request: { channelId: CALL_ID } })).status).toBe(200);
	pbx.control.kill();
	expect(await list()).toBe('[]');
});

test('clicked anew meanwhile, it says that it is superseded; the newer report does not', async () => {
	const taking = await startReceiver(200);
	await lost('4930231259007');
	await call(pbx, { number: '4930231259700', doneUrl: taking.url, request: { channelId: CALL_ID } });
	await taking.next();
	expect(field(0, 'SUPERSEDED')).toBeNull();
	await until(pbx, () => pbx.reports.some(({ url, body }) => url === failing.url && body.endsWith('&SUPERSEDED=1')));
	const newer = new URLSearchParams(taking.received[0]?.body);
	expect(newer.get('SUPERSEDED')).toBeNull();
	expect(newer.get('START')).not.toBe(field(0, 'START'));
	await taking.stop();
});

test('killed in mid-call nobody reports; stopped in order, the handlers do', async () => {
	pbx.control.setTimeFactor(1);
	const taking = await startReceiver(200);
	const talk = async (): Promise<void> => {
		const id = await call(pbx, { doneUrl: taking.url });
		pbx.press(id, 'employee', 'answer');
		pbx.press(id, 'client', 'answer');
		await reached(pbx, id, 'talking');
	};
	await talk();
	pbx.control.kill();
	expect(pbx.reports).toEqual([]);
	await talk();
	pbx.control.stopNow();
	expect((await taking.next()).body).toContain('DIALSTATUS=ANSWER');
	expect(taking.received).toHaveLength(1);
	await taking.stop();
});

test('out of reach, nobody gets an answer', async () => {
	pbx.control.setReachable(false);
	await expect(originate(pbx)).rejects.toThrow();
	pbx.control.setReachable(true);
	expect((await originate(pbx)).status).toBe(200);
});
