import { keepsProtocol, post, readHttp, type HttpAnswer, type HttpRequest } from '../../../bitrix24/http';

const ENDPOINT = 'https://example.bitrix24.com/rest/';

/** A transport that gives answers one after the other. */
function transport(...answers: HttpAnswer[]) {
	const requests: HttpRequest[] = [];
	const send = async (request: HttpRequest): Promise<HttpAnswer> => {
		requests.push(request);
		return await Promise.resolve(answers[requests.length - 1] ?? { status: 200, body: { result: 'late' } });
	};
	const upload = (): Promise<never> => Promise.reject(new Error('no upload expected'));
	return { endpoint: ENDPOINT, lane: 'one', send, upload, requests };
}

const movedTo = (location: string | undefined, status = 302): HttpAnswer => ({ status, body: '', location });

describe('a call', () => {
	it('goes to its method, without what is not set', async () => {
		const portal = transport({ status: 200, body: { result: 7, time: {} } });
		expect(await post(portal, 'user.get', { ID: 7, NAME: undefined, SORT: null })).toEqual({
			ok: true,
			value: { result: 7, time: {} },
		});
		expect(portal.requests).toEqual([{ url: `${ENDPOINT}user.get`, body: { ID: 7, SORT: null }, timeout: 70_000 }]);
	});

	it('carries half of a character, which JSON does not know, as the sign for an unknown one', async () => {
		const portal = transport();
		await post(portal, 'a', { NAME: 'x\ud83d', LIST: [{ TEXT: '\udc00😀', N: 1, F: false, NONE: null }] });
		expect(portal.requests[0]?.body).toEqual({
			NAME: 'x\ufffd',
			LIST: [{ TEXT: '\ufffd😀', N: 1, F: false, NONE: null }],
		});
	});

	it.each([
		['https://new.bitrix24.com/rest/user.get', 'https://new.bitrix24.com/rest/user.get'],
		['//new.bitrix24.com/rest/user.get?a=1', 'https://new.bitrix24.com/rest/user.get?a=1'],
	])('goes on to %s when the portal has moved, as it was', async (location, url) => {
		for (const status of [300, 302, 399]) {
			const portal = transport(movedTo(location, status), { status: 200, body: { result: 8 } });
			expect(await post(portal, 'user.get', { ID: 7 })).toEqual({ ok: true, value: { result: 8 } });
			expect(portal.requests[1]).toEqual({ url, body: { ID: 7 }, timeout: 70_000 });
		}
	});

	it.each<[string, HttpAnswer]>([
		['an address without https', movedTo('http://new.bitrix24.com/rest/user.get')],
		['another path', movedTo('https://new.bitrix24.com/login')],
		['no address', movedTo('https://')],
		['nothing', movedTo('')],
		['nowhere', movedTo(undefined)],
		['an address with status 299', movedTo('https://new.bitrix24.com/rest/user.get', 299)],
		['an address with status 400', movedTo('https://new.bitrix24.com/rest/user.get', 400)],
	])('does not follow %s', async (_name, answer) => {
		const portal = transport(answer);
		expect(await post(portal, 'user.get', {})).toMatchObject({ ok: false });
		expect(portal.requests).toHaveLength(1);
	});

	it('follows once', async () => {
		const moved = movedTo('https://new.bitrix24.com/rest/user.get');
		const portal = transport(moved, moved);
		expect(await post(portal, 'user.get', {})).toMatchObject({
			ok: false,
			failure: { kind: 'unreachable', status: 302 },
		});
		expect(portal.requests).toHaveLength(2);
	});
});

describe('no answer', () => {
	it.each(['unreachable', 'unknown', 'credential', 'file'] as const)('is a failure of kind %s', (reason) => {
		expect(readHttp('m', { status: 0, reason, text: 'Text' })).toEqual({
			ok: false,
			failure: { kind: reason, status: 0, code: '', text: 'Text', method: 'm' },
		});
	});

	it('from our side leaves open what was done', () => {
		expect(readHttp('m', { status: 0, reason: 'cancelled', text: 'Text', code: 'c' })).toMatchObject({
			ok: false,
			failure: { kind: 'unknown', code: 'c' },
		});
	});
});

it('knows whether the token would stay as safe as it was', () => {
	expect(keepsProtocol(ENDPOINT, 'https://other.example.com/x')).toBe(true);
	expect(keepsProtocol('http://127.0.0.1/rest/', 'http://other.example.com/x')).toBe(true);
	expect(keepsProtocol(ENDPOINT, 'http://example.bitrix24.com/rest/')).toBe(false);
	expect(keepsProtocol(ENDPOINT, 'rest/upload')).toBe(false);
});
