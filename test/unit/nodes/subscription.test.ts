import type { IHookFunctions } from 'n8n-workflow';
import { isSubscribed, subscribe, unsubscribe } from '../../../nodes/Bitrix24TelephonyTrigger/subscription';

interface Request {
	method: string;
	body: Record<string, unknown>;
}

/** A portal that keeps bindings, and the hook context of n8n around it. */
function world(options: { webhookUrl?: string; endpoint?: string; mode?: 'manual' | 'trigger'; fail?: Record<string, unknown>; staticData?: Record<string, unknown>; bindings?: { event: string; handler: string }[] } = {}) {
	const bindings = options.bindings ?? [];
	const requests: Request[] = [];
	const staticData = options.staticData ?? {};
	const answer = ({ method, body }: Request): unknown => {
		const { event, handler } = body as { event: string; handler: string };
		const at = bindings.findIndex((binding) => binding.event === event && binding.handler === handler);
		if (method === 'event.get') return { result: bindings };
		if (method === 'event.bind' && at >= 0) return { error: 'ERROR_CORE', error_description: 'Unable to set event handler: Handler already binded' };
		if (method === 'event.bind') bindings.push({ event, handler });
		else if (at >= 0) bindings.splice(at, 1);
		return { result: method === 'event.bind' ? true : { count: at >= 0 ? 1 : 0 } };
	};
	const context = {
		getCredentials: () =>
			Promise.resolve({
				clientSecret: 'secret',
				oauthTokenData: { client_endpoint: options.endpoint ?? 'https://example.bitrix24.com/rest/', member_id: 'm', scope: 'telephony' },
			}),
		getNode: () => ({ id: 'n', name: 'Trigger', type: 't', typeVersion: 1, position: [0, 0], parameters: {}, webhookId: 'hook' }),
		getWorkflow: () => ({ id: 'w1' }),
		getMode: () => options.mode ?? 'trigger',
		getNodeWebhookUrl: () => options.webhookUrl ?? 'https://n8n.example.com/webhook/hook/bitrix24',
		getWorkflowStaticData: () => staticData,
		helpers: {
			httpRequestWithAuthentication: (_type: string, { url, body }: { url: string; body: Record<string, unknown> }) => {
				const request = { method: url.split('/rest/')[1] ?? '', body };
				requests.push(request);
				const failure = options.fail;
				return Promise.resolve({ statusCode: failure ? 400 : 200, body: failure ?? answer(request) });
			},
		},
	} as unknown as IHookFunctions;
	return { context, bindings, requests, staticData };
}

const EVENTS = ['ONEXTERNALCALLSTART'];

it('binds once, finds its binding again, and unbinds exactly it', async () => {
	const { context, bindings, staticData } = world({ bindings: [{ event: 'ONEXTERNALCALLSTART', handler: 'https://somebody.else/' }] });
	expect(await isSubscribed(context, EVENTS)).toBe(false);
	await subscribe(context, EVENTS);
	expect(bindings).toHaveLength(2);
	expect(bindings[1]?.handler).toMatch(/^https:\/\/n8n\.example\.com\/webhook\/hook\/bitrix24\?signature=[\w-]{43}$/);
	expect(await isSubscribed(context, EVENTS)).toBe(true);
	await subscribe(context, EVENTS);
	expect(bindings).toHaveLength(2);
	await unsubscribe(context, EVENTS);
	expect(staticData).toEqual({ bindings: [] });
	await unsubscribe(context, EVENTS);
	expect(bindings).toEqual([{ event: 'ONEXTERNALCALLSTART', handler: 'https://somebody.else/' }]);
});

it('unbinds what was bound when the address has changed meanwhile', async () => {
	const before = world();
	await subscribe(before.context, EVENTS);
	const after = world({ webhookUrl: 'https://new.example.com/webhook/hook/bitrix24', staticData: before.staticData, bindings: before.bindings });
	await unsubscribe(after.context, EVENTS);
	expect(after.bindings).toEqual([]);
});

it('replaces a binding whose address has changed', async () => {
	const before = world();
	await subscribe(before.context, EVENTS);
	const after = world({ webhookUrl: 'https://new.example.com/webhook/hook/bitrix24', staticData: before.staticData, bindings: before.bindings });
	expect(await isSubscribed(after.context, EVENTS)).toBe(false);
	await subscribe(after.context, EVENTS);
	expect(after.bindings.map(({ handler }) => new URL(handler).host)).toEqual(['new.example.com']);
});

it('keeps test listening and production apart', async () => {
	const production = world();
	await subscribe(production.context, EVENTS);
	const test = world({ mode: 'manual', webhookUrl: 'https://n8n.example.com/webhook-test/hook/bitrix24', bindings: production.bindings });
	await subscribe(test.context, EVENTS);
	expect(new Set(production.bindings.map(({ handler }) => new URL(handler).searchParams.get('signature'))).size).toBe(2);
	await unsubscribe(test.context, EVENTS);
	expect(production.bindings.map(({ handler }) => new URL(handler).pathname)).toEqual(['/webhook/hook/bitrix24']);
});

describe('says the cause of a failed activation in the message itself', () => {
	it.each<[string, Parameters<typeof world>[0], RegExp]>([
		['scope missing', { fail: { error: 'ERROR_EVENT_NOT_FOUND', error_description: 'Event not found' } }, /permission Telephony.*Event not found/],
		['no application token', { fail: { error: 'WRONG_AUTH_TYPE', error_description: 'Current authorization type is denied for this method' } }, /local application.*denied/],
		['n8n on localhost', { webhookUrl: 'http://localhost:5678/webhook/hook/bitrix24' }, /cannot reach this n8n.*localhost:5678.*WEBHOOK_URL/],
		['n8n on a private address', { webhookUrl: 'http://192.168.1.5:5678/webhook/hook/bitrix24' }, /cannot reach this n8n/],
		['an address too long to keep', { webhookUrl: `https://n8n.example.com/${'x'.repeat(230)}/webhook/hook/bitrix24` }, /255/],
	])('%s', async (_name, options, message) => {
		await expect(subscribe(world(options).context, EVENTS)).rejects.toThrow(message);
	});

	it('no event chosen', async () => {
		await expect(subscribe(world().context, [])).rejects.toThrow(/No event is chosen/);
	});

	it('portal address wrong', async () => {
		const { context } = world();
		const failing = { ...context, helpers: { httpRequestWithAuthentication: () => Promise.reject(Object.assign(new Error('x'), { httpCode: 'ENOTFOUND' })) } } as unknown as IHookFunctions;
		await expect(subscribe(failing, EVENTS)).rejects.toThrow(/portal address of the credential.*there is no such name/);
	});

	it('lets a portal on a private address call an n8n on a private address', async () => {
		const { context, bindings } = world({ webhookUrl: 'http://127.0.0.1:5678/webhook/hook/bitrix24', endpoint: 'http://127.0.0.1:8000/rest/' });
		await subscribe(context, EVENTS);
		expect(bindings).toHaveLength(1);
	});
});
