import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Portal } from '../../../sandbox/portal';

/** An answer of the portal, decoded. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	body: Record<string, unknown>;
}

/** How to send a call. */
export interface Sending {
	token?: string;
	encoding?: 'json' | 'form' | 'query';
	webhook?: string;
	auth?: 'header' | 'auth' | 'access_token' | 'none';
}

/** Sends requests to a portal as an application of the outside world would. */
export class Client {
	constructor(
		readonly portal: Portal,
		public token: string,
	) {}

	/** Logs in without the browser. */
	static of(portal: Portal, userId = 1): Client {
		return new Client(portal, portal.control.issueTokens(userId).accessToken);
	}

	/** Calls a method. */
	async call(method: string, parameters: Record<string, unknown> = {}, sending: Sending = {}): Promise<Reply> {
		const { encoding = 'json', auth = sending.webhook === undefined ? 'header' : 'none' } = sending;
		const token = sending.token ?? this.token;
		const all = auth === 'auth' || auth === 'access_token' ? { ...parameters, [auth]: token } : parameters;
		const base = `${this.portal.url}/rest/${sending.webhook === undefined ? '' : `${sending.webhook}/`}${method}`;
		const headers: Record<string, string> = auth === 'header' ? { authorization: `Bearer ${token}` } : {};
		if (encoding === 'query') return read(await fetch(`${base}?${form(all)}`, { headers, redirect: 'manual' }));
		headers['content-type'] = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
		return read(
			await fetch(base, {
				method: 'POST',
				headers,
				redirect: 'manual',
				body: encoding === 'json' ? JSON.stringify(all) : form(all),
			}),
		);
	}

	/** Calls a method and gives its result; fails on anything but success. */
	async result<Result = Record<string, unknown>>(
		method: string,
		parameters: Record<string, unknown> = {},
		sending: Sending = {},
	): Promise<Result> {
		const reply = await this.call(method, parameters, sending);
		if (reply.status !== 200 || 'error' in reply.body) throw new Error(`${method}: ${reply.status} ${reply.text}`);
		return reply.body.result as Result;
	}
}

/** Reads an answer. */
export async function read(response: Response): Promise<Reply> {
	const text = await response.text();
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		body = {};
	}
	return { status: response.status, headers: response.headers, text, body: body as Record<string, unknown> };
}

/**
 * Writes nested parameters as a form, as PHP's http_build_query does; written anew so that it shares nothing with the
 * sandbox.
 */
export function form(parameters: Record<string, unknown>): string {
	const pairs: string[] = [];
	const add = (name: string, value: unknown): void => {
		if (value === null || value === undefined) return;
		if (typeof value === 'object') for (const [key, child] of Object.entries(value)) add(`${name}[${key}]`, child);
		else
			pairs.push(
				`${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'boolean' ? Number(value) : (value as string | number))}`,
			);
	};
	for (const [name, value] of Object.entries(parameters)) add(name, value);
	return pairs.join('&');
}

/** What a handler received. */
export interface Received {
	body: string;
	fields: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	/** Of HTTP, e.g. 1.1. */
	version: string;
}

/** A server that receives events. */
export interface Receiver {
	url: string;
	received: Received[];
	/** What it answers; may wait. */
	answer: (received: Received) => Promise<{ status: number; body: string }> | { status: number; body: string };
	stop(): Promise<void>;
}

/** Starts a server that receives events. */
export async function startReceiver(): Promise<Receiver> {
	const receiver: Receiver = {
		url: '',
		received: [],
		answer: () => ({ status: 200, body: '' }),
		stop: () => Promise.resolve(),
	};
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const entry = { body, fields: new URLSearchParams(body), headers: request.headers, version: request.httpVersion };
			receiver.received.push(entry);
			void Promise.resolve(receiver.answer(entry)).then(({ status, body: text }) =>
				response.writeHead(status).end(text),
			);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	receiver.stop = () =>
		new Promise((resolve) => {
			server.closeAllConnections();
			server.close(() => resolve());
		});
	return receiver;
}
