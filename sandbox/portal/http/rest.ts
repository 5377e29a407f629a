import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { commonError } from '../commonErrors';
import type { Caller, Core } from '../core';
import { errorBody, RestError } from '../errors';
import { REQUEST_FAULTS, type Fault } from '../faults';
import type { AnswerParts, Method } from '../methods/method';
import { encodeJson, type Wire } from '../php/json';
import { toText, type PhpMap } from '../php/values';
import type { RequestRecord } from '../state/model';
import { takeUpload } from '../telephony/upload';
import { Budget, callMethod, CutOff, record, requireMethod } from './call';
import { authorize } from './authorization';
import { readParameters, type Parameters } from './parameters';
import { acceptAnyBody, rawRequest, type RawRequest } from './raw';
import { gatewayPage, strike } from './trouble';

/** Method, suffix and webhook of a REST address. [DS transport.urlForms] */
interface Target {
	method: string;
	webhook?: { userId: number; code: string };
}

/** A request on its way through the portal. */
interface Visit {
	readonly raw: RawRequest;
	readonly target: Target;
	/** The portal's time, and that of this process. */
	readonly at: number;
	readonly started: number;
	/** Set once they are read. */
	sent?: PhpMap;
}

/** A finished answer. */
interface Answered {
	status: number;
	body: Record<string, Wire>;
	caller: Caller | null;
}

/** Serves /rest/ of the portal. */
export function serveRest(app: FastifyInstance, core: Core): void {
	app.register(async (scope) => {
		acceptAnyBody(scope);
		scope.all('/rest/*', async (request, reply) => handle(core, rawRequest(request), request, reply));
	});
}

async function handle(
	core: Core,
	raw: RawRequest,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const { host, formerHosts } = core.state.settings;
	// A portal that moved answers 302; clients have to repeat the POST themselves. [D change-domen.md]
	if (formerHosts.includes(request.headers.host ?? ''))
		return reply
			.code(302)
			.header('location', `http://${host}${request.raw.url ?? '/'}`)
			.send();
	const visit: Visit = { raw, target: readTarget(raw.path), at: core.clock.now(), started: performance.now() };
	if (!core.limits.takeRequest(raw.source))
		return answer(core, reply, visit, failed(core, commonError('QUERY_LIMIT_EXCEEDED', core.switches)));
	core.changes.tell('limits', 'request');
	const fault = core.faults.take(visit.target.method, REQUEST_FAULTS);
	if (fault && (await strike(core, fault, 'before', request, reply))) return troubled(core, reply, visit, fault.kind);
	const answered = await perform(core, visit, fault).catch((error: unknown) =>
		error instanceof CutOff ? undefined : Promise.reject(error),
	);
	if (answered === undefined) return troubled(core, gatewayPage(reply, 504), visit, 'html504');
	if (fault && (await strike(core, fault, 'after', request, reply, encodeJson(answered.body))))
		return troubled(core, reply, visit, fault.kind);
	return answer(core, reply, visit, answered);
}

/**
 * Order of checks: portal closed, method exists (404 even without a token), token, plan, scope, load limit, method. [S
 * rest.php]
 */
async function perform(core: Core, visit: Visit, fault: Fault | undefined): Promise<Answered> {
	const { raw, target } = visit;
	let caller: Caller | null = null;
	try {
		if (core.state.settings.portalDeleted) throw commonError('PORTAL_DELETED', core.switches);
		const parameters = await readParameters(raw);
		visit.sent = parameters.all;
		const isUpload = target.method === 'upload' && toText(parameters.all.token) !== '';
		const method = isUpload ? undefined : requireMethod(core, target.method);
		caller = authorize(core, {
			header: raw.headers.authorization ?? '',
			parameters: parameters.all,
			...(target.webhook ? { webhook: target.webhook } : {}),
		});
		if (fault?.kind === 'error') throw commonError(fault.code ?? 'INTERNAL_SERVER_ERROR', core.switches);
		if (!core.state.settings.restAvailable)
			throw new RestError(403, 'ACCESS_DENIED', 'REST is available only on commercial plans.');
		if (core.state.settings.overload) throw commonError('OVERLOAD_LIMIT', core.switches);
		return method ? await call(core, caller, method, parameters) : await upload(core, caller, parameters);
	} catch (error) {
		if (!(error instanceof RestError)) throw error;
		return { ...failed(core, error), caller };
	}
}

async function call(core: Core, caller: Caller, method: Method, parameters: Parameters): Promise<Answered> {
	const budget = new Budget(core);
	const { time, ...parts }: AnswerParts = await callMethod(core, caller, method, parameters.all, budget);
	if (budget.isOver) throw new CutOff();
	return { status: 200, caller, body: { ...parts, time } };
}

/** The answer of an upload has no time block. [S component] */
async function upload(core: Core, caller: Caller, parameters: Parameters): Promise<Answered> {
	await core.limits.wait(core.limits.serviceTime('upload'));
	const fileId = takeUpload(core, caller, toText(parameters.all.token), parameters.files);
	return { status: 200, caller, body: { result: { FILE_ID: fileId } } };
}

function failed(core: Core, error: RestError): Answered {
	return { status: error.status, caller: null, body: errorBody(error, core.switches) };
}

/** Notes a request that got no proper answer; its status is 0 when the connection was cut. */
function troubled(core: Core, reply: FastifyReply, visit: Visit, kind: string): FastifyReply {
	const request = record(core, {
		method: visit.target.method,
		caller: null,
		status: kind.startsWith('reset') ? 0 : reply.statusCode,
		error: kind,
		inBatch: false,
	});
	note(core, visit, request, '');
	return reply;
}

function answer(core: Core, reply: FastifyReply, visit: Visit, { status, body, caller }: Answered): FastifyReply {
	const request = record(core, {
		method: visit.target.method,
		caller,
		status,
		error: typeof body.error === 'string' ? body.error : null,
		inBatch: false,
	});
	const text = encodeJson(body);
	note(core, visit, request, text);
	return reply
		.code(status)
		.header('content-type', 'application/json; charset=utf-8')
		.header('access-control-allow-origin', '*')
		.header('x-content-type-options', 'nosniff')
		.header('x-bitrix-rest-application', caller?.application?.clientId ?? '')
		.send(text);
}

function note(core: Core, { raw, sent, at, started }: Visit, request: RequestRecord, answer: string): void {
	core.journal.add({ request, raw, sent, answer, at, took: performance.now() - started });
}

/** /rest/<method>, /rest/<user>/<code>/<method>, with an optional .json or .xml and a trailing slash. */
function readTarget(path: string): Target {
	const parts = path
		.slice('/rest/'.length)
		.split('/')
		.filter((part) => part !== '');
	const method = (parts[parts.length - 1] ?? '').replace(/\.(json|xml)$/i, '').toLowerCase();
	const [userId = '', code = ''] = parts;
	if (parts.length === 3 && /^\d+$/.test(userId)) return { method, webhook: { userId: Number(userId), code } };
	return { method: parts.length === 1 ? method : parts.join('/').toLowerCase() };
}
