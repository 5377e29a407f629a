import { clock } from '../../../nodes/common/clock';
import { connect, type RequestContext } from '../../../nodes/common/connection';
import { show } from '../../../bitrix24/methods/calls';
import { connectedTo, execution, type Setting } from '../../support/execution';
import { VirtualTime } from '../../support/virtualTime';

const portalOf = async (setting: Setting = {}) => await connect(execution(setting).context);

describe('what executions share', () => {
	it('is one dispatcher and one set of claims a portal', async () => {
		const [one, other] = [connectedTo(), connectedTo()];
		const portals = [
			await portalOf({ credentials: one }),
			await portalOf({ credentials: { ...one } }),
			await portalOf({ credentials: other }),
		];
		const [first, second, third] = portals.map(({ means }) => means);
		expect(second?.dispatcher).toBe(first?.dispatcher);
		expect(second?.claims).toBe(first?.claims);
		expect(third?.dispatcher).not.toBe(first?.dispatcher);
		expect(third?.claims).not.toBe(first?.claims);
		expect(second?.shared).not.toBe(first?.shared);
	});

	it('is that of the portal, whatever its address: one may be of http or from before a renaming', async () => {
		const addresses = [
			'https://new.example.com/rest/',
			'http://new.example.com/rest/',
			'https://old.example.com/rest/',
		];
		const portals = await Promise.all(
			addresses.map(
				async (client_endpoint) =>
					await portalOf({ credentials: connectedTo({ oauthTokenData: { client_endpoint, member_id: 'renamed' } }) }),
			),
		);
		expect(new Set(portals.map(({ means }) => means.dispatcher)).size).toBe(1);
		expect(new Set(portals.map(({ means }) => means.claims)).size).toBe(1);
		expect(portals.map(({ means }) => means.sender.transport.endpoint)).toEqual(addresses);
	});

	it('is nothing for two portals of one address', async () => {
		const client_endpoint = 'https://same.example.com/rest/';
		const [one, other] = await Promise.all(
			['one', 'other'].map(
				async (member_id) =>
					await portalOf({ credentials: connectedTo({ oauthTokenData: { client_endpoint, member_id } }) }),
			),
		);
		expect(one?.means.dispatcher).not.toBe(other?.means.dispatcher);
		expect(one?.means.claims).not.toBe(other?.means.claims);
	});

	it('is the bucket of the portal, whatever plan a credential says: the last one counts', async () => {
		const one = connectedTo();
		const first = await portalOf({ credentials: one });
		const enterprise = await portalOf({ credentials: { ...one, requestLimit: 'enterprise' } });
		expect(enterprise.means.dispatcher).toBe(first.means.dispatcher);
		expect(enterprise.means.claims).toBe(first.means.claims);
	});

	it('is a lane a credential; without its id each run has its own', async () => {
		const lanes = await Promise.all(
			[{}, {}, { node: { credentials: undefined } }, { node: { credentials: {} } }].map(
				async (setting) => (await portalOf(setting)).means.sender.transport.lane,
			),
		);
		expect(lanes.slice(0, 2)).toEqual(['c1', 'c1']);
		expect(lanes[2]).toMatch(/^run \d+$/);
		expect(lanes[3]).toMatch(/^run \d+$/);
		expect(lanes[2]).not.toBe(lanes[3]);
	});

	it('knows runs apart', async () => {
		const [one, other] = [await portalOf(), await portalOf()];
		expect(one.means.sender.run).toMatch(/^run \d+$/);
		expect(one.means.sender.run).not.toBe(other.means.sender.run);
	});
});

it.each([
	['standard', ['standard'], false],
	['enterprise', ['enterprise'], true],
	['corrected', ['standard', 'enterprise'], true],
	['downgraded', ['enterprise', 'standard'], false],
])('takes the limit of the %s plan', async (_plan, [...plans], isLarge) => {
	const { now, sleep } = clock;
	const time = new VirtualTime();
	Object.assign(clock, { now: time.now, sleep: time.sleep });
	const credentials = connectedTo({ requestLimit: plans.at(-1) });
	for (const requestLimit of plans) await portalOf({ credentials: { ...credentials, requestLimit } });
	const { context, requests } = execution({
		credentials,
		methods: { 'telephony.externalCall.show': () => ({ result: true }) },
	});
	const portal = await connect(context);
	await time.until(
		Promise.all(Array.from({ length: 200 }, async (_, index) => await portal.ask(show(`call ${index}`, 1)))),
	);
	Object.assign(clock, { now, sleep });
	expect(requests.length > 50).toBe(isLarge);
});

