import { EXAMPLE_PBX } from '../../../tools/demo';
import { output, until } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';
import { TIME_FACTOR, TRIGGER, type Clicks } from '../support/clicks';
import { startProxy, type Proxy } from '../support/proxy';

/** How a call ends that does not simply end. */
export function declareEndings({ demo, click, everybodyTalks, state, handlers, execution, logged }: Clicks): void {
	describe('the PBX', () => {
		/** Publishes the example with other parameters of one node. */
		async function publishWith(nodeName: string, change: (parameters: string) => string): Promise<void> {
			const { nodes } = await demo().n8n.workflow(demo().workflowId);
			const changed = nodes.map((node) =>
				node.name === nodeName
					? { ...node, parameters: JSON.parse(change(JSON.stringify(node.parameters))) as typeof node.parameters }
					: node,
			);
			await demo().n8n.saveWorkflow(demo().workflowId, { nodes: changed });
			await demo().n8n.activate(demo().workflowId);
		}
		const pbx = () => demo().sandbox.pbx;
		const hangUp = async (callId: string) => {
			const talks = () => dials(callId).some(({ phase }) => phase === 'talking');
			await until(
				() => Promise.resolve(talks() || undefined),
				() => `calls: ${JSON.stringify(dials(callId))}`,
			);
			pbx().press(callId, 'employee', 'hangup');
		};
		const dials = (callId: string) => pbx().calls.filter((call) => call.callId === callId);

		it('refuses to dial again for a call that lives, and that neither ends the call nor fails', async () => {
			// As in another process of n8n, which knows nothing of the first event.
			await publishWith(TRIGGER, (parameters) => parameters.replace('"duplicateWindow":5', '"duplicateWindow":0'));
			const { callId } = click('+493023125 0000');
			await execution('Ring the Employee', callId);
			expect(click('+493023125 0000').callId).toBe(callId);
			const repeated = await execution('Finish', callId);
			expect(repeated.status).toBe('success');
			expect(output(repeated, 'Finish')[0]?.json).toMatchObject({ CALL_ID: callId, FINISHED: false });
			expect(dials(callId)).toEqual([expect.objectContaining({ channelId: callId })]);
			expect(state().calls.has(callId)).toBe(true);
			await hangUp(callId);
			expect(await logged(callId)).toMatchObject([{ failedCode: '200' }]);
		});

		it('ends the call when it cannot be reached', async () => {
			await publishWith('Ring the Employee', (parameters) => parameters.replace(pbx().url, 'http://127.0.0.1:9'));
			const { callId } = click('+4930231259008');
			expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({ CALL_FAILED_CODE: '480' });
			await publishWith('Ring the Employee', (parameters) => parameters.replace('http://127.0.0.1:9', pbx().url));
		});
	});

	describe('a report that n8n does not take', () => {
		/** What stands between Asterisk and n8n. */
		let proxy: Proxy;
		beforeAll(async () => {
			proxy = await startProxy(demo().sandbox.pbx.control);
		});
		afterAll(() => proxy.stop());

		it('twice is delivered the third time', async () => {
			proxy.refuse = 2;
			const { callId } = click('+4930231259003');
			expect(await logged(callId)).toMatchObject([{ failedCode: '200', duration: 3 }]);
			const statuses = () =>
				demo()
					.sandbox.pbx.reports.filter(({ channelId }) => channelId === callId)
					.map(({ status }) => status);
			// The row may be there before the answer to the report has come back.
			await until(
				() => Promise.resolve(statuses()[2]),
				() => `reports: ${statuses().join()}`,
			);
			expect(statuses()).toEqual([502, 502, 200]);
		});

		it('holds no new click up, and both calls are logged as they were', async () => {
			proxy.refuse = Infinity;
			const { callId } = click('+4930231259006');
			const reports = () => demo().sandbox.pbx.reports.filter(({ channelId }) => channelId === callId);
			await until(
				() => Promise.resolve(reports()[0]?.status),
				() => 'no report',
			);
			// The dialplan repeats a report seven times; the second call must live before the last of them.
			demo().sandbox.pbx.control.setTimeFactor(5 * TIME_FACTOR);
			everybodyTalks(true);
			expect(click('+4930231259006').callId).toBe(callId);
			await until(
				() =>
					Promise.resolve(demo().sandbox.pbx.calls.filter((call) => call.callId === callId).length > 1 || undefined),
				() => 'no second dial',
			);
			const again = demo()
				.sandbox.pbx.calls.filter((call) => call.callId === callId)
				.at(-1);
			await until(
				() => Promise.resolve(again?.phase === 'talking' || undefined),
				() => 'nobody talks',
			);
			everybodyTalks(false);
			demo().sandbox.pbx.control.setTimeFactor(TIME_FACTOR);
			proxy.refuse = 0;
			demo().sandbox.pbx.press(callId, 'client', 'hangup');
			await until(
				() => Promise.resolve(reports().filter(({ status }) => status === 200).length > 1 || undefined),
				() => JSON.stringify(reports()),
			);
			const [own] = await logged(callId);
			expect(own?.duration).toBe(again?.result?.answeredSeconds);
			await until(
				() => Promise.resolve([...state().history.values()].find((row) => row.duration === 6 && row.callId !== callId)),
				() => JSON.stringify([...state().history.values()]),
			);
		});
	});

	describe('a call that nobody reports', () => {
		let id = '';
		afterAll(() => demo().n8n.deactivate(id));

		/** Publishes it while the call lives, and sends it the click: its first look must not be before the dial. */
		async function hear(callId: string): Promise<void> {
			const others = handlers();
			await demo().n8n.activate(id);
			const own = handlers().find((url) => !others.includes(url)) ?? '';
			const { body } = state().deliveries.find((one) => one.body.includes(callId)) ?? {};
			const headers = { 'content-type': 'application/x-www-form-urlencoded' };
			expect((await fetch(own, { method: 'POST', body, headers })).status).toBe(200);
		}

		it('is finished when Asterisk is back and has it no more', async () => {
			const { pbx } = demo().sandbox;
			const file = readExample('asterisk-unreported', { [EXAMPLE_PBX]: pbx.url });
			const nodes = file.nodes.map((node) =>
				node.name === '15 Minutes' ? { ...node, parameters: { amount: 1, unit: 'seconds' } } : node,
			);
			({ id } = await demo().n8n.importWorkflow(
				{ ...file, nodes },
				{ credentials: Object.values(demo().credentials) },
			));
			/** The second look was not begun before the first one was over. */
			const askedTwice = async () => {
				const wanted = pbx.control.requests() + 2;
				await until(
					() => Promise.resolve(pbx.control.requests() >= wanted || undefined),
					() => 'the workflow does not look',
				);
			};
			const { callId } = click('+493023125 0000');
			const live = () => pbx.calls.find((call) => call.callId === callId)?.phase === 'talking';
			await until(
				() => Promise.resolve(live() || undefined),
				() => 'nobody talks',
			);
			await hear(callId);
			await askedTwice();
			expect(state().calls.has(callId)).toBe(true);
			pbx.control.setReachable(false);
			pbx.control.kill();
			await askedTwice();
			expect(state().calls.has(callId)).toBe(true);
			pbx.control.setReachable(true);
			expect(await logged(callId)).toMatchObject([
				{ failedCode: 'OTHER', failedReason: 'The phone system did not report how the call ended' },
			]);
		});
	});
}
