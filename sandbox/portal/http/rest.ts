import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { commonError } from '../commonErrors';
import type { Caller, Core } from '../core';
import { errorBody, RestError } from '../errors';
import type { Fault } from '../faults';
import type { AnswerParts, Method } from '../methods/method';
import { encodeJson, type Wire } from '../php/json';
import { toText } from '../php/values';
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

/** A finished answer. */
interface Answered {
	status: number;
	body: Record<string, Wire>;
	caller: Caller | null;
}

const FAULTS = [
	'resetBeforeWork',
	'resetAfterWork',
	'delay',
	'html502',
	'html503',
	'html504',
	'html504AfterWork',
	'cutJson',
	'wrongContentType',
	'error',
] as const;

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
	const target = readTarget(raw.path);
	if (!core.limits.takeRequest(raw.source))
		return answer(core, reply, target, failed(core, commonError('QUERY_LIMIT_EXCEEDED', core.switches)));
	core.changes.tell('limits', 'request');
	const fault = core.faults.take(target.method, FAULTS);
	if (fault && (await strike(core, fault, 'before', request, reply))) return troubled(core, reply, target, fault.kind);
	const answered = await perform(core, raw, target, fault).catch((error: unknown) =>
		error instanceof CutOff ? undefined : Promise.reject(error),
	);
	if (answered === undefined) return troubled(core, gatewayPage(reply, 504), target, 'html504');
	if (fault && (await strike(core, fault, 'after', request, reply, encodeJson(answered.body))))
		return troubled(core, reply, target, fault.kind);
	return answer(core, reply, target, answered);
}

/** Order of checks: portal closed, method exists (404 even without a token), token, plan, scope, load limit, method. [S rest.php] */
async function perform(core: Core, raw: RawRequest, target: Target, fault: Fault | undefined): Promise<Answered> {
	let caller: Caller | null = null;
	try {
		if (core.state.settings.portalDeleted) throw commonError('PORTAL_DELETED', core.switches);
		const parameters = await readParameters(raw);
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
function troubled(core: Core, reply: FastifyReply, target: Target, kind: string): FastifyReply {
	record(core, {
		method: target.method,
		caller: null,
		status: kind.startsWith('reset') ? 0 : reply.statusCode,
		error: kind,
		inBatch: false,
	});
	return reply;
}

function answer(core: Core, reply: FastifyReply, target: Target, { status, body, caller }: Answered): FastifyReply {
	record(core, {
		method: target.method,
		caller,
		status,
		error: typeof body.error === 'string' ? body.error : null,
		inBatch: false,
	});
	return reply
		.code(status)
		.header('content-type', 'application/json; charset=utf-8')
		.header('access-control-allow-origin', '*')
		.header('x-content-type-options', 'nosniff')
		.header('x-bitrix-rest-application', caller?.application?.clientId ?? '')
		.send(encodeJson(body));
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
