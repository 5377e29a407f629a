import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import { connectedCredential } from '../support/connect';
import type { RunSettings } from './engine';
import { byId, useWorld } from './world';

const world = useWorld();
const register = async (
	phoneNumber: string,
	externalCallId: string,
	...rest: [items?: IDataObject[], node?: Partial<INode>, settings?: RunSettings]
) =>
	await world.run(
		'call',
		'register',
		{ employee: byId(2), phoneNumber, type: 2, externalCallId, show: false },
		...rest,
	);

/** Resolves when the portal has begun to answer a request that a fault struck. */
async function struck(): Promise<void> {
	while (world.portal.control.faults().length > 0)
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
}

it('runs many executions at once and keeps them apart', async () => {
	const runs = await Promise.all(
		Array.from(
			{ length: 100 },
			async (_, index) =>
				await register('={{ "+49" + (40000000 + $json.index) }}', '={{ $execution.id }}', [{ index }]),
		),
	);
	expect(runs.map(({ error }) => error)).toEqual(runs.map(() => undefined));
	const calls = [...world.portal.state.calls.values()];
	expect(runs.map(({ json: [item] }) => calls.find(({ callId }) => callId === item?.CALL_ID)?.phoneNumber)).toEqual(
		runs.map((_, index) => `+49${40000000 + index}`),
	);
	expect(new Set(calls.map(({ externalCallId }) => externalCallId)).size).toBe(100);
});

it('tells the node its execution, its workflow and its own id', async () => {
	const run = await register(
		'+494066969441',
		'={{ $execution.id + " " + $workflow.id }}',
		[{}],
		{},
		{ executionId: 'e7', workflowId: 'w7' },
	);
	expect(run.error).toBeUndefined();
	expect([...world.portal.state.calls.values()]).toMatchObject([{ externalCallId: 'e7 w7' }]);
	world.portal.control.addFault({ kind: 'error', target: '*' });
	expect((await register('+494066969441', 'x', [{}], { id: 'n7' })).error).toMatchObject({ node: { id: 'n7' } });
});

it('renews several credentials of one portal apart', async () => {
	const employees = await Promise.all(
		[2, 3].map(async (employee) => await connectedCredential(world.portal, employee)),
	);
	const before = employees.map(tokenOf);
	world.portal.control.expireTokens();
	const runs = await Promise.all(
		employees.map(
			async (credential, index) =>
				await world.engine.run(
					credential,
					{ parameters: { resource: 'employee', operation: 'getMany', returnAll: true } },
					[{}],
					{ credentialId: `c${index}` },
				),
		),
	);
	expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
	const after = employees.map(tokenOf);
	expect(new Set([...before, ...after]).size).toBe(4);
});

it('cancels an execution while its request is under way, and no other', async () => {
	world.portal.control.addFault({ kind: 'delay', target: 'telephony.externalCall.register', count: 1, seconds: 3600 });
	const abort = new AbortController();
	const run = register('+4940111', 'a', [{}], {}, { signal: abort.signal });
	await struck();
	const other = await register('+4940222', 'b');
	abort.abort();
	expect(other.status).toBe('success');
	expect((await run).status).toBe('canceled');
});

it('runs nothing when it is cancelled before it starts', async () => {
	const run = await register('+4940111', 'a', [{}], {}, { signal: AbortSignal.abort() });
	expect(run.status).toBe('canceled');
	expect(world.portal.state.calls.size).toBe(0);
});

function tokenOf(credential: ICredentialDataDecryptedObject): unknown {
	return (credential.oauthTokenData as { access_token?: string }).access_token;
}
