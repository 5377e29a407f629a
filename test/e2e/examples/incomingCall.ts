import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IncomingCall } from '../../../sandbox/pbx';
import type { Demo } from '../../../tools/demo';
import { until } from '../../../tools/n8n/driver';
import { activateIncoming } from '../../../tools/incoming';
import { readExample } from '../../support/example';
import { TIME_FACTOR } from './_world';

export const examples = ['incoming-call'];

/** As the trunk names it: the line was added with a plus. */
const LINE = '4940669690';

/** Seconds: the caller and the phones wait for a busy machine. */
const PATIENCE = '120';

export function declareTests(demo: () => Demo): void {
	const pbx = () => demo().sandbox.pbx;
	const portal = () => demo().sandbox.portal.state;
	const rowsOf = ({ channelId }: IncomingCall) =>
		portal().history.filter(({ externalCallId }) => externalCallId === channelId);
	const cardsOf = ({ callId }: IncomingCall) =>
		portal()
			.cards.filter((card) => card.callId === callId)
			.map(({ userId }) => userId)
			.sort();

	async function ringing(number: string): Promise<IncomingCall> {
		const { call, rings } = pbx().callIn({ number, line: LINE });
		await rings;
		return call;
	}
	async function cards(call: IncomingCall, wanted: number[]): Promise<void> {
		await until(
			() => Promise.resolve(cardsOf(call).join() === wanted.join() || undefined),
			() => `cards: ${cardsOf(call).join()}`,
		);
	}
	const press = (call: IncomingCall, extension: string, button: 'answer' | 'noanswer') => {
		expect(pbx().press(call.channelId, 'employee', button, extension)).toBe(true);
	};
	const hangUp = (call: IncomingCall) => expect(pbx().press(call.channelId, 'client', 'hangup')).toBe(true);
	/** The row of a call that is over. */
	async function logged(call: IncomingCall) {
		const told = () => JSON.stringify(pbx().reports.filter(({ channelId }) => channelId === call.channelId));
		return await until(
			() => Promise.resolve(rowsOf(call)[0]),
			() => `no row; the PBX said ${told()}`,
		);
	}
	/** Waits until n8n is done with all reports of a call: then nothing can log it a second time. */
	async function settled(call: IncomingCall): Promise<void> {
		const isTaken = () =>
			pbx()
				.reports.filter(({ channelId }) => channelId === call.channelId)
				.every(({ status, error }) => status ?? error);
		await until(
			() => Promise.resolve(isTaken() || undefined),
			() => 'a report is under way',
		);
		const isIdle = async () =>
			(await demo().n8n.executions()).every(({ status }) => status !== 'running' && status !== 'new');
		await until(
			async () => (await isIdle()) || undefined,
			() => 'an execution runs',
		);
	}

	beforeAll(async () => {
		// People press the buttons here.
		pbx().control.setTimeFactor(1);
		await activateIncoming(demo());
		// A cold n8n on a busy machine may take longer than the dialplan, and show a card when the phone rings no more.
		pbx().control.setGlobals({ B24_GROUP_RING: PATIENCE });
	});
	afterAll(() => {
		pbx().control.setTimeFactor(TIME_FACTOR);
		pbx().control.setGlobals({ B24_ASK_URL: '', B24_INCOMING_URL: '', B24_GROUP_RING: '20' });
	});

	it('can be published beside another workflow with a Phone System Trigger', async () => {
		const { n8n, credentials } = demo();
		const { id } = await n8n.importWorkflow(readExample('click-to-call'), { credentials: Object.values(credentials) });
		await n8n.activate(id);
		expect((await n8n.activeWorkflows()).length).toBeGreaterThan(1);
		await n8n.deactivate(id);
	});

	it('rings a group for a stranger; who answers keeps the card and gets the call, with its recording', async () => {
		const call = await ringing('+4915190000001');
		expect(call.phones).toEqual(['101', '102', '103']);
		await cards(call, [1, 2, 3]);
		press(call, '102', 'answer');
		await cards(call, [2]);
		const answered = Date.now();
		await until(
			() => Promise.resolve(Date.now() - answered > 1_000 || undefined),
			() => 'the clock stands',
		);
		hangUp(call);
		expect(await logged(call)).toMatchObject({
			callId: call.callId,
			userId: 2,
			failedCode: '200',
			portalNumber: '+4940669690',
			type: 2,
		});
		expect(rowsOf(call)[0]?.duration).toBeGreaterThan(0);
		const stored = () => [...portal().recordings.values()].find(({ callId }) => callId === call.callId);
		const recording = await until(
			() => Promise.resolve(stored()),
			() => 'no recording',
		);
		expect(recording.content.length).toBeGreaterThan(16_000);
		expect(cardsOf(call)).toEqual([]);
		// CURL() tells an empty answer from a failure by nothing.
		expect(
			pbx()
				.reports.filter(({ channelId }) => channelId === call.channelId)
				.map(({ answer }) => answer),
		).not.toContain('');
	});

	it('rings the responsible employee, then the group, and marks a call that nobody takes as missed, once', async () => {
		const call = await ringing('+494066969441');
		expect(call.phones).toEqual(['102']);
		await cards(call, [2]);
		press(call, '102', 'noanswer');
		await until(
			() => Promise.resolve(call.phones.length === 2 || undefined),
			() => `phones: ${call.phones.join()}`,
		);
		expect(call.phones).toEqual(['101', '103']);
		await cards(call, [1, 2, 3]);
		for (const extension of ['101', '103']) press(call, extension, 'noanswer');
		expect(await logged(call)).toMatchObject({ callId: call.callId, userId: 2, failedCode: '304', duration: 0 });
		expect(portal().missedCalls.map(({ callId }) => callId)).toContain(call.callId);
		await settled(call);
		expect(rowsOf(call)).toHaveLength(1);
		expect(cardsOf(call)).toEqual([]);
	});

	it('logs a call that rang the fallback while n8n was away, once', async () => {
		const asked = pbx().globals.B24_ASK_URL ?? '';
		pbx().control.setGlobals({ B24_ASK_URL: 'http://127.0.0.1:9' });
		const call = await ringing('+4915190000003');
		pbx().control.setGlobals({ B24_ASK_URL: asked });
		expect(call).toMatchObject({ callId: '', phones: ['101', '102'] });
		press(call, '102', 'answer');
		hangUp(call);
		expect(await logged(call)).toMatchObject({ userId: 2, failedCode: '200', portalNumber: '+4940669690' });
		await settled(call);
		expect(rowsOf(call)).toHaveLength(1);
	});

	it('logs a call of a hidden number', async () => {
		const call = await ringing('anonymous');
		expect(call).toMatchObject({ callId: '', phones: ['101', '102'] });
		hangUp(call);
		expect(await logged(call)).toMatchObject({ phoneNumber: '0', userId: 1, failedCode: '304' });
	});

	it('logs a call once that n8n knew of too late, and opens no card for it', async () => {
		const { control, globals } = pbx();
		const asked = globals.B24_ASK_URL ?? '';
		// Passes the question on only when the PBX waits no longer.
		const proxy = createServer((request, response) => {
			void text(request).then((body) => {
				response.on(
					'close',
					() =>
						void fetch(asked, {
							method: 'POST',
							body,
							headers: { 'content-type': 'application/x-www-form-urlencoded' },
						}),
				);
				response.writeHead(504).end();
			});
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		control.setGlobals({ B24_ASK_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
		const call = await ringing('+494066969441');
		control.setGlobals({ B24_ASK_URL: asked });
		proxy.close();
		const registered = () =>
			[...portal().calls.values()].find(({ externalCallId }) => externalCallId === call.channelId);
		const late = await until(
			() => Promise.resolve(registered()),
			() => 'not registered',
		);
		expect(call).toMatchObject({ callId: '', phones: ['101', '102'] });
		press(call, '101', 'answer');
		hangUp(call);
		expect(await logged(call)).toMatchObject({ userId: 1, failedCode: '200' });
		await settled(call);
		expect(rowsOf(call)).toHaveLength(1);
		expect(portal().cards.filter(({ callId }) => callId === late.callId)).toEqual([]);
	});

	it('is not rung for a caller who is gone already, and misses the call', async () => {
		const { call, rings } = pbx().callIn({ number: '+4915190000006', line: LINE });
		hangUp(call);
		await rings;
		const row = await logged(call);
		expect(row.failedCode).toBe('304');
		// Whether the answer of n8n was there before the caller was gone is chance; it is one call either way.
		expect([row.callId, '']).toContain(call.callId);
		await settled(call);
		expect(rowsOf(call)).toHaveLength(1);
		expect(call.rung).toEqual([]);
	});
}
