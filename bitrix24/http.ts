import { failed, isRecord, readAnswer, type Answer } from './failure';
import { wellFormed } from './phpForm';
import type { FileSource } from './plan';

/**
 * Why a request brought no answer.
 * - `unreachable`: it never arrived, or a renewal failed before it could be carried out.
 * - `unknown`: it went out, time-outs included.
 * - `credential`: there is no usable token.
 * - `file`: the file to send could not be read; nothing was carried out.
 * - `cancelled`: it was ended from our side; whether it was carried out is not known.
 */
export interface NoAnswer {
	status: 0;
	reason: 'unreachable' | 'unknown' | 'credential' | 'file' | 'cancelled';
	/** For a person; holds no error code of the operating system. */
	text: string;
	/** The authorization server's code when it refused to renew the token. */
	code?: string;
}

/** What came back over HTTP, or why nothing did. */
export type HttpAnswer =
	{ status: number; body: unknown; /** Where a redirect points. */ location?: string } | NoAnswer;

/** One request as the portal wants it: POST with a JSON body, and the token where the portal looks for it. */
export interface HttpRequest {
	url: string;
	body: Record<string, unknown>;
	/** Milliseconds after which the answer counts as lost. */
	timeout: number;
}

/**
 * One file as the portal wants it: multipart, with the token in the same place as in the call that named the address.
 */
export interface UploadRequest {
	url: string;
	fieldName: string;
	file: FileSource;
}

/** How one credential of one execution reaches its portal. Nothing of it throws. */
export interface Transport {
	/** REST address with a trailing slash, `client_endpoint` of the token answer. */
	endpoint: string;
	/** Names the credential: calls of one name may share a request. */
	lane: string;
	/** Sends one request. */
	send: (request: HttpRequest) => Promise<HttpAnswer>;
	/** Sends one file. */
	upload: (request: UploadRequest) => Promise<HttpAnswer>;
}

/** The portal ends a request after 60 s (limits of the contract data); its 504 shall arrive before we give up. */
const REQUEST_TIMEOUT = 70_000;

/**
 * Calls one method over HTTP.
 *
 * @param parameters without references; undefined ones are left out.
 * @returns the whole answer body. Never throws.
 */
export async function post(
	transport: Transport,
	method: string,
	parameters: Record<string, unknown>,
): Promise<Answer<Record<string, unknown>>> {
	const request = { url: `${transport.endpoint}${method}`, body: withoutHoles(parameters), timeout: REQUEST_TIMEOUT };
	const answer = await transport.send(request);
	const moved = movedTo(request.url, answer);
	return readHttp(method, moved ? await transport.send({ ...request, url: moved }) : answer);
}

/** Reads what came back of a call of a method. */
export function readHttp(method: string, answer: HttpAnswer): Answer<Record<string, unknown>> {
	if (!('reason' in answer)) return readAnswer(method, answer.status, answer.body);
	const { reason, text, code = '' } = answer;
	return failed({ kind: reason === 'cancelled' ? 'unknown' : reason, status: 0, code, text, method });
}

/** The token goes along, so https stays https. */
export function keepsProtocol(from: string, to: string): boolean {
	return URL.canParse(to) && new URL(from).protocol === new URL(to).protocol;
}

/**
 * A portal whose address has changed answers 302; the same POST is to be repeated there, because an automatic redirect
 * would make a GET of it (documentation, how-to-call-rest-api/change-domen). An address that is none is not followed.
 */
function movedTo(url: string, answer: HttpAnswer): string | undefined {
	if (!('location' in answer) || !answer.location || answer.status < 300 || answer.status > 399) return undefined;
	if (!URL.canParse(answer.location, url)) return undefined;
	const [from, to] = [new URL(url), new URL(answer.location, url)];
	return keepsProtocol(from.href, to.href) && to.pathname === from.pathname ? to.href : undefined;
}

function withoutHoles(parameters: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, asSent(value)]])),
	);
}

function asSent(value: unknown): unknown {
	if (typeof value === 'string') return wellFormed(value);
	if (Array.isArray(value)) return value.map(asSent);
	return isRecord(value) ? withoutHoles(value) : value;
}
