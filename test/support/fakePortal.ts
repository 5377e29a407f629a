import type { Stop } from '../../bitrix24/stop';
import { Claims } from '../../bitrix24/claims';
import { Memory } from '../../bitrix24/memory';
import { STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../bitrix24/dispatch/dispatcher';
import type { HttpAnswer, HttpRequest, UploadRequest } from '../../bitrix24/http';
import { Portal } from '../../bitrix24/portal';
import { VirtualTime } from './virtualTime';

/** What a method of the fake portal answers: a result, or an error as the portal words it. */
export type Answer = { result: unknown } | { error: string; error_description: string };

/** A method of the fake portal. */
export type Method = (parameters: Record<string, unknown>) => Answer;

/** What befalls a request: an answer in place of the portal's, before or after it did its work. */
export type Trouble = (request: HttpRequest, work: () => HttpAnswer) => HttpAnswer | undefined;

/**
 * The portal's interface in a few lines, without a network and in virtual time, for tests of the client alone.
 *
 * @param duration milliseconds that a request takes. One that takes longer than the client waits is worked on to its
 * end.
 */
export function fakePortal(
	methods: Record<string, Method>,
	trouble: Trouble = () => undefined,
	duration: (request: HttpRequest) => number = () => 0,
) {
	const time = new VirtualTime();
	const requests: HttpRequest[] = [];
	const uploads: UploadRequest[] = [];
	const asked: string[] = [];
	const one = (method: string, parameters: Record<string, unknown>): Answer => {
		asked.push(method);
		return methods[method]?.(parameters) ?? { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' };
	};
	const work = ({ url, body }: HttpRequest): HttpAnswer => {
		const method = url.split('/rest/')[1] ?? '';
		if (method !== 'batch') {
			const answer = one(method, body);
			return { status: 'error' in answer ? 400 : 200, body: answer };
		}
		const [result, result_error]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
		for (const [name, command] of Object.entries(body.cmd as Record<string, string>)) {
			const [called = '', query = ''] = command.split(/\?(.*)/s);
			const answer = one(called, parsed(query, result));
			if ('error' in answer) result_error[name] = answer;
			else result[name] = answer.result;
		}
		return { status: 200, body: { result: { result, result_error }, time: {} } };
	};
	const dispatcher = new Dispatcher({ now: time.now, sleep: time.sleep, random: () => 0.5 }, STANDARD_LIMIT);
	const claims = new Claims();
	const transport = {
		endpoint: 'https://example.bitrix24.com/rest/',
		lane: 'one',
		send: async (request: HttpRequest): Promise<HttpAnswer> => {
			requests.push(request);
			const takes = duration(request);
			if (takes > request.timeout) {
				void time.sleep(takes).then(() => work(request));
				await time.sleep(request.timeout);
				return { status: 0, reason: 'unknown', text: 'Nobody answered' };
			}
			if (takes > 0) await time.sleep(takes);
			return await Promise.resolve(trouble(request, () => work(request)) ?? work(request));
		},
		upload: async (request: UploadRequest): Promise<HttpAnswer> => {
			uploads.push(request);
			const asRequest = { url: `${request.url}/rest/upload`, body: {}, timeout: 0 };
			return await Promise.resolve(
				trouble(asRequest, () => ({ status: 200, body: { result: { FILE_ID: 7 } } })) ?? {
					status: 200,
					body: { result: { FILE_ID: 7 } },
				},
			);
		},
	};
	const portal = (stop?: Stop): Portal =>
		new Portal({
			dispatcher,
			claims,
			memory: new Memory(() => 0),
			sender: { transport, run: `run ${requests.length}`, isLive: true, maximumWait: 90_000, stop },
			shared: new Map(),
			probe: async () => await Promise.resolve({ status: 403, body: { message: 'no' } }),
			connection: async () =>
				await Promise.resolve({ tokenPlace: 'header', endsAt: undefined, portal: 'https://portal.example.com' }),
			unreadable: (error) => `The file could not be read: ${String(error)}`,
			sleep: time.sleep,
			random: () => 0.5,
			patience: 60_000,
		});
	return { time, requests, uploads, asked, portal, claims };
}

/** The query of a command: flat parameters, with `$result[..]` replaced as the portal does. */
function parsed(query: string, results: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, referred(value, results)]));
}

function referred(value: string, results: Record<string, unknown>): unknown {
	const [, name = '', path = ''] = /^\$result\[(\w+)\](.*)$/.exec(value) ?? [];
	if (!name) return value;
	return (
		[...path.matchAll(/\[(\w+)\]/g)].reduce<unknown>(
			(found, [, key = '']) => (found as Record<string, unknown> | undefined)?.[key],
			results[name],
		) ?? ''
	);
}
