import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/common/clock';
import { FINISH, useCalls } from './calls';

const { world, call, registered } = useCalls();

describe('Continue On Fail', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s keeps every item where it belongs',
		async (onError) => {
			const [first, second] = await registered(['+494066969441', '+442079460111']);
			const run = await call(
				'finish',
				FINISH,
				[
					{ CALL_ID: first, seconds: 1 },
					{ CALL_ID: 7, seconds: 1 },
					{ CALL_ID: 'externalCall.x.1', seconds: 1 },
					{ CALL_ID: second, seconds: 'x' },
					{ CALL_ID: second, seconds: 2 },
				],
				{ onError },
			);
			expect(run.error).toBeUndefined();
			const failed = run.items(onError === 'continueErrorOutput' ? 1 : 0).filter(({ json }) => 'error' in json);
			expect(failed.map(({ json, pairedItem }) => [pairedItem, json.error])).toEqual([
				[{ item: 1 }, 'Call ID must be text'],
				[{ item: 2 }, 'Call is not found (call should be registered prior to finishing'],
				[{ item: 3 }, 'Duration must be seconds'],
			]);
			expect(failed[1]?.json.details).toMatchObject({
				status: '400',
				method: 'telephony.externalCall.finish',
				hint: expect.stringContaining('once only') as string,
			});
			expect(
				run
					.items()
					.filter(({ json }) => !('error' in json))
					.map(({ pairedItem }) => pairedItem),
			).toEqual([{ item: 0 }, { item: 4 }]);
		},
	);

	it('catches a broken expression too', async () => {
		const run = await call(
			'finish',
			{ ...FINISH, duration: '={{ $json.nothing.seconds }}' },
			[{ CALL_ID: 'externalCall.x.1' }],
			{ onError: 'continueErrorOutput' },
		);
		expect(run.items(0)).toEqual([]);
		expect(run.items(1)).toHaveLength(1);
	});
});

it('names everything that was carried out when it stops', async () => {
	const calls = await registered(Array.from({ length: 12 }, (_, index) => `+49302000${index}`));
	const items = calls.map((CALL_ID): IDataObject => ({ CALL_ID, seconds: 1 }));
	items[2] = { CALL_ID: 'externalCall.x.1', seconds: 1 };
	const run = await call('finish', FINISH, items);
	expect(run.error?.context?.itemIndex).toBe(2);
	const logged = calls.flatMap((callId, item) =>
		world.portal.state.history.some((row) => row.callId === callId) ? [item] : [],
	);
	expect(logged.length).toBeGreaterThan(0);
	for (const item of logged) expect(run.error?.description).toContain(calls[item]);
	expect(run.error?.description).toContain('do not repeat them: 0, 1, 3-11.');
});

describe('tokens', () => {
	it('are renewed once when they have expired, however many requests find out', async () => {
		const calls = await registered(Array.from({ length: 30 }, (_, index) => `+49303000${index}`));
		world.portal.control.setSwitches({ usedRefreshToken: 'dies' });
		world.portal.control.expireTokens();
		const before = (world.credential.oauthTokenData as IDataObject).refresh_token;
		const run = await call(
			'finish',
			FINISH,
			calls.map((CALL_ID) => ({ CALL_ID, seconds: 1 })),
		);
		expect(run.error).toBeUndefined();
		expect(run.json).toHaveLength(30);
		expect((world.credential.oauthTokenData as IDataObject).refresh_token).not.toBe(before);
	});

	it('that are gone for good say so', async () => {
		world.portal.control.revokeTokens();
		const run = await call('show', { callId: 'externalCall.x.1', employees: {} });
		expect(run.error?.message).toMatch(/reconnect/i);
	});

	it('stand in no execution, whatever happens', async () => {
		const secrets = [
			world.credential.clientSecret,
			...Object.values(world.credential.oauthTokenData as IDataObject),
		].filter(
			(value) =>
				String(value).length >= 32 &&
				!String(value).startsWith('http') &&
				value !== (world.credential.oauthTokenData as IDataObject).member_id,
		);
		expect(secrets.length).toBeGreaterThanOrEqual(3);
		const good = await registered(['+494066969441']);
		const runs = [
			await call('finish', FINISH, [{ CALL_ID: good[0], seconds: 1 }]),
			await call('finish', FINISH, [{ CALL_ID: 'externalCall.x.1', seconds: 1 }]),
			await call('finish', FINISH, [{ CALL_ID: 'externalCall.x.1', seconds: 1 }], { onError: 'continueRegularOutput' }),
		];
		world.portal.control.addFault({ kind: 'html502' });
		runs.push(await call('finish', FINISH, [{ CALL_ID: 'externalCall.x.1', seconds: 1 }]));
		for (const run of runs) for (const secret of secrets) expect(run.stored).not.toContain(String(secret));
	});
});