describe('a call', () => {
	it('is somebody’s, unless it is told otherwise', async () => {
		const { context } = execution({});
		expect((await connect(context)).means).toMatchObject({
			patience: 5000,
			sender: { isLive: true, maximumWait: 30_000 },
		});
		const manner = { isLive: false, maximumWait: 1, patience: 2 };
		expect((await connect(context, manner)).means).toMatchObject({
			patience: 2,
			sender: { isLive: false, maximumWait: 1 },
		});
	});

	it('goes through n8n’s helper, which follows no redirect', async () => {
		const { context, requests } = execution({ methods: { 'telephony.externalCall.show': () => ({ result: true }) } });
		const portal = await connect(context);
		expect(await portal.ask(show('a', 1))).toEqual({ ok: true, value: true });
		const { endpoint } = portal.means.sender.transport;
		expect(requests).toEqual([
			{
				type: 'bitrix24OAuth2Api',
				called: 'telephony.externalCall.show',
				method: 'POST',
				url: `${endpoint}telephony.externalCall.show`,
				body: { CALL_ID: 'a', USER_ID: 1 },
				json: true,
				timeout: 70_000,
				returnFullResponse: true,
				disableFollowRedirect: true,
			},
		]);
	});

	it('that fails is a result', async () => {
		const { context } = execution({
			methods: { 'telephony.externalCall.show': () => ({ error: 'X', error_description: 'No' }) },
		});
		expect(await (await connect(context)).ask(show('a', 1))).toMatchObject({
			ok: false,
			failure: { kind: 'refused', status: 400, code: 'X', text: 'No' },
		});
	});

	it.each<[object, string, object]>([
		[
			{ error: 'wrong_client', error_description: 'Unknown client' },
			'expired_token',
			{ kind: 'credential', status: 0, code: 'wrong_client', text: 'Unknown client' },
		],
		[{ error: 'wrong_client' }, 'expired_token', { kind: 'credential', code: 'wrong_client', text: 'wrong_client' }],
		[{ error: 'wrong_client' }, 'invalid_token', { kind: 'credential', status: 400, code: 'invalid_token' }],
		[{ error: 7 }, 'expired_token', { kind: 'credential', status: 400, code: 'expired_token' }],
		[{}, 'expired_token', { kind: 'credential', status: 400, code: 'expired_token' }],
	])('whose token says %j fails for that after %s', async (more, error, failure) => {
		const credentials = connectedTo();
		Object.assign(credentials.oauthTokenData as object, more);
		const { context } = execution({
			credentials,
			methods: { 'telephony.externalCall.show': () => ({ error, error_description: '' }) },
		});
		expect(await (await connect(context)).ask(show('a', 1))).toMatchObject({ ok: false, failure });
	});

	it('whose credential is gone by then fails all the same', async () => {
		const { context } = execution({
			methods: { 'telephony.externalCall.show': () => ({ error: 'expired_token', error_description: 'Old' }) },
		});
		let reads = 0;
		const { means } = await connect({
			...context,
			getCredentials: async (name) =>
				reads++ === 0 ? await context.getCredentials(name) : await Promise.reject(new Error('gone')),
		});
		expect(
			await means.sender.transport.send({
				url: `${means.sender.transport.endpoint}telephony.externalCall.show`,
				body: {},
				timeout: 1,
			}),
		).toMatchObject({ status: 400, body: { error: 'expired_token' } });
	});

	it('does not end with its execution, for calls of others may travel with it', async () => {
		const callers: object[] = [];
		const helpers = {
			httpRequestWithAuthentication: async function (this: object) {
				callers.push(this);
				return await Promise.resolve({ statusCode: 200, body: { result: true } });
			},
		};
		const { context } = execution({ helpers });
		await (await connect(context)).ask(show('a', 1));
		const [caller] = callers as (RequestContext & Record<string, unknown>)[];
		expect(caller).not.toHaveProperty('getExecutionCancelSignal');
		expect(caller?.helpers.httpRequestWithAuthentication).toBe(context.helpers.httpRequestWithAuthentication);
		expect(caller?.logger).toBe(context.logger);
		expect(caller?.getNode()).toEqual(context.getNode());
		expect(caller?.getMode?.()).toBe('manual');
		expect(await caller?.getCredentials('c')).toEqual(await context.getCredentials('c'));
	});

	it('comes from contexts without a mode as well', async () => {
		const { context } = execution({ methods: { 'telephony.externalCall.show': () => ({ result: true }) } });
		const { getCredentials, getNode, helpers, logger } = context;
		expect(await (await connect({ getCredentials, getNode, helpers, logger })).ask(show('a', 1))).toMatchObject({
			ok: true,
		});
	});

	it('asks the context itself for credentials and node', async () => {
		const { context } = execution({
			methods: {},
			helpers: {
				httpRequestWithAuthentication: async function (this: RequestContext) {
					return {
						statusCode: 200,
						body: { result: this.getNode().name === 'Node' && (await this.getCredentials('c')).clientSecret === 's' },
					};
				},
			},
		});
		const own = Object.assign(context, { own: true });
		const { getNode, getCredentials } = context;
		own.getNode = function (this: { own?: boolean }) {
			return this.own ? getNode() : { ...getNode(), name: 'lost' };
		};
		own.getCredentials = async function (this: { own?: boolean }, name: string) {
			return this.own ? await getCredentials(name) : {};
		} as typeof getCredentials;
		expect(await (await connect(own)).ask(show('a', 1))).toEqual({ ok: true, value: true });
	});
});

