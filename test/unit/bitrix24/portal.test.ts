import { failed } from '../../../bitrix24/failure';
import type { Outcome } from '../../../bitrix24/failure';
import { resultOf, type Plan } from '../../../bitrix24/plan';
import { Portal, type HttpAnswer, type HttpRequest } from '../../../bitrix24/portal';

const plan = (name: string): Plan => [{ method: 'telephony.externalCall.finish', parameters: { CALL_ID: name } }];

function portalWith(answer: (request: HttpRequest) => HttpAnswer) {
	const requests: HttpRequest[] = [];
	const waits: number[] = [];
	const portal = new Portal({
		endpoint: 'https://example.bitrix24.com/rest/',
		send: async (request) => {
			requests.push(request);
			return Promise.resolve(answer(request));
		},
		upload: () => Promise.reject(new Error('no upload expected')),
		probe: () => Promise.reject(new Error('no probe expected')),
		sleep: async (milliseconds) => {
			waits.push(milliseconds);
			return Promise.resolve();
		},
	});
	return { portal, requests, waits };
}

async function runAll(portal: Portal, plans: Plan[]): Promise<Outcome<unknown>[][]> {
	const all: Outcome<unknown>[][] = [];
	for await (const chunk of portal.run(plans)) all.push(...chunk);
	return all;
}

/** Answers a batch as the portal does, each command with its own text. */
const batchOf = ({ body }: HttpRequest): HttpAnswer => ({
	status: 200,
	body: { result: { result: { ...(body.cmd as object) }, result_error: [], result_time: [] }, time: {} },
});

describe('Portal.run', () => {
	it('sends one plan of one step as a plain call', async () => {
		const { portal, requests } = portalWith(() => ({ status: 200, body: { result: { ID: 7 } } }));
		expect(await runAll(portal, [plan('a')])).toEqual([[{ ok: true, value: { ID: 7 } }]]);
		expect(requests.map(({ url, body }) => ({ url, body }))).toEqual([
			{ url: 'https://example.bitrix24.com/rest/telephony.externalCall.finish', body: { CALL_ID: 'a' } },
		]);
	});

	it('packs ten to a batch and keeps the order', async () => {
		const { portal, requests } = portalWith(batchOf);
		const names = Array.from({ length: 23 }, (_, index) => `call ${index} & more`);
		const outcomes = await runAll(portal, names.map(plan));
		expect(requests.map(({ body }) => Object.keys(body.cmd as object).length)).toEqual([10, 10, 3]);
		expect(outcomes.map(([step]) => step)).toEqual(
			names.map((name) => ({ ok: true, value: `telephony.externalCall.finish?CALL_ID=${encodeURIComponent(name)}` })),
		);
	});

	it('never splits a plan, and refers to its earlier steps under their names in the batch', async () => {
		const { portal, requests } = portalWith(batchOf);
		const two: Plan = [
			{ method: 'telephony.externalCall.register', parameters: { PHONE_NUMBER: '1' } },
			{ method: 'telephony.externalCall.finish', parameters: { CALL_ID: resultOf(0, 'CALL_ID') } },
		];
		await runAll(portal, Array.from({ length: 6 }, () => two));
		expect(requests.map(({ body }) => Object.keys(body.cmd as object).length)).toEqual([10, 2]);
		expect(decodeURIComponent((requests[0]?.body.cmd as Record<string, string>).plan1_step1 ?? '')).toBe(
			'telephony.externalCall.finish?CALL_ID=$result[plan1_step0][CALL_ID]',
		);
	});

	it('sends a text that looks like a reference alone, so that the portal does not replace it', async () => {
		const { portal, requests } = portalWith((request) => (request.body.cmd ? batchOf(request) : { status: 200, body: { result: true } }));
		await runAll(portal, [plan('a'), plan('b'), plan('$result[x]'), plan('c'), plan('d')]);
		expect(requests.map(({ body }) => (body.cmd ? Object.keys(body.cmd).length : body.CALL_ID))).toEqual([2, '$result[x]', 2]);
	});

	it('pairs errors inside a batch with their plan, also with an empty code', async () => {
		const { portal } = portalWith(() => ({
			status: 200,
			body: { result: { result: { plan0_step0: true }, result_error: { plan1_step0: { error: '', error_description: 'Call is not found' } } } },
		}));
		const [first, second, third] = await runAll(portal, [plan('a'), plan('b'), plan('c')]);
		expect(first).toEqual([{ ok: true, value: true }]);
		expect(second).toEqual([failed({ kind: 'refused', status: 400, code: '', text: 'Call is not found', method: 'telephony.externalCall.finish' })]);
		expect(third?.[0]).toMatchObject({ ok: false, failure: { kind: 'unknown' } });
	});

	it('does not send a chunk that nobody takes', async () => {
		const { portal, requests } = portalWith(batchOf);
		for await (const _chunk of portal.run(Array.from({ length: 30 }, () => plan('a')))) break;
		expect(requests).toHaveLength(1);
	});
});

