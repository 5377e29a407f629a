import type { IDataObject, INode } from 'n8n-workflow';
import { byId, useWorld } from './world';

const world = useWorld();

const node = (operation: string, parameters: IDataObject): Partial<INode> => ({
	parameters: { resource: 'call', operation, ...parameters } as INode['parameters'],
});
const REGISTER = {
	employee: byId(2),
	phoneNumber: '={{ $json.number }}',
	type: 2,
	externalCallId: '={{ $json.number }}',
	show: false,
};
const FINISH = {
	callId: '={{ $json.CALL_ID }}',
	employee: byId(2),
	duration: 3,
	outcomeFrom: 'list',
	outcome: 'ended',
	direction: 'incoming',
};
const numbers = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ number: `+4930${100_000 + index}` }));
const requests = (): number => world.portal.state.requests.filter(({ inBatch }) => !inBatch).length;

describe('many executions of one process', () => {
	it('share the bucket of the portal: 120 at once lose no call and are refused none', async () => {
		world.portal.control.setLimits({ intensity: true, bucket: 50, leakPerSecond: 2 });
		const runs = await Promise.all(
			numbers(120).map(async (item) => await world.engine.run(world.credential, node('register', REGISTER), [item])),
		);
		world.portal.control.setLimits({ intensity: false, bucket: 50, leakPerSecond: 2 });
		expect(runs.filter(({ error }) => error)).toEqual([]);
		expect(world.portal.state.calls.size).toBe(120);
		expect(requests()).toBeLessThan(80);
	});

	it('log a call once that all of them bring', async () => {
		const log = {
			direction: 'incoming',
			phoneNumber: '+494066969441',
			employee: byId(2),
			start: '2026-03-01T10:00:00+01:00',
			duration: 33,
			outcomeFrom: 'list',
			outcome: 'answered',
			externalCallId: '',
			skipLogged: true,
			recordingFrom: 'none',
			transcript: '[]',
		};
		const runs = await Promise.all(
			Array.from({ length: 40 }, async () => await world.engine.run(world.credential, node('logCall', log))),
		);
		expect(runs.map(({ json }) => json[0]?.LOGGED).filter((logged) => logged === true)).toHaveLength(1);
		expect(new Set(runs.map(({ json }) => json[0]?.CALL_ID)).size).toBe(1);
		expect(world.portal.state.history).toHaveLength(1);
	});

	it('of several processes log a call once that the portal takes for one, and one of them says that it did', async () => {
		const log = {
			direction: 'incoming',
			phoneNumber: '+494066969441',
			employee: byId(2),
			start: new Date(Date.now() - 60_000).toISOString(),
			duration: 33,
			outcomeFrom: 'list',
			outcome: 'answered',
			externalCallId: 'x',
			skipLogged: true,
			recordingFrom: 'none',
			transcript: '[]',
		};
		const oauthTokenData = { ...(world.credential.oauthTokenData as IDataObject), member_id: 'another process' };
		// The first has registered the call when the second does.
		world.portal.control.addFault({
			kind: 'error',
			target: 'telephony.externalCall.finish',
			code: 'OPERATION_TIME_LIMIT',
		});
		const credentials = [world.credential, { ...world.credential, oauthTokenData }];
		const runs = await Promise.all(
			credentials.map(
				async (credential, index) =>
					await world.engine.run(credential, node('logCall', log), undefined, { credentialId: `c${index}` }),
			),
		);
		expect(runs.map(({ json: [item] }) => [item?.LOGGED, item?.REASON]).sort()).toEqual([
			[false, 'Another program logged it at the same moment'],
			[true, undefined],
		]);
		expect(new Set(runs.map(({ json: [item] }) => item?.CALL_ID)).size).toBe(1);
		expect(world.portal.state.history).toHaveLength(1);
	});

	it('keep their credentials apart, in requests as well', async () => {
		const runs = numbers(60).map(
			async (item, index) =>
				await world.engine.run(
					world.credential,
					{
						...node('register', REGISTER),
						credentials: { bitrix24OAuth2Api: { id: `c${index % 2}`, name: 'Portal' } },
					},
					[item],
					{ credentialId: `c${index % 2}` },
				),
		);
		expect((await Promise.all(runs)).filter(({ error }) => error)).toEqual([]);
		expect(world.portal.state.calls.size).toBe(60);
	});
});

it('a run that is stopped sends nothing more', async () => {
	const registered = await world.run('call', 'register', REGISTER, numbers(400));
	const stop = new AbortController();
	world.portal.changes.once('change', () => stop.abort());
	const run = await world.engine.run(world.credential, node('finish', FINISH), registered.json, {
		signal: stop.signal,
	});
	expect(run.json.length).toBeLessThan(400);
	const sent = requests();
	const logged = world.portal.state.history.length;
	await world.run('call', 'get', { callId: 'externalCall.x.1' });
	expect(requests() - sent).toBeLessThanOrEqual(51);
	expect(logged).toBeLessThan(400);
});
