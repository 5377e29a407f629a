import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parse } from 'qs';

/** One REST call as it went over the wire. */
interface SentCall {
	method: string;
	parameters: Record<string, unknown>;
}

/** One request: a single call, or the commands of a batch. */
interface SentRequest {
	isBatch: boolean;
	calls: SentCall[];
}

/** How a method fails from now on: status, code and text as the portal gives them. */
export interface Strike {
	method: string;
	status: number;
	code: string;
	text: string;
}

/** A listener between n8n and the portal. */
export interface Wire {
	url: string;
	/** What went through, oldest first. */
	requests: SentRequest[];
	strike?: Strike;
	stop(): Promise<void>;
}

/** Name under which the file of an upload stands among the requests. */
export const UPLOAD = 'upload';

/** Puts a listener before a portal. @param target address of the portal */
export async function listenTo(target: string): Promise<Wire> {
	const server = createServer((request, response) => void pass(wire, target, request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const wire: Wire = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: [],
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return wire;
}

async function pass(wire: Wire, target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { authorization = '', 'content-type': contentType = '' } = request.headers;
	const body = await buffer(request);
	const method = (request.url ?? '').split('?')[0]?.replace(/^\/rest\//, '') ?? '';
	const sent = read(method, contentType, body);
	wire.requests.push(sent);
	const hit = wire.strike && struck(wire.strike, method, sent);
	if (hit && method !== 'batch') {
		response.writeHead(hit.status, { 'content-type': 'application/json' }).end(JSON.stringify(errorOf(hit)));
		return;
	}
	const [kept, failed] = hit ? without(hit.method, body) : [body, []];
	const answer = await fetch(`${target}${request.url ?? ''}`, {
		method: 'POST',
		headers: { authorization, 'content-type': contentType },
		body: new Uint8Array(kept),
	});
	const text = (await answer.text()).replaceAll(target, wire.url).replaceAll(escaped(target), escaped(wire.url));
	response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
	response.end(hit ? withErrors(text, failed, hit) : text);
}

/** An address as PHP writes it into JSON. */
const escaped = (url: string): string => url.replaceAll('/', '\\/');

function read(method: string, contentType: string, body: Buffer): SentRequest {
	if (method.startsWith('upload')) return { isBatch: false, calls: [{ method: UPLOAD, parameters: fileOf(body) }] };
	const parameters = contentType.includes('json')
		? (JSON.parse(body.toString() || '{}') as Record<string, unknown>)
		: {};
	if (method !== 'batch') return { isBatch: false, calls: [{ method, parameters }] };
	const commands = Object.values(parameters.cmd as Record<string, string>);
	return { isBatch: true, calls: commands.map(commanded) };
}

/** A file is told by its name and size. */
function fileOf(body: Buffer): Record<string, unknown> {
	const head = body.subarray(0, 1000).toString('latin1');
	const [, field = '', name = ''] = /name="([^"]*)"; filename="([^"]*)"/.exec(head) ?? [];
	return { [field]: name };
}

function commanded(command: string): SentCall {
	const [method = '', query = ''] = command.split(/\?(.*)/s);
	return { method, parameters: parse(query, { depth: 9, arrayLimit: 50 }) };
}

function struck(strike: Strike, method: string, { calls }: SentRequest): Strike | undefined {
	if (method === strike.method) return strike;
	return calls.some((call) => call.method === strike.method) ? strike : undefined;
}

const errorOf = ({ code, text }: Strike) => ({ error: code, error_description: text });

/** The batch without the commands of a method, and their names. */
function without(method: string, body: Buffer): [Buffer, string[]] {
	const { cmd, ...rest } = JSON.parse(body.toString()) as { cmd: Record<string, string> };
	const isMeant = ([, command]: [string, string]): boolean => command.split('?')[0] === method;
	const kept = Object.fromEntries(Object.entries(cmd).filter((one) => !isMeant(one)));
	const failed = Object.entries(cmd)
		.filter(isMeant)
		.map(([name]) => name);
	return [Buffer.from(JSON.stringify({ ...rest, cmd: kept })), failed];
}

/** Puts the failed commands into the answer of the batch, as the portal does. */
function withErrors(text: string, names: string[], strike: Strike): string {
	const answer = JSON.parse(text) as { result: { result_error: Record<string, unknown> } };
	const errors = Object.fromEntries(names.map((name) => [name, errorOf(strike)]));
	Object.assign(answer.result, { result_error: { ...answer.result.result_error, ...errors } });
	return JSON.stringify(answer);
}
