import { say, type Clean } from './clean';

/** A request as it goes out. */
export interface WireRequest {
	readonly url: string;
	readonly verb: 'GET' | 'POST' | 'PUT';
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** An answer as it came in, with everything that must not get into a report. */
export interface Answer {
	readonly status: number;
	readonly contentType: string;
	/** The decoded JSON object; empty when the answer was none. */
	readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a request. @throws NoAnswer when none comes back */
export type Send = (request: WireRequest) => Promise<Answer>;

/** Nobody answered. Its text says why without telling the address. */
export class NoAnswer extends Error {
	constructor(readonly reason: Clean) {
		super(reason);
	}
}

/** Milliseconds to wait for an answer; the portal itself cuts a request off after 60 s. [D limits] */
const PATIENCE = 65_000;

/** What the causes of Node's fetch mean to somebody who typed an address. */
const CAUSES: Readonly<Record<string, Clean>> = {
	ENOTFOUND: say`there is no such address; check how it is written`,
	EAI_AGAIN: say`the address cannot be looked up; check the network of this machine`,
	ECONNREFUSED: say`nobody listens at this address`,
	ECONNRESET: say`the connection was cut`,
	ETIMEDOUT: say`no answer in time`,
	ENETUNREACH: say`there is no network`,
	EHOSTUNREACH: say`there is no way to this address`,
	CERT_HAS_EXPIRED: say`the certificate has expired`,
	DEPTH_ZERO_SELF_SIGNED_CERT: say`the certificate is self-signed; start with NODE_EXTRA_CA_CERTS=<file>`,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: say`the certificate cannot be verified; start with NODE_EXTRA_CA_CERTS=<file>`,
	ERR_TLS_CERT_ALTNAME_INVALID: say`the certificate belongs to another address`,
};

/** Sends by fetch. A redirect is an answer: following it would send secrets elsewhere. */
export const sendByFetch: Send = async ({ url, verb, headers, body }) => {
	try {
		const response = await fetch(url, {
			method: verb,
			headers,
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE),
			...(body === undefined ? {} : { body }),
		});
		return {
			status: response.status,
			contentType: response.headers.get('content-type') ?? '',
			body: decode(await response.text()),
		};
	} catch (error) {
		throw new NoAnswer(CAUSES[codeOf(error)] ?? say`no answer`);
	}
};

function codeOf(error: unknown): string {
	const { name, code, errors, cause }: { name?: unknown; code?: unknown; errors?: unknown; cause?: unknown } =
		Object(error);
	if (name === 'TimeoutError') return 'ETIMEDOUT';
	if (typeof code === 'string') return code;
	const inner: unknown = Array.isArray(errors) ? errors[0] : cause;
	return inner === undefined ? '' : codeOf(inner);
}

function decode(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
	} catch {
		return {};
	}
}
