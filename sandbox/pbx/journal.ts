import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Requests that are kept, and characters of a body and of an answer. */
const KEPT = 500;
const KEPT_CHARACTERS = 16 * 1024;

/** What ARI or AMI was asked, and what it answered. */
export interface PbxRequest {
	id: number;
	/** Wall-clock milliseconds at which it came. */
	at: number;
	method: string;
	/** Path and query. */
	url: string;
	body: string;
	status: number;
	/** Empty for a file. */
	answer: string;
	/** Milliseconds until the answer. */
	took: number;
}

/**
 * Notes every request of a server, also one that is refused.
 * @returns the latest ones, oldest first
 */
export function keepJournal(app: FastifyInstance): readonly PbxRequest[] {
	const kept: PbxRequest[] = [];
	const arrivals = new WeakMap<FastifyRequest, number>();
	let count = 0;
	app.addHook('onRequest', (request, _reply, done) => {
		arrivals.set(request, Date.now());
		done();
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const took = reply.elapsedTime;
		kept.push({
			id: (count += 1),
			at: arrivals.get(request) ?? Date.now(),
			method: request.method,
			url: request.url,
			body: typeof request.body === 'string' ? request.body.slice(0, KEPT_CHARACTERS) : '',
			status: reply.statusCode,
			answer: typeof payload === 'string' ? payload.slice(0, KEPT_CHARACTERS) : '',
			took,
		});
		if (kept.length > KEPT) kept.shift();
		done();
	});
	return kept;
}
