import { connectSystem, loginOf, signed } from '../../../nodes/common/phoneSystem';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';

const login = loginOf({ address: ' http://pbx:8088/ ', user: 'n8n', password: 'secret' });
const basic = `Basic ${Buffer.from('n8n:secret').toString('base64')}`;

it('signs a request of this package and of n8n’s HTTP Request node alike', async () => {
	expect(
		signed({ url: 'http://pbx:8088/ari/channels?x=1', method: 'POST', body: { a: 1 } }, 'asterisk', login),
	).toEqual({
		url: 'http://pbx:8088/ari/channels',
		method: 'POST',
		qs: { x: '1' },
		headers: { authorization: basic },
		body: { a: 1 },
	});
	const legacy = { uri: 'http://pbx:8088/ari/channels', qs: { x: 1 }, headers: { accept: '*/*' } };
	expect(
		await new PhoneSystemApi().authenticate(
			{ system: 'asterisk', address: 'http://pbx:8088', user: 'n8n', password: 'secret' },
			legacy as never,
		),
	).toMatchObject({ uri: 'http://pbx:8088/ari/channels', headers: { accept: '*/*', authorization: basic } });
});

it('sends the form that a system wants of what came as an object', () => {
	const mango = loginOf({ address: 'https://mango/vpbx', user: 'key', password: 'salt' });
	const legacy = { uri: 'https://mango/vpbx/commands/callback', method: 'POST', body: { json: '{}' } };
	expect(signed(legacy as never, 'mango', mango)).toMatchObject({
		form: { vpbx_api_key: 'key', json: '{}', sign: expect.any(String) as string },
	});
	expect(
		String(signed({ url: 'https://mango/vpbx/x', method: 'POST', body: { json: '{}' } }, 'mango', mango).body),
	).toContain('vpbx_api_key=key');
});

it('leaves a body of text out of the signature', () => {
	const zadarma = loginOf({ address: 'https://zadarma', user: 'key', password: 'secret' });
	const request = { url: 'https://zadarma/v1/x', method: 'POST' } as const;
	const { headers, body } = signed({ ...request, body: 'ab' }, 'zadarma', zadarma);
	expect({ headers, body }).toEqual({ headers: signed({ ...request }, 'zadarma', zadarma).headers, body: 'ab' });
});

it.each(['http://elsewhere:8088/ari', 'https://pbx:8088/ari', 'http://pbx:8089/ari'])(
	'gives nothing of the credential to %s',
	(url) => {
		expect(() => signed({ url }, 'asterisk', login)).toThrow('This credential is for http://pbx:8088');
	},
);

it('wants to know the system', () => {
	expect(() => signed({ url: 'http://pbx:8088/' }, 'nothing', login)).toThrow('Choose the phone system');
});

describe('a recording that cannot be downloaded', () => {
	const problem = async (thrown: unknown): Promise<unknown> => {
		const context = {
			getNode: () => ({ credentials: { phoneSystemApi: { id: '1', name: '' } } }),
			getCredentials: async () =>
				await Promise.resolve({ system: 'asterisk', address: 'http://pbx:8088', user: 'n8n', password: 'secret' }),
			helpers: { httpRequestWithAuthentication: async () => await Promise.reject(thrown as Error) },
		};
		const connected = await connectSystem(context as never);
		const request = { method: 'GET', url: 'http://pbx:8088/ari/recordings/stored/r', query: {}, headers: {} } as const;
		const { problem: said } = (await connected?.download(request)) ?? {};
		return said;
	};

	it.each<[unknown, string]>([
		[
			Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:8088'), { code: 'ECONNREFUSED' }),
			'the phone system could not be reached: nothing listens there',
		],
		[new Error('This credential is for another address.'), 'This credential is for another address'],
		['odd', 'the phone system did not answer'],
	])('says why in words (%#)', async (thrown, words) => {
		expect(await problem(thrown)).toBe(words);
	});
});
