import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a hangup handler made. `at` is performance.now(). */
export interface Received {
	path: string;
	type: string | undefined;
	body: string;
	at: number;
}

/** A real HTTP server that stands for n8n's webhook. */
export interface Receiver {
	url: string;
	received: Received[];
	/** Resolves with the next request that `next` has not handed out yet. */
	next(): Promise<Received>;
	stop(): Promise<void>;
}

/**
 * Starts a receiver on a free port.
 * @param status what it answers every request with
 * @param answer the body of the answer; null answers nobody
 */
export async function startReceiver(
	status = 200,
	answer: string | null = '{"message":"Workflow was started"}',
): Promise<Receiver> {
	const received: Received[] = [];
	const waiting: ((request: Received) => void)[] = [];
	let handedOut = 0;
	const server = createServer((request, response) => {
		const at = performance.now();
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const entry = { path: request.url ?? '', type: request.headers['content-type'], body, at };
			received.push(entry);
			waiting.shift()?.(entry);
			if (answer !== null) response.writeHead(status).end(answer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received,
		next: () => {
			const entry = received[handedOut];
			handedOut += 1;
			return entry ? Promise.resolve(entry) : new Promise((resolve) => waiting.push(resolve));
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
