import type { IncomingHttpHeaders } from 'node:http';
import fastify, { type FastifyRequest } from 'fastify';
import { decided, type Switches } from './common';

/** A request that came from n8n. `body` is the text as sent. */
export interface Received {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A webhook to send. */
export interface Message {
	url: string;
	body: string;
	headers: Record<string, string>;
}

/** A webhook that was sent, and how n8n took it: `status` and `answer`, or `error` when it could not be reached. */
export interface Delivery extends Message {
	status?: number;
	answer?: string;
	error?: string;
}

/** A stand-in must not hang on n8n; on a busy machine n8n answers later than vendors would wait. */
const PATIENCE_MS = 60_000;
/** So many times is a late recording refused. */
const LATE_ASKS = 2;

/**
 * What the stand-ins of all phone systems do alike: an HTTP server that keeps what came, webhooks in order, recordings
 * that are ready later. Nothing waits for the clock: seconds of conversation are only numbers.
 */
export class Stage {
	readonly app = fastify({ forceCloseConnections: true });
	/** Requests of n8n, oldest first. */
	readonly requests: Received[] = [];
	/** Webhooks, oldest first. */
	readonly deliveries: Delivery[] = [];
	/** May be changed at any time. */
	readonly switches: Switches;
	/** Where the stand-in listens; set by `start`. */
	url = '';
	/** Where webhooks go. Set it once n8n's address is known. */
	address = '';
	private readonly asks = new Map<string, number>();
	private readonly running = new Set<Promise<void>>();
	private readonly end = new AbortController();

	/** @param refusal the body of a request that `switches.refuse` refuses */
	constructor(switches: Partial<Switches>, refusal: (status: number) => unknown) {
		this.switches = decided(switches);
		// Signatures are made over the body as it was sent, so nobody parses it on the way.
		this.app.removeAllContentTypeParsers();
		this.app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
		this.app.addHook('preHandler', async (request, reply) => {
			this.requests.push({ method: request.method, url: request.url, headers: request.headers, body: textOf(request) });
			if (this.switches.refuse > 0) return reply.code(this.switches.refuse).send(refusal(this.switches.refuse));
		});
	}

	/** @throws if the port is taken; 0 takes a free one */
	async start(port = 0): Promise<void> {
		this.url = await this.app.listen({ host: '127.0.0.1', port });
	}

	/** Closes the server and gives up webhooks that are on their way. */
	async stop(): Promise<void> {
		this.end.abort();
		await this.app.close();
		await this.settled();
	}

	/** Resolves once no call is being played any more. @throws what a played call threw */
	async settled(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Plays a call without holding up the answer to the request that caused it. */
	play(job: () => Promise<void>): void {
		const running: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
			.then(job)
			.finally(() => this.running.delete(running));
		this.running.add(running);
		// Told by settled(); until somebody asks it is no unhandled rejection.
		running.catch(() => undefined);
	}

	/** Sends webhooks one after the other, each when the one before was answered, as the switches want it. */
	async send(messages: readonly Message[]): Promise<Delivery[]> {
		const each = this.switches.twice ? messages.flatMap((message) => [message, message]) : messages;
		const sent: Delivery[] = [];
		for (const message of this.switches.reversed ? [...each].reverse() : each) sent.push(await this.deliver(message));
		return sent;
	}

	/** Whether a recording can be had now. A late one is refused the first times that it is asked for. */
	isReady(recording: string): boolean {
		if (this.switches.recording === 'missing') return false;
		const asked = (this.asks.get(recording) ?? 0) + 1;
		this.asks.set(recording, asked);
		return this.switches.recording === 'ready' || asked > LATE_ASKS;
	}

	private async deliver(message: Message): Promise<Delivery> {
		const delivery: Delivery = { ...message };
		this.deliveries.push(delivery);
		try {
			const signal = AbortSignal.any([this.end.signal, AbortSignal.timeout(PATIENCE_MS)]);
			const response = await fetch(message.url, {
				method: 'POST',
				body: message.body,
				// n8n closes a connection that is idle for five seconds, perhaps just as it is used again.
				headers: { ...message.headers, connection: 'close' },
				redirect: 'manual',
				signal,
			});
			delivery.status = response.status;
			delivery.answer = await response.text();
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
		return delivery;
	}
}

/** The body of a request as it was sent; blank without one. */
export function textOf(request: FastifyRequest): string {
	return typeof request.body === 'string' ? request.body : '';
}

/** Fields of a form body; of a name that is there twice, the last. */
export function formOf(request: FastifyRequest): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(textOf(request)));
}

/** The object of a JSON body; empty when it is none. */
export function jsonOf(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
	} catch {
		return {};
	}
}

/** A webhook with a form body. */
export function formMessage(
	url: string,
	fields: Record<string, string>,
	headers: Record<string, string> = {},
): Message {
	return {
		url,
		body: new URLSearchParams(fields).toString(),
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
	};
}

/** A webhook with a JSON body, given as text because some vendors sign it. */
export function jsonMessage(url: string, body: string, headers: Record<string, string> = {}): Message {
	return { url, body, headers: { 'content-type': 'application/json', ...headers } };
}
