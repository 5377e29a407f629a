import { randomUUID } from 'node:crypto';

/** One browser's view of n8n: its cookies and the id that n8n ties the login to (header browser-id). */
export class Session {
	private readonly cookies = new Map<string, string>();
	private readonly browserId = randomUUID();

	/** @param url n8n's address without a slash at the end */
	constructor(readonly url: string) {}

	/**
	 * Calls n8n's internal REST interface.
	 * @param path from the root, for example `/rest/workflows`
	 * @param body sent as JSON
	 * @returns the `data` of the answer, or the whole answer where n8n wraps nothing
	 * @throws Error with method, path, status and n8n's message when the status is not 2xx
	 */
	async request<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
		const response = await this.fetch(path, {
			method,
			headers: { 'content-type': 'application/json', 'push-ref': this.browserId },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${message(text)}`);
		const answer: unknown = text === '' ? undefined : JSON.parse(text);
		return (isRecord(answer) && 'data' in answer ? answer.data : answer) as T;
	}

	/** Fetches any page of n8n as this browser; redirects are left to the caller. */
	async fetch(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set('browser-id', this.browserId);
		headers.set('cookie', this.cookieHeader());
		// n8n ends an idle connection after 5 s; a process that is busy for longer would notice too late, and send into the
		// void.
		headers.set('connection', 'close');
		const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' });
		for (const cookie of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (name !== undefined && value !== undefined) this.cookies.set(name, value);
		}
		return response;
	}

	/** The cookies as a Cookie header, to hand the login to a real browser or a WebSocket. */
	cookieHeader(): string {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}
}

function message(text: string): string {
	try {
		const answer: unknown = JSON.parse(text);
		if (isRecord(answer) && typeof answer.message === 'string') return answer.message;
	} catch {
		// Not JSON: show the page as it is.
	}
	return text.slice(0, 500);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
