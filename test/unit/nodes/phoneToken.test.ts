import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { loginOf, signed } from '../../../nodes/common/phoneSystem';
import { needToken, takeToken, tokenIn } from '../../../nodes/common/phoneToken';

const MINUTE = 60_000;
let serial = 0;
/** Each test has a login of its own: what is known of one is shared by the process. */
const nextLogin = () => loginOf({ address: 'https://pbx:8088', user: `id${(serial += 1)}`, password: 'secret' });
function http(answer: (count: number) => unknown = (count) => ({ errcode: 0, access_token: `T${count}` })) {
	let count = 0;
	const httpRequest = jest.fn(
		async (_request: IHttpRequestOptions): Promise<unknown> => await Promise.resolve(answer((count += 1))),
	);
	return { httpRequest, helper: { helpers: { httpRequest } } as IHttpRequestHelper };
}

it('asks once for all who want a token at the same time, and keeps it for a quarter of an hour', async () => {
	const { httpRequest, helper } = http();
	const login = nextLogin();
	const taken = await Promise.all(Array.from({ length: 200 }, () => takeToken(helper, 'yeastar', login, '', 1000)));
	expect(httpRequest).toHaveBeenCalledTimes(1);
	expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
		method: 'POST',
		url: 'https://pbx:8088/openapi/v1.0/get_token',
		body: { username: login.user, password: 'secret' },
		headers: { 'User-Agent': 'OpenAPI' },
	});
	const kept = String(taken[0]?.token);
	expect(tokenIn(kept)).toBe('T1');
	expect(kept).not.toContain('secret');
	expect(() => needToken('yeastar', login, kept, 15 * MINUTE)).not.toThrow();
	expect(await takeToken(helper, 'yeastar', login, kept, 15 * MINUTE)).toEqual({});
	expect(() => needToken('yeastar', login, kept, 16 * MINUTE)).toThrow(
		expect.objectContaining({ response: { status: 401 } }),
	);
	expect(tokenIn(String((await takeToken(helper, 'yeastar', login, kept, 16 * MINUTE)).token))).toBe('T2');
});

it('uses a token for no other login', async () => {
	const { helper } = http();
	const { token } = await takeToken(helper, 'yeastar', nextLogin(), '', 0);
	expect(() => needToken('yeastar', nextLogin(), String(token), 1)).toThrow('wants a new token');
});

it('does not try a refused login again for a minute, for five of them block the address', async () => {
	const { httpRequest, helper } = http(() => ({ errcode: 20002, errmsg: 'PASSWORD ERROR' }));
	const login = nextLogin();
	for (const at of [0, 1, MINUTE - 1])
		await expect(takeToken(helper, 'yeastar', login, '', at)).rejects.toThrow(
			'did not let this credential log in: PASSWORD ERROR (20002)',
		);
	expect(httpRequest).toHaveBeenCalledTimes(1);
	await expect(takeToken(helper, 'yeastar', login, '', MINUTE + 1)).rejects.toThrow();
	expect(httpRequest).toHaveBeenCalledTimes(2);
});

it('leaves systems without tokens alone', async () => {
	const { httpRequest, helper } = http();
	expect(
		await new PhoneSystemApi().preAuthentication.call(helper, {
			system: 'asterisk',
			address: 'http://pbx',
			user: 'a',
			password: 'b',
			token: '',
		}),
	).toEqual({});
	expect(() => needToken('asterisk', nextLogin(), '', 0)).not.toThrow();
	expect(httpRequest).not.toHaveBeenCalled();
});

it('puts the token into requests', async () => {
	const { helper } = http();
	const credential = { system: 'yeastar', address: 'https://pbx:8088', user: 'mine', password: 'secret', token: '' };
	const request = () => ({
		url: 'https://pbx:8088/openapi/v1.0/call/dial',
		method: 'POST' as const,
		body: { caller: '101' },
	});
	await expect(new PhoneSystemApi().authenticate(credential, request())).rejects.toThrow('wants a new token');
	const fresh = {
		...credential,
		...(await new PhoneSystemApi().preAuthentication.call(helper, credential)),
	} as typeof credential;
	expect(await new PhoneSystemApi().authenticate(fresh, request())).toMatchObject({
		qs: { access_token: 'T1' },
		headers: { 'User-Agent': 'OpenAPI' },
	});
});

it('leaves an argument that stands for a query as it is', () => {
	const url = `http://pbx:8080/txtapi/originate?${encodeURIComponent('{a=1}user/101 4915 XML bitrix24')}`;
	const request = signed({ url }, 'freeswitch', loginOf({ address: 'http://pbx:8080', user: 'n8n', password: 'p' }));
	expect([request.url, request.qs]).toEqual([url, {}]);
});
