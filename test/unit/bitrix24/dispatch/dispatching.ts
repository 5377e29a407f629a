import { STANDARD_LIMIT, type RequestLimit } from '../../../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../../../bitrix24/dispatch/dispatcher';
import type { Errand, Sender } from '../../../../bitrix24/dispatch/errand';
import type { Answer } from '../../../../bitrix24/failure';
import type { HttpAnswer, HttpRequest } from '../../../../bitrix24/http';
import { VirtualTime } from '../../../support/virtualTime';

/** The method did its work. */
export const done: HttpAnswer = { status: 200, body: { result: true, time: {} } };
/** The bucket is full. */
export const full: HttpAnswer = {
	status: 503,
	body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' },
};
/** The method has used up its time. */
export const usedUp: HttpAnswer = {
	status: 429,
	body: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked' },
};
/** An answer that never comes. */
export const lost: HttpAnswer = { status: 0, reason: 'unknown', text: 'lost' };

/** Answers every command of a batch. */
export const allDone = ({ body }: HttpRequest): HttpAnswer =>
	body.cmd ? { status: 200, body: { result: { result: body.cmd } } } : done;

/** A dispatcher in virtual time. @param answer takes the number of the request */
export function world(
	answer: (count: number, time: VirtualTime, request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> = () => done,
	limit: RequestLimit = STANDARD_LIMIT,
) {
	const time = new VirtualTime();
	const start = time.now();
	const sent: [number, string][] = [];
	const slept: number[] = [];
	const sleep = async (milliseconds: number): Promise<void> => {
		slept.push(milliseconds);
		await time.sleep(milliseconds);
	};
	const dispatcher = new Dispatcher({ now: time.now, sleep, random: () => 0.5 }, limit);
	const transport = {
		endpoint: 'https://example.bitrix24.com/rest/',
		lane: 'one',
		send: async (request: HttpRequest): Promise<HttpAnswer> => {
			sent.push([time.now() - start, request.url.split('/rest/')[1] ?? '']);
			return await answer(sent.length, time, request);
		},
		upload: async () => await Promise.resolve(done),
	};
	const send = async (errand: Errand, change: Partial<Sender> = {}): Promise<Answer<unknown>[]> =>
		await dispatcher.send({ transport, run: 'run', isLive: true, maximumWait: 90_000, ...change }, errand);
	const one = async (method: string, change: Partial<Sender> = {}): Promise<Answer<unknown>> =>
		(await time.until(send(of(method), change)))[0] as Answer<unknown>;
	return { time, start, sent, slept, send, one, dispatcher, at: () => time.now() - start };
}

/** An errand of these methods. */
export const of = (...methods: string[]): Errand => ({
	commands: methods.map((method) => ({ method, parameters: {} })),
});