it('uploads a file through n8n’s helper', async () => {
	const sent: unknown[] = [];
	const { context } = execution({
		helpers: {
			httpRequestWithAuthentication: async (type: string, { url }: { url: string }) =>
				await Promise.resolve(sent.push([type, url]) && { statusCode: 200, body: {} }),
		},
	});
	const file = {
		name: 'a.wav',
		contentType: 'audio/wav',
		open: async () => await Promise.resolve({ size: 1, content: Buffer.from('a') }),
	};
	await (await connect(context)).means.sender.transport.upload({ url: 'https://p/upload', fieldName: 'file', file });
	expect(sent).toEqual([['bitrix24OAuth2Api', 'https://p/upload']]);
});

describe('a probe', () => {
	const probed = async (httpRequest: (options: object) => Promise<unknown>) =>
		await (await portalOf({ helpers: { httpRequest } })).means.probe('https://n8n.example.com/webhook/a');

	it('posts nothing, and takes any answer', async () => {
		const asked: object[] = [];
		expect(
			await probed(
				async (options) => await Promise.resolve(asked.push(options) && { statusCode: 404, body: { message: 'gone' } }),
			),
		).toEqual({ status: 404, body: { message: 'gone' } });
		expect(asked).toEqual([
			{
				method: 'POST',
				url: 'https://n8n.example.com/webhook/a',
				timeout: 10_000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		]);
	});

	it('that nobody answers has the status 0', async () => {
		expect(await probed(async () => await Promise.reject(new Error('refused')))).toEqual({
			status: 0,
			body: undefined,
		});
	});
});

describe('time', () => {
	it('is the clock’s, also for the dispatcher', async () => {
		const { now, sleep } = clock;
		const slept: number[] = [];
		clock.now = () => 42;
		clock.sleep = async (milliseconds) => await Promise.resolve(void slept.push(milliseconds));
		const { means } = await portalOf();
		expect(means.dispatcher.now()).toBe(42);
		await means.sleep(7);
		expect(slept).toEqual([7]);
		Object.assign(clock, { now, sleep });
	});

	it('is counted from 1970, and waits', async () => {
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(3_600_000);
		let isOver = false;
		const waiting = clock.sleep(20).then(() => {
			isOver = true;
		});
		for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
		expect(isOver).toBe(false);
		await waiting;
		expect(isOver).toBe(true);
	});
});
