import { until } from '../../../tools/n8n/driver';
import { ran, TRIGGER, type Clicks } from '../support/clicks';

/** The address at which clicks arrive: who may use it, and how long it stands. The last one takes the workflow out. */
export function declareBinding({ demo, click, state, handlers, execution }: Clicks): void {
	describe('anything but a genuine delivery', () => {
		const post = async (url: string, body: string | FormData, type = 'application/x-www-form-urlencoded') => {
			const headers = { connection: 'close', ...(typeof body === 'string' && { 'content-type': type }) };
			return (await fetch(url, { method: 'POST', body, headers })).status;
		};

		it('is refused with 403 and starts nothing', async () => {
			const before = (await demo().n8n.executions({ workflowId: demo().workflowId })).length;
			const genuine = state().deliveries[0]?.body ?? '';
			const url = handlers()[0] ?? '';
			const changed = new URL(url);
			changed.searchParams.set('signature', `${changed.searchParams.get('signature')?.slice(0, -1) ?? ''}_`);
			expect(genuine).toContain('ONEXTERNALCALLSTART');
			expect(await post(changed.href, genuine)).toBe(403);
			expect(await post(url.split('?')[0] ?? '', genuine)).toBe(403);
			expect(await post(url, genuine.replace(state().settings.memberId, 'f'.repeat(32)))).toBe(403);
			expect(await post(url, genuine.replace('ONEXTERNALCALLSTART', 'ONAPPUNINSTALL'))).toBe(403);
			expect(await post(url, '')).toBe(403);
			expect(await post(url, new FormData())).toBe(403);
			expect(await post(url, '{}', 'application/json')).toBe(403);
			expect((await demo().n8n.executions({ workflowId: demo().workflowId })).length).toBe(before);
			expect(await post(url, genuine)).toBe(200);
		});
	});

	describe('the binding', () => {
		it('is not doubled by publishing again, goes with deactivation, and comes back', async () => {
			const [url] = handlers();
			expect(handlers()).toHaveLength(1);
			await demo().n8n.deactivate(demo().workflowId);
			expect(handlers()).toEqual([]);
			await demo().n8n.activate(demo().workflowId);
			expect(handlers()).toEqual([url]);
			const { nodes } = await demo().n8n.workflow(demo().workflowId);
			await demo().n8n.saveWorkflow(demo().workflowId, {
				nodes: nodes.map((node) => (node.name === 'Finish' ? { ...node, notes: 'changed' } : node)),
			});
			await demo().n8n.activate(demo().workflowId);
			expect(handlers()).toEqual([url]);
		});

		it('stands beside that of test listening', async () => {
			expect(
				await demo().n8n.runManually(demo().workflowId, { triggerName: TRIGGER, destinationName: TRIGGER }),
			).toEqual({
				waitingForWebhook: true,
			});
			await until(
				() => Promise.resolve(handlers().length === 2 || undefined),
				() => `handlers: ${handlers().join(' ')}`,
			);
			expect(
				handlers()
					.map((url) => new URL(url).pathname.split('/')[1])
					.sort(),
			).toEqual(['webhook', 'webhook-test']);
			const { callId } = click('+4930231259003');
			const tested = await demo().n8n.waitForExecution({
				workflowId: demo().workflowId,
				where: (one) => one.mode === 'manual' && ran(TRIGGER, callId)(one),
			});
			expect(tested.status).toBe('success');
			expect((await execution('Finish', callId)).status).toBe('success');
			await until(
				() => Promise.resolve(handlers().length === 1 || undefined),
				() => `handlers: ${handlers().join(' ')}`,
			);
		});

		it('survives a restart of n8n', async () => {
			await demo().server.restart();
			await demo().n8n.login();
			const { callId } = click('+4930231259004');
			expect((await execution('Finish', callId)).status).toBe('success');
		});
	});

	describe('a failed activation says why', () => {
		it('when the application lacks the permission', async () => {
			await demo().n8n.deactivate(demo().workflowId);
			demo().sandbox.portal.control.setApplication({ scopes: ['user', 'crm'] });
			await demo().n8n.connectOAuth(demo().credentials.bitrix24);
			await expect(demo().n8n.activate(demo().workflowId)).rejects.toThrow(/lacks the permission Telephony/);
			demo().sandbox.portal.control.setApplication({ scopes: ['telephony', 'user', 'crm', 'call'] });
			await demo().n8n.connectOAuth(demo().credentials.bitrix24);
			await demo().n8n.activate(demo().workflowId);
			expect(handlers()).toHaveLength(1);
		});
	});
}
