import type { Errand } from '../../../../bitrix24/dispatch/errand';
import { STANDARD_LIMIT } from '../../../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../../../bitrix24/dispatch/dispatcher';
import type { Answer } from '../../../../bitrix24/failure';
import type { HttpAnswer, HttpRequest } from '../../../../bitrix24/http';
import { attachTranscript } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { Stop } from '../../../../bitrix24/stop';
import { fakePortal } from '../../../support/fakePortal';
import { VirtualTime } from '../../../support/virtualTime';
import { SHOW } from './scheduling';

const page413: HttpAnswer = { status: 413, body: '<html>413 Request Entity Too Large</html>' };
const refusal = (status: number, error: string): HttpAnswer => ({ status, body: { error, error_description: 'No' } });

/** Sends errands through a bucket of one request a second, so that they share one. */
async function send(errands: Errand[], answer: (request: HttpRequest) => HttpAnswer | undefined, stop?: Stop) {
	const time = new VirtualTime();
	const requests: { method: string; keys: string[] }[] = [];
	const dispatcher = new Dispatcher(
		{ now: time.now, sleep: time.sleep, random: () => 0.5 },
		{ burst: 1, perSecond: 1 },
	);
	const transport = {
		endpoint: 'https://example.bitrix24.com/rest/',
		lane: 'one',
		send: async (request: HttpRequest): Promise<HttpAnswer> => {
			const cmd = request.body.cmd as Record<string, string> | undefined;
			requests.push({ method: request.url.split('/rest/')[1] ?? '', keys: Object.keys(cmd ?? {}) });
			return await Promise.resolve(
				answer(request) ?? { status: 200, body: { result: cmd ? { result: cmd } : request.body } },
			);
		},
		upload: async () => await Promise.reject(new Error('no upload expected')),
	};
	const sender = { transport, run: 'run', isLive: false, maximumWait: 0, stop };
	const answers: Answer<unknown>[][] = await time.until(
		Promise.all(errands.map(async (errand) => await dispatcher.send(sender, errand))),
	);
	return { answers, requests };
}

const errand = (text: string, ...more: string[]): Errand => ({
	commands: [text, ...more].map((CALL_ID) => ({ method: SHOW, parameters: { CALL_ID } })),
});
const holds =
	(text: string) =>
	({ body }: HttpRequest): boolean =>
		JSON.stringify(body).includes(text);
const isBatch = ({ url }: HttpRequest): boolean => url.endsWith('batch');

describe('a batch of which nothing ran', () => {
	it.each([
		['that is too large', page413],
		['that is too long', refusal(400, 'ERROR_BATCH_LENGTH_EXCEEDED')],
		['of a method that may not travel so', refusal(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED')],
	])('%s fails only the errand to blame', async (_name, answer) => {
		const { answers, requests } = await send([errand('a', 'b'), errand('guilty'), errand('c')], (request) =>
			holds('guilty')(request) ? answer : undefined,
		);
		expect(answers.map((one) => one.map(({ ok }) => ok))).toEqual([[true, true], [false], [true]]);
		expect(requests).toEqual([
			{ method: 'batch', keys: ['plan0_step0', 'plan0_step1', 'plan1_step0'] },
			{ method: 'batch', keys: ['plan0_step0', 'plan0_step1'] },
			{ method: SHOW, keys: [] },
			{ method: SHOW, keys: [] },
		]);
	});

	it('fails as a whole when there is one errand in it', async () => {
		const { answers, requests } = await send([errand('a', 'b')], () => page413);
		expect(answers).toMatchObject([
			[{ ok: false, failure: { kind: 'refused', status: 413, method: SHOW } }, { ok: false }],
		]);
		expect(requests).toHaveLength(1);
	});

	it('sends nothing again for a run that was stopped', async () => {
		const stop = new Stop();
		const { answers, requests } = await send([errand('a'), errand('b')], () => (stop.stop(), page413), stop);
		expect(answers).toMatchObject([
			[{ ok: false, failure: { kind: 'cancelled' } }],
			[{ ok: false, failure: { kind: 'cancelled' } }],
		]);
		expect(requests).toHaveLength(1);
	});

	it('keeps the order of what acts on the same call', async () => {
		const order: string[] = [];
		const keyed = ['1', '2', '3'].map((CALL_ID): Errand => ({
			commands: [{ method: SHOW, parameters: { CALL_ID } }],
			keys: ['call'],
		}));
		await send([errand('x'), ...keyed], (request) => {
			if (isBatch(request)) return page413;
			order.push(String(request.body.CALL_ID));
			return undefined;
		});
		expect(order.filter((one) => one !== 'x')).toEqual(['1', '2', '3']);
	});
});

it.each([
	['a credential', refusal(401, 'expired_token'), 'credential'],
	['a portal', refusal(403, 'ACCESS_DENIED'), 'refused'],
	['a wrong address', { status: 404, body: '<html>' }, 'unreachable'],
])('that is refused because of %s fails all of it at once', async (_name, answer, kind) => {
	const { answers, requests } = await send([errand('a'), errand('b')], () => answer);
	expect(answers).toMatchObject([[{ ok: false, failure: { kind } }], [{ ok: false, failure: { kind } }]]);
	expect(requests).toHaveLength(1);
});

describe('a fault of the portal', () => {
	const fault = refusal(500, 'INTERNAL_SERVER_ERROR');

	it('in a batch leaves open what was done', async () => {
		const { answers, requests } = await send([errand('a'), errand('b')], () => fault);
		expect(answers).toMatchObject([
			[{ ok: false, failure: { kind: 'unknown', code: 'INTERNAL_SERVER_ERROR', method: SHOW } }],
			[{ ok: false, failure: { kind: 'unknown' } }],
		]);
		expect(requests).toHaveLength(1);
	});

	it('in a single call is its refusal', async () => {
		const { answers } = await send([errand('a')], () => fault);
		expect(answers).toMatchObject([[{ ok: false, failure: { kind: 'refused' } }]]);
	});
});

it('lets eight executions log what one large transcript would have taken with it', async () => {
	const fake = fakePortal(
		{ 'telephony.call.attachTranscription': () => ({ result: { TRANSCRIPT_ID: 1 } }) },
		({ body }) => (JSON.stringify(body).length > 20_000 ? page413 : undefined),
	);
	const portal = fake.portal();
	portal.means.dispatcher.limit = { ...STANDARD_LIMIT, burst: 1 };
	const attach = async (index: number) =>
		await portal.converse(
			ask(
				attachTranscript(`call ${index}`, [
					{ SIDE: 'User', START_TIME: 0, STOP_TIME: 1, MESSAGE: 'x'.repeat(index === 4 ? 50_000 : 10) },
				]),
			),
		);
	const answers = await fake.time.until(
		Promise.all(Array.from({ length: 9 }, async (_, index) => await attach(index))),
	);
	expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, false, true, true, true, true]);
	expect(fake.requests[0]?.url).toMatch(/batch$/);
});
