import { Claims } from '../../bitrix24/claims';
import { Memory } from '../../bitrix24/memory';
import { STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';
import { Dispatcher } from '../../bitrix24/dispatch/dispatcher';
import { recordOf } from '../../bitrix24/failure';
import type { HttpAnswer, HttpRequest } from '../../bitrix24/http';
import { Portal } from '../../bitrix24/portal';
import { Limits } from '../../sandbox/portal/limits/limits';
import { serviceTimeOf } from '../../sandbox/portal/limits/serviceTimes';
import { presetSwitches } from '../../sandbox/portal/switches';
import { VirtualTime } from '../../test/support/virtualTime';

const LANE = 'credential';

/** What a method of the model answers; undefined when the call is not there. */
type Method = (parameters: URLSearchParams) => unknown;

/**
 * A portal in virtual time, with the sandbox's own limits (request limit, operating time) and each method's documented
 * run time: what takes an hour is over in a second.
 */
export class VirtualPortal {
	readonly time = new VirtualTime();
	requests = 0;
	/** Calls that were finished. */
	readonly finished = new Set<string>();
	private calls = 0;
	private readonly limits: Limits;
	private readonly methods: Record<string, Method> = {
		'telephony.externalcall.register': () => ({ CALL_ID: `call ${++this.calls}` }),
		'telephony.externalcall.finish': (parameters) => this.finish(parameters.get('CALL_ID') ?? ''),
		'voximplant.statistic.get': () => [],
	};

	/**
	 * @param operating whether the time that a method may use in ten minutes is limited
	 * @param random from 0 to below 1: where between its shortest and its longest time each call lies; in the middle
	 * without it
	 */
	constructor(
		operating = true,
		private readonly random = (): number => 0.5,
	) {
		const nothing = (): void => undefined;
		const still = { now: this.time.now, ahead: () => 0, advance: nothing, after: nothing, stop: nothing };
		this.limits = new Limits(still, presetSwitches('server'), 1, new AbortController().signal);
		this.limits.settings.operating = operating;
	}

	/** The client, as one execution has it. @param maximumWait milliseconds that a limit may hold a call up */
	client(maximumWait: number): Portal {
		const { now, sleep } = this.time;
		const random = (): number => 0.5;
		const transport = {
			endpoint: 'https://portal.example/rest/',
			lane: LANE,
			send: async (request: HttpRequest) => await this.answer(request),
			upload: async () => await Promise.reject(new Error('The model takes no files')),
		};
		return new Portal({
			dispatcher: new Dispatcher({ now, sleep, random }, STANDARD_LIMIT),
			claims: new Claims(),
			memory: new Memory(() => 0),
			sender: { transport, run: 'run', isLive: false, maximumWait },
			shared: new Map(),
			probe: async () => await Promise.resolve({ status: 404, body: undefined }),
			connection: async () =>
				await Promise.resolve({ tokenPlace: undefined, endsAt: undefined, portal: 'https://portal.example' }),
			unreadable: (error) => `The file could not be read: ${String(error)}`,
			sleep,
			random,
			patience: 60_000,
		});
	}

	private async answer({ url, body }: HttpRequest): Promise<HttpAnswer> {
		this.requests += 1;
		if (!this.limits.takeRequest('bench'))
			return { status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' } };
		const method = url.split('/rest/')[1] ?? '';
		if (method !== 'batch') {
			const { error, ...answer } = await this.run(method, new URLSearchParams(body as Record<string, string>));
			return error
				? { status: error.error === 'OPERATION_TIME_LIMIT' ? 429 : 400, body: error }
				: { status: 200, body: answer };
		}
		const [result, result_error, result_time]: Record<string, unknown>[] = [{}, {}, {}];
		for (const [name, command] of Object.entries(recordOf(body.cmd))) {
			const [called = '', query = ''] = String(command).split(/\?(.*)/s);
			const answer = await this.run(called, resolved(new URLSearchParams(query), result ?? {}));
			if (answer.error) Object.assign(result_error ?? {}, { [name]: answer.error });
			else Object.assign(result ?? {}, { [name]: answer.result });
			Object.assign(result_time ?? {}, { [name]: answer.time });
		}
		return { status: 200, body: { result: { result, result_error, result_time } } };
	}

	private async run(
		called: string,
		parameters: URLSearchParams,
	): Promise<{ result?: unknown; error?: Record<string, string>; time?: unknown }> {
		const method = called.toLowerCase();
		const key = `${LANE}|${method}`;
		if (this.limits.isBlocked(key))
			return {
				error: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' },
			};
		const [from, to] = serviceTimeOf(method);
		const seconds = from + (to - from) * this.random();
		await this.time.sleep(seconds * 1000);
		this.limits.count(key, seconds);
		const result = this.methods[method]?.(parameters);
		if (result === undefined) return { error: { error: '', error_description: 'Call is not found' } };
		return {
			result,
			time: {
				finish: this.time.now() / 1000,
				operating_reset_at: this.limits.resetAt(key),
				operating: this.limits.operatingSeconds(key),
			},
		};
	}

	private finish(callId: string): unknown {
		if (!callId || this.finished.has(callId)) return undefined;
		this.finished.add(callId);
		return { CALL_ID: callId, ID: this.finished.size };
	}
}

/** The portal replaces `$result[..]` by what an earlier command brought, and by nothing when that failed. */
function resolved(parameters: URLSearchParams, results: Record<string, unknown>): URLSearchParams {
	const pairs = [...parameters].map(([name, value]): [string, string] => {
		const [, command = '', field = ''] = /^\$result\[(\w+)\]\[(\w+)\]$/.exec(value) ?? [];
		return [name, command ? String(recordOf(results[command])[field] ?? '') : value];
	});
	return new URLSearchParams(pairs);
}