describe('an answer that is lost', () => {
	it.each([
		'resetBeforeWork',
		'resetAfterWork',
		'html502',
		'html503',
		'html504',
		'html504AfterWork',
		'cutJson',
	] as const)('by %s costs nothing: the call is logged once', async (kind) => {
		const [callId] = await registered(['+494066969441']);
		world.portal.control.addFault({ kind, target: 'telephony.externalCall.finish' });
		const run = await call('finish', FINISH, [{ CALL_ID: callId, seconds: 1 }]);
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ CALL_ID: callId, CALL_DURATION: 1, PORTAL_USER_ID: 2 }]);
		expect(run.json[0]?.ALREADY_FINISHED).toBe(false);
		expect(world.portal.state.history).toHaveLength(1);
	});

	it('for good says that it may be done, with the CALL_ID', async () => {
		const [callId] = await registered(['+494066969441']);
		world.portal.control.addFault({ kind: 'html502', count: 9999 });
		const run = await call('finish', FINISH, [{ CALL_ID: callId, seconds: 1 }]);
		world.portal.control.clearFaults();
		expect(run.error?.message).toBe(
			`Bitrix24 may have carried this out already (${callId ?? ''}): The portal answered with status 502 and no reason`,
		);
		expect(run.error?.description).toMatch(/Run it again: that is safe.*\(telephony\.externalCall\.finish\)$/);
	});

	it('of a read raises no alarm', async () => {
		world.portal.control.addFault({ kind: 'html502', count: 9999 });
		const run = await call('get', { callId: 'externalCall.x.1', simplify: true });
		world.portal.control.clearFaults();
		expect(run.error?.message).toBe('The portal answered with status 502 and no reason');
		expect(run.error?.description).toContain('safe to run this again');
	});
});

it('follows a portal that has moved, with the same POST', async () => {
	const [callId] = await registered(['+494066969441']);
	world.portal.control.move(world.portal.url.replace('http://127.0.0.1', 'localhost'));
	const run = await call('finish', FINISH, [{ CALL_ID: callId, seconds: 3 }]);
	world.portal.control.move(world.portal.url.replace('http://', ''));
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([{ CALL_DURATION: 3 }]);
});

it('says in words that the portal could not be reached', async () => {
	Object.assign(world.credential, { portal: '127.0.0.1:9' });
	(world.credential.oauthTokenData as IDataObject).client_endpoint = 'http://127.0.0.1:9/rest/';
	const run = await call('finish', FINISH, [{ CALL_ID: 'externalCall.x.1', seconds: 1 }]);
	expect(run.error?.message).toBe('The portal could not be reached: nothing listens there');
	expect(run.error?.description).toContain('portal address of the credential');
});

describe('limits of the portal', () => {
	afterEach(() => {
		world.portal.control.setLimits({ intensity: false, bucket: 50, leakPerSecond: 2, operating: false });
	});

	it('a full bucket is waited out, and every item gets through', async () => {
		const calls = await registered(Array.from({ length: 40 }, (_, index) => `+49304000${index}`));
		world.portal.control.setLimits({ intensity: true, bucket: 2, leakPerSecond: 2 });
		// The nodes believe that there is room for all: what earlier tests sent is forgotten.
		await clock.sleep(60_000);
		const run = await call(
			'finish',
			FINISH,
			calls.map((CALL_ID) => ({ CALL_ID, seconds: 1 })),
		);
		expect(run.error).toBeUndefined();
		expect(world.portal.state.history).toHaveLength(40);
		expect(world.portal.state.requests.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
	});

	const usedUp = {
		kind: 'error',
		target: 'telephony.externalCall.finish',
		code: 'OPERATION_TIME_LIMIT',
		count: 9,
	} as const;

	it('used up operating time is waited for', async () => {
		const [callId] = await registered(['+494066969441']);
		world.portal.control.addFault({ ...usedUp, count: 1 });
		const run = await call('finish', { ...FINISH, options: { maximumWait: 700 } }, [{ CALL_ID: callId, seconds: 1 }]);
		expect(run.error).toBeUndefined();
		expect(world.portal.state.requests.filter(({ status }) => status === 429)).toHaveLength(1);
	});

	it('used up operating time is an error that says when to go on where it takes too long, and is not hammered', async () => {
		const [callId] = await registered(['+494066969441']);
		world.portal.control.addFault(usedUp);
		const before = world.portal.state.requests.length;
		const run = await call('finish', { ...FINISH, options: { maximumWait: 30 } }, [{ CALL_ID: callId, seconds: 1 }]);
		world.portal.control.clearFaults();
		expect(run.error?.message).toContain('[OPERATION_TIME_LIMIT]');
		expect(run.error?.description).toMatch(/Go on after \d\d:\d\d:\d\d \(America\/New_York\)/);
		expect(world.portal.state.requests.length - before).toBe(1);
	});
});
