import type { Post } from './post';
import type { Report } from './report';

/** What the credential holds of a phone system. Each system says in its file what the fields mean to it. */
export interface Login {
	/** Address of its interface, without a slash at the end. */
	address: string;
	/** User, key or id. */
	user: string;
	/** Password, secret or token. */
	password: string;
	/** Secret of its reports, where it is another one. */
	reportSecret: string;
	/** A token that the system gave for the login, where requests carry one. */
	token: string;
}

/** A request to a phone system, before or after it was signed. */
export interface SystemRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Without a query. */
	url: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	/** A form or a JSON object, as the sender chose; undefined for no body. */
	body?: Record<string, unknown>;
	/** How the body travels; JSON unless said otherwise. */
	isForm?: boolean;
}

/** An answer of a phone system. */
export interface SystemAnswer {
	/** HTTP status, 0 when nobody answered. */
	status: number;
	/** By lower-case name. */
	headers: Record<string, string>;
	/** Decoded where it is JSON, else text. */
	body: unknown;
}

/** Sends a request, signed, without following redirects. Never throws. */
export type Ask = (request: SystemRequest) => Promise<SystemAnswer>;

/** What the trigger sends back where the system expects more than status 200. */
export interface Reply {
	status: number;
	contentType: string;
	body: string;
}

/** What a request to the trigger says. */
export interface Reading {
	reports: Report[];
	/** The system's fields, without secrets, for what {@link Report} has no place for. */
	raw: Record<string, unknown>;
	reply?: Reply;
}

/** A phone system: what it says, how it proves it, and how it wants to be asked. Files know it by its name. */
export interface PhoneSystem {
	/** True when reports of clicked calls carry Bitrix24's CALL_ID. A call without it was then dialled by hand. */
	carriesCallId?: boolean;
	/**
	 * Whether a request carries the system's proof. A system without one is known by the secret address alone.
	 * Compares in constant time. Never throws.
	 */
	isGenuine?: (post: Post, login: Login) => boolean;
	/**
	 * Reads a genuine request. Never throws: what cannot be read holds no reports.
	 *
	 * @param zone IANA time zone of dates without an offset.
	 */
	read: (post: Post, zone: string) => Reading;
	/**
	 * Where requests carry a token that the system gives for the login: how it is asked for, and read from the answer.
	 */
	token?: { request: (login: Login) => SystemRequest; read: (answer: unknown) => string | undefined };
	/** Adds what proves a request to the system. */
	sign: (request: SystemRequest, login: Login) => SystemRequest;
	/**
	 * Finds a recording.
	 *
	 * @param recording as {@link Report.recording} named it.
	 * @returns the request that downloads it; undefined while the system does not have it yet.
	 */
	recording?: (recording: string, login: Login, ask: Ask) => Promise<SystemRequest | undefined>;
	/** The request that deletes a recording, where the system can. */
	deletion?: (recording: string, login: Login) => SystemRequest;
}

/** A request with the user and password in its header (RFC 7617). */
export function withBasicAuth(request: SystemRequest, { user, password }: Login): SystemRequest {
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	return { ...request, headers: { ...request.headers, authorization } };
}

/** A plain request for an address. */
export function get(url: string, query: Record<string, string> = {}): SystemRequest {
	return { method: 'GET', url, query, headers: {} };
}
