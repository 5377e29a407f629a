import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { subscribe } from '../../../nodes/Bitrix24TelephonyTrigger/subscription';

/** The portal's own words are what the tests wait for, not its time. */
jest.mock('n8n-workflow', (): object => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

interface Request {
	method: string;
	body: { event: string; handler: string };
}

interface Options {
	webhookUrl?: string;
	endpoint?: string;
	/** More of the token answer. */
	token?: object;
	/** More of the credential. */
	credentials?: object;
	/** What the portal answers instead of its own answer. */
	instead?: (request: Request) => object | undefined;
}

/** A portal that keeps bindings and reaches no trigger, and the hook context of n8n around it. */
function world({
	webhookUrl = 'https://n8n.example.com/webhook/hook/bitrix24',
	endpoint = 'https://example.bitrix24.com/rest/',
	token,
	credentials,
	instead,
}: Options = {}) {
	const bindings: Request['body'][] = [];
	const asked: string[] = [];
	const answer = ({ method, body: { event, handler } }: Request): object => {
		const at = bindings.findIndex((binding) => binding.event === event && binding.handler === handler);
		if (method === 'event.get') return { result: bindings };
		if (method === 'event.test') return { result: 1 };
		if (method === 'event.bind' && at >= 0)
			return { error: 'ERROR_CORE', error_description: 'Unable to set event handler: Handler already binded' };
		if (method === 'event.bind') bindings.push({ event, handler });
		else if (at >= 0) bindings.splice(at, 1);
		return { result: method === 'event.bind' ? true : { count: at >= 0 ? 1 : 0 } };
	};
	const staticData = {};
	const context = {
		getCredentials: () =>
			Promise.resolve({
				clientSecret: 'secret',
				oauthTokenData: { client_endpoint: endpoint, member_id: 'm', scope: 'app', ...token },
				...credentials,
			}),
		getNode: () => ({
			id: 'n',
			name: 'Trigger',
			type: 't',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			webhookId: 'hook',
		}),
		getWorkflow: () => ({ id: 'w1' }),
		getMode: () => 'trigger',
		getActivationMode: () => 'activate',
		getNodeWebhookUrl: () => webhookUrl,
		getWorkflowStaticData: () => staticData,
		helpers: {
			httpRequestWithAuthentication: (_type: string, { url, body }: { url: string; body: Request['body'] }) => {
				const request = { method: url.split('/rest/')[1] ?? '', body: body ?? {} };
				asked.push(request.method);
				const refusal = instead?.(request);
				return Promise.resolve({ statusCode: refusal ? 400 : 200, body: refusal ?? answer(request) });
			},
		},
	} as unknown as IHookFunctions;
	return { context, bindings, asked };
}

const WISH = { events: ['ONEXTERNALCALLSTART'], delivery: 'push' as const };
const failing = (error: string, description: string) => () => ({ error, error_description: description });

describe('says the cause of a failed activation in the message itself', () => {
	it.each<[string, Options, RegExp]>([
		[
			'scope missing',
			{ instead: failing('ERROR_EVENT_NOT_FOUND', 'Event not found') },
			/permission Telephony.*Event not found/,
		],
		[
			'no application token',
			{ instead: failing('WRONG_AUTH_TYPE', 'Current authorization type is denied for this method') },
			/local application.*denied/,
		],
		[
			'unheard of',
			{ instead: failing('SOMETHING_NEW', 'No') },
			/Check in Bitrix24 that the application is installed.* Reason: No \[SOMETHING_NEW\] \(event\.bind\)$/,
		],
		['without a code', { instead: failing('', 'No') }, / Reason: No \(event\.bind\)$/],
		[
			'n8n on localhost',
			{ webhookUrl: 'http://localhost:5678/webhook/hook/bitrix24' },
			/^Bitrix24 cannot reach this n8n: its address is http:\/\/localhost:5678, and events come from Bitrix24’s own servers, those of a self-hosted portal as well\. Set WEBHOOK_URL/,
		],
		[
			'n8n on a private address',
			{ webhookUrl: 'http://192.168.1.5:5678/webhook/hook/bitrix24' },
			/cannot reach this n8n/,
		],
		[
			'an address too long to keep',
			{ webhookUrl: `https://n8n.example.com/${'x'.repeat(230)}/webhook/hook/bitrix24` },
			/255/,
		],
	])('%s', async (_name, options, message) => {
		await expect(subscribe(world(options).context, WISH)).rejects.toThrow(message);
	});

	it('portal address wrong', async () => {
		const { context } = world();
		const failing = {
			...context,
			helpers: {
				httpRequestWithAuthentication: () => Promise.reject(Object.assign(new Error('x'), { httpCode: 'ENOTFOUND' })),
			},
		} as unknown as IHookFunctions;
		await expect(subscribe(failing, WISH)).rejects.toThrow(/portal address of the credential.*there is no such name/);
	});

	it('an address that just fits is bound', async () => {
		const room = 255 - 'https://n8n.example.com//bitrix24?signature='.length - 43;
		const { context, bindings } = world({ webhookUrl: `https://n8n.example.com/${'x'.repeat(room)}/bitrix24` });
		await subscribe(context, WISH);
		expect(bindings[0]?.handler).toHaveLength(255);
	});

	const home = { webhookUrl: 'http://127.0.0.1:5678/webhook/hook/bitrix24', endpoint: 'http://192.168.1.9/rest/' };

	it.each([
		['Bitrix24’s', { server_endpoint: 'https://oauth.bitrix.info/rest/' }, {}],
		[
			'Bitrix24’s, in both places',
			{ server_endpoint: 'https://oauth.bitrix.info/rest/' },
			{ accessTokenUrl: 'https://oauth.bitrix.info/oauth/token/' },
		],
		[
			'Bitrix24’s, which the token answer does not name',
			{},
			{ accessTokenUrl: 'https://oauth.bitrix24.tech/oauth/token/' },
		],
		['unknown', {}, {}],
	])(
		'a self-hosted portal beside an n8n on a private address, its authorization server %s: its events go through Bitrix24’s servers',
		async (_server, token, credentials) => {
			const { context, bindings } = world({ ...home, token, credentials });
			await expect(subscribe(context, WISH)).rejects.toThrow(/cannot reach this n8n.*self-hosted/);
			expect(bindings).toEqual([]);
		},
	);

	it.each([
		['says so', { server_endpoint: 'http://127.0.0.1:8001/rest/' }, {}],
		['is asked for tokens', {}, { accessTokenUrl: 'http://127.0.0.1:8001/oauth/token/' }],
		[
			'is asked for tokens, and names the real one',
			{ server_endpoint: 'https://oauth.bitrix.info/rest/' },
			{ accessTokenUrl: 'http://127.0.0.1:8001/oauth/token/' },
		],
	])(
		'lets a sandbox call an n8n on a private address, whose private authorization server %s',
		async (_how, token, credentials) => {
			const { context, bindings } = world({ ...home, token, credentials });
			await subscribe(context, WISH);
			expect(bindings).toHaveLength(1);
		},
	);
});

describe('verifying the delivery', () => {
	const isTest = ({ body }: Request): boolean => body.event === 'ONAPPTEST';

	it('says that the test event was lost, and leaves nothing bound', async () => {
		const { context, bindings } = world();
		const error = (await subscribe(context, WISH, true).catch((reason: unknown) => reason)) as NodeOperationError;
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(
			'A test event of Bitrix24 did not arrive at https://n8n.example.com within 6 seconds. Is this address open to the internet, with a valid certificate? Otherwise set WEBHOOK_URL of n8n to its public https address.',
		);
		expect(bindings.map(({ event }) => event)).toEqual(WISH.events);
	});

	it('says why the portal refused the test event', async () => {
		const { context, bindings, asked } = world({
			instead: (request) =>
				request.method === 'event.bind' && isTest(request) ? failing('ACCESS_DENIED', 'Access denied!')() : undefined,
		});
		await expect(subscribe(context, WISH, true)).rejects.toThrow(
			/^This trigger cannot listen yet: the delivery of events could not be verified\. .*Connect as an administrator\. Then publish the workflow again: .* Reason: Access denied! \[ACCESS_DENIED\] \(event\.bind\)$/,
		);
		expect(bindings.map(({ event }) => event)).toEqual(WISH.events);
		expect(asked).not.toContain('event.test');
	});

	it.each([
		['is there after all', 'Unable to set event handler: Handler already binded'],
		['is taken after all', ''],
	])('says that nothing is known when a refused binding %s', async (_name, text) => {
		let binds = 0;
		const { context, bindings } = world({
			instead: (request) => {
				if (request.method !== 'event.bind' || !isTest(request)) return undefined;
				binds += 1;
				return binds === 1 || text ? failing('ERROR_CORE', text || 'No')() : undefined;
			},
		});
		const refused = subscribe(context, WISH, true);
		await expect(refused).rejects.toThrow(/Bitrix24 did not answer what it was asked about the test event/);
		expect(bindings.map(({ event }) => event)).toEqual(WISH.events);
	});
});
