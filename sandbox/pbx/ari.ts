import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseCallerId, parseEndpoint, type PbxCall } from './call';
import { assignedIds, idComplaint } from './channelIds';
import { channelView, repeatView } from './channels';
import type { Exchange } from './exchange';
import { recordingBytes, recordingStream } from './recording';

type Values = Record<string, unknown>;

/** Default of ARI's originate when the request names no timeout (resource_channels.c). */
const DEFAULT_TIMEOUT = 30;
const HANGUP_REASONS = new Set([
	'normal',
	'busy',
	'congestion',
	'no_answer',
	'timeout',
	'rejected',
	'unallocated',
	'normal_unspecified',
	'number_incomplete',
	'codec_mismatch',
	'interworking',
	'failure',
	'answered_elsewhere',
]);

/**
 * Adds the part of Asterisk's REST interface (ARI) that click-to-call uses: channels and stored recordings.
 * @param credentials the user of `ari.conf`; every other one is refused with 401 and `WWW-Authenticate: Basic`
 */
export function addAri(
	app: FastifyInstance,
	exchange: Exchange,
	credentials: { user: string; password: string },
): void {
	app.addHook('onRequest', async (request, reply) => {
		if (!request.url.startsWith('/ari/') || isAuthorised(request, credentials)) return;
		return reply
			.code(401)
			.header('WWW-Authenticate', 'Basic realm="Asterisk REST Interface"')
			.send({ message: 'Authentication required' });
	});
	// What credentials are tested with: the part of Asterisk's own answer that needs no build.
	app.get('/ari/asterisk/info', () => ({
		system: { version: 'simulated', entity_id: '00:00:00:00:00:00' },
		config: { name: 'Sandbox', default_language: 'en', setid: {} },
	}));
	const view = (call: PbxCall) => channelView(call, exchange.options.clientRingSeconds);
	app.post('/ari/channels', (request, reply) => originate(exchange, request, reply));
	app.post<{ Params: { id: string } }>('/ari/channels/:id', (request, reply) =>
		originate(exchange, request, reply, request.params.id),
	);
	app.get('/ari/channels', () => [
		...exchange.calls.filter((call) => call.phase !== 'over').map(view),
		...[...exchange.repeats].map(repeatView),
	]);
	app.get<{ Params: { id: string } }>('/ari/channels/:id', (request, reply) => {
		const call = exchange.live(request.params.id);
		return reply.send(call ? view(call) : notFound(reply, 'Channel not found'));
	});
	app.delete<{ Params: { id: string }; Querystring: { reason?: string } }>('/ari/channels/:id', (request, reply) => {
		if (!exchange.live(request.params.id)) return reply.send(notFound(reply, 'Channel not found'));
		const { reason } = request.query;
		if (reason && !HANGUP_REASONS.has(reason)) return reply.code(400).send({ message: 'Invalid Reason' });
		exchange.hangup(request.params.id);
		return reply.code(204).send();
	});
	addRecordings(app, exchange);
}

function addRecordings(app: FastifyInstance, exchange: Exchange): void {
	const base = '/ari/recordings/stored';
	app.get(base, () => [...exchange.recordings.keys()].map((name) => ({ name, format: 'wav' })));
	app.get<{ Params: { name: string } }>(`${base}/:name`, (request, reply) => {
		const { name } = request.params;
		return reply.send(exchange.recordings.has(name) ? { name, format: 'wav' } : notFound(reply, 'Recording not found'));
	});
	app.get<{ Params: { name: string } }>(`${base}/:name/file`, (request, reply) => {
		const seconds = exchange.recordings.get(request.params.name);
		if (seconds === undefined) return reply.send(notFound(reply, 'Recording not found'));
		return reply.type('audio/wav').header('content-length', recordingBytes(seconds)).send(recordingStream(seconds));
	});
	app.delete<{ Params: { name: string } }>(`${base}/:name`, (request, reply) => {
		if (!exchange.recordings.delete(request.params.name)) return reply.send(notFound(reply, 'Recording not found'));
		return reply.code(204).send();
	});
}

function notFound(reply: FastifyReply, message: string): { message: string } {
	reply.code(404);
	return { message };
}

function isAuthorised(request: FastifyRequest, { user, password }: { user: string; password: string }): boolean {
	const expected = `${user}:${password}`;
	if (queryOf(request).api_key === expected) return true;
	const match = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '');
	return Buffer.from(match?.[1] ?? '', 'base64').toString('utf8') === expected;
}

function originate(exchange: Exchange, request: FastifyRequest, reply: FastifyReply, channelId?: string): FastifyReply {
	const refuse = (status: number, body: Values): FastifyReply => reply.code(status).send(body);
	const body = readBody(request);
	if (!body) return refuse(400, { message: 'Error parsing request body' });
	// The body may carry the parameters as well, and wins over the query.
	const values: Values = { ...queryOf(request), ...body };
	const text = (name: string): string =>
		typeof values[name] === 'string' || typeof values[name] === 'number' ? String(values[name]) : '';
	const variables = readVariables(values.variables);
	if (!variables) return refuse(400, { message: "Only string values in the 'variables' object allowed" });
	const wanted = { channelId: channelId ?? text('channelId'), otherChannelId: text('otherChannelId') };
	const complaint = idComplaint(wanted);
	if (complaint) return refuse(400, { message: complaint });
	const address = text('endpoint');
	if (!address) return refuse(400, { message: 'Endpoint must be specified' });
	if (!/^[^/]+\/.+/.test(address)) return refuse(400, { message: 'Invalid endpoint specified' });
	if (!text('extension')) return refuse(400, { message: 'Application or extension must be specified' });
	const endpoint = parseEndpoint(address);
	if (!endpoint || (endpoint.technology === 'PJSIP' && !exchange.options.isRegistered(endpoint.extension)))
		return refuse(500, { error: 'Allocation failed' });
	const timeout = Number(text('timeout')) || 0;
	const call = exchange.originate({
		endpoint,
		ids: assignedIds(wanted, endpoint),
		context: text('context') || 'default',
		priority: Number(text('priority')) || 1,
		callerId: parseCallerId(text('callerId')),
		timeout: timeout > 0 || timeout === -1 ? timeout : DEFAULT_TIMEOUT,
		variables,
	});
	if (!call) return refuse(409, { message: 'Channel with given unique ID already exists' });
	return reply.send(channelView(call, exchange.options.clientRingSeconds));
}

function readBody(request: FastifyRequest): Values | undefined {
	const raw = typeof request.body === 'string' ? request.body : '';
	if (!raw) return {};
	if (!/json/i.test(request.headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(raw));
	try {
		const parsed: unknown = JSON.parse(raw);
		return isValues(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function queryOf({ query }: FastifyRequest): Values {
	return isValues(query) ? query : {};
}

function isValues(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readVariables(value: unknown): Record<string, string> | undefined {
	if (value === undefined || value === null) return {};
	if (typeof value !== 'object' || Array.isArray(value)) return undefined;
	const entries = Object.entries(value);
	return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
		? Object.fromEntries(entries)
		: undefined;
}