describe('Portal.call', () => {
	it('waits and tries again when the bucket is full, and nothing else', async () => {
		let left = 2;
		const { portal, waits } = portalWith(() =>
			left-- > 0 ? { status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' } } : { status: 200, body: { result: 1 } },
		);
		expect(await portal.call('profile')).toEqual({ ok: true, value: 1 });
		expect(waits).toEqual([1000, 2000]);
		const other = portalWith(() => ({ status: 503, body: { error: 'OVERLOAD_LIMIT', error_description: 'blocked' } }));
		expect(await other.portal.call('profile')).toMatchObject({ ok: false, failure: { kind: 'limited' } });
		expect(other.requests).toHaveLength(1);
	});

	it('gives up after the last wait', async () => {
		const { portal, requests } = portalWith(() => ({ status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: '' } }));
		expect(await portal.call('profile')).toMatchObject({ ok: false, failure: { code: 'QUERY_LIMIT_EXCEEDED', kind: 'limited' } });
		expect(requests).toHaveLength(5);
	});

	it.each<[string, HttpAnswer, object]>([
		['an error with an empty code', { status: 400, body: { error: '', error_description: 'Unknown TYPE' } }, { kind: 'refused', code: '', text: 'Unknown TYPE' }],
		['an error in a 200 answer', { status: 200, body: { error: 'wrong_client' } }, { kind: 'refused', code: 'wrong_client' }],
		['a dead token', { status: 401, body: { error: 'expired_token', error_description: 'x' } }, { kind: 'credential' }],
		['a gateway that gave up', { status: 504, body: '<html>504</html>' }, { kind: 'unknown', status: 504 }],
		['a cut answer', { status: 200, body: '{"result":{"CAL' }, { kind: 'unknown' }],
		['an address that is no portal', { status: 404, body: '<html>not found</html>' }, { kind: 'unreachable' }],
		['a broken connection', { status: 0, reason: 'unknown', text: 'reset' }, { kind: 'unknown', text: 'reset' }],
	])('tells %s', async (_name, answer, expected) => {
		const { portal } = portalWith(() => answer);
		expect(await portal.call('telephony.externalCall.register')).toMatchObject({ ok: false, failure: expected });
	});
});

describe('an address that the portal names', () => {
	const file = { name: 'a.wav', contentType: 'audio/wav', open: () => Promise.resolve({ size: 1, content: Buffer.from('x') }) };

	it.each(['http://example.bitrix24.com/rest/upload.json?token=x', 'nonsense'])('is not sent a recording and the token when it is %s', async (uploadUrl) => {
		const { portal } = portalWith(() => ({ status: 200, body: { result: { uploadUrl, fieldName: 'file' } } }));
		const [[outcome] = []] = await runAll(portal, [[{ method: 'telephony.externalCall.attachRecord', parameters: {}, file }]]);
		expect(outcome).toMatchObject({ ok: false, failure: { text: 'The portal named no safe upload address' } });
	});

	it.each([
		['http://new.bitrix24.com/rest/profile', 1],
		['https://new.bitrix24.com/somewhere', 1],
		['https://new.bitrix24.com/rest/profile', 2],
	])('as its new one, %s, is asked %i times in all', async (location, times) => {
		const { portal, requests } = portalWith(() => ({ status: 302, body: '', location }));
		expect(await portal.call('profile')).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
		expect(requests).toHaveLength(times);
	});
});
