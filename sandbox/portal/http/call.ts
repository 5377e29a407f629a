import type { Caller, Core } from '../core';
import { commonError } from '../commonErrors';
import { RestError, wrongAuthType } from '../errors';
import { hasScope } from '../events/catalogue';
import { Page, type AnswerParts, type Invoke, type Method } from '../methods/method';
import { findMethod } from '../methods/table';
import { isoDate } from '../php/dates';
import type { Wire } from '../php/json';
import { emptyMap, toInt, toText, type PhpMap } from '../php/values';
import { nextId } from '../state/ids';
import type { RequestRecord } from '../state/model';

/** Names that are swallowed before the method sees them. [S rest.php, component] */
const RESERVED: ReadonlySet<string> = new Set([
	'auth',
	'access_token',
	'auth_connector',
	'start',
	'state',
	'token',
	'method',
	'aplogin',
	'ap',
]);
/** How many requests the page's list keeps. */
const KEPT_REQUESTS = 2000;

/** Finds a method. @throws RestError 404 */
export function requireMethod(core: Core, name: string): Method {
	const found = findMethod(name);
	if (!found) throw commonError('ERROR_METHOD_NOT_FOUND', core.switches);
	return found;
}

/**
 * Calls a method for somebody: scope, load limit, kind of authorisation, then the method itself. [S rest.php, order of
 * checks]
 * @param budget seconds that the request may still run; a batch shares one among its commands
 * @throws RestError
 */
export async function callMethod(
	core: Core,
	caller: Caller,
	found: Method,
	parameters: PhpMap,
	budget: Budget,
	inBatch = false,
): Promise<AnswerParts> {
	const scopes = typeof found.scopes === 'function' ? found.scopes(core.switches) : found.scopes;
	if (!scopes.every((scope) => hasScope(caller.scopes, scope))) throw insufficientScope(core, caller, inBatch);
	const key = `${caller.kind}|${caller.application?.clientId ?? caller.webhook?.id ?? ''}|${found.name.toLowerCase()}`;
	if (core.limits.isBlocked(key)) throw commonError('OPERATION_TIME_LIMIT', core.switches);
	const seconds = core.limits.serviceTime(found.name);
	await budget.spend(seconds);
	if (caller.kind === 'webhook' && !allowsWebhook(core, found)) throw wrongAuthType();
	const answer = await found.execute({
		core,
		caller,
		sent: withoutReserved(parameters),
		start: toInt(parameters.start),
		connector: toText(parameters.auth_connector),
		invoke: invoker(core, caller, budget),
		find: findMethod,
	});
	core.limits.count(key, seconds);
	const time = timeBlock(
		core,
		found.name === 'batch' ? budget.spent : seconds,
		found.name === 'batch' ? undefined : key,
	);
	if (!(answer instanceof Page)) return { result: answer, time };
	return {
		result: answer.rows,
		time,
		...(answer.total === undefined ? {} : { total: answer.total }),
		...(answer.next === undefined ? {} : { next: answer.next }),
	};
}

/** Seconds that a request has used, of those that it may run. */
export class Budget {
	spent = 0;

	constructor(private readonly core: Core) {}

	/**
	 * Lets time pass.
	 * @throws CutOff when the request has run too long and its work ends with it
	 */
	async spend(seconds: number): Promise<void> {
		this.spent += seconds;
		const limit = this.core.limits.settings.requestSeconds;
		const over = limit > 0 ? this.spent - limit : 0;
		await this.core.limits.wait(over > 0 ? Math.max(0, seconds - over) : seconds);
		if (over > 0 && this.core.switches.workAfterTimeout === 'stops') throw new CutOff();
	}

	/** Whether the request ran longer than it may. */
	get isOver(): boolean {
		const limit = this.core.limits.settings.requestSeconds;
		return limit > 0 && this.spent > limit;
	}
}

/** A request that was cut off after 60 s. */
export class CutOff extends Error {}

function invoker(core: Core, caller: Caller, budget: Budget): Invoke {
	return async (name, parameters) => {
		const fault = core.faults.take(name, ['error']);
		try {
			if (fault) throw commonError(fault.code ?? 'INTERNAL_SERVER_ERROR', core.switches);
			const parts = await callMethod(core, caller, requireMethod(core, name), parameters, budget, true);
			record(core, { method: name, caller, status: 200, error: null, inBatch: true });
			return parts;
		} catch (error) {
			if (error instanceof RestError)
				record(core, { method: name, caller, status: error.status, error: error.code, inBatch: true });
			throw error;
		}
	};
}

/** Notes a request for the page and for tests that count. */
export function record(
	core: Core,
	entry: { method: string; caller: Caller | null; status: number; error: string | null; inBatch: boolean },
): RequestRecord {
	const { state, clock, changes } = core;
	const { caller, ...rest } = entry;
	const request = {
		...rest,
		id: nextId(state, 'request'),
		at: clock.now(),
		applicationId: caller?.application?.id ?? null,
		userId: caller?.employee.id ?? null,
	};
	state.requests.push(request);
	if (state.requests.length > KEPT_REQUESTS) state.requests.splice(0, state.requests.length - KEPT_REQUESTS);
	changes.tell('request', 'answered', { ...request });
	return request;
}

/** Inside batch the description is empty; a webhook's ends with other words. [S rest.php] */
function insufficientScope(core: Core, caller: Caller, inBatch: boolean): RestError {
	const error = commonError('insufficient_scope', core.switches);
	const text = inBatch
		? ''
		: caller.kind === 'webhook'
			? error.description.replace('access token', 'webhook token')
			: error.description;
	return new RestError(error.status, error.code, text);
}

function allowsWebhook(core: Core, found: Method): boolean {
	return (
		found.context === 'any' || (found.context === 'docsApplication' && core.switches.webhookInTelephony === 'allowed')
	);
}

function withoutReserved(parameters: PhpMap): PhpMap {
	const kept = emptyMap();
	for (const [name, value] of Object.entries(parameters)) if (!RESERVED.has(name)) kept[name] = value;
	return kept;
}

/** [DS] Whole numbers in `start` and `processing`; the operating figures only for methods that are counted. */
function timeBlock(core: Core, seconds: number, key: string | undefined): Wire {
	const finish = core.clock.now() / 1000;
	const start = Math.floor(finish - seconds);
	const zone = core.state.settings.timeZone;
	return {
		start,
		finish,
		duration: finish - start,
		processing: Math.floor(seconds),
		date_start: isoDate(start * 1000, zone),
		date_finish: isoDate(finish * 1000, zone),
		...(key === undefined
			? {}
			: { operating_reset_at: core.limits.resetAt(key), operating: core.limits.operatingSeconds(key) }),
	};
}
