import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the webhook processes, as nginx does. */
export interface Balancer {
	readonly url: string;
	/** Addresses of the processes. */
	targets: string[];
	/** One after the other, or every request to all of them at the same moment, as a proxy that repeats would do. */
	to: 'one' | 'all';
	/** HTTP status of each answer that a process gave. */
	readonly statuses: number[];
	stop(): Promise<void>;
}

interface Asked {
	incoming: IncomingMessage;
	body: Buffer;
}

interface Answer {
	status: number;
	body: Buffer;
}

/**
 * A process that takes no connection has not seen the request, so that another one may have it (nginx,
 * proxy_next_upstream).
 */
class NotConnected extends Error {}

/**
 * Starts a proxy that hands out requests in turn. When a process takes no connection, the next one gets the request;
 * when it breaks off later, the answer is 502: nginx repeats no POST that a process has seen.
 */
export async function startBalancer(): Promise<Balancer> {
	// By address, or two streams that alternate would each keep to one process.
	const turns = new Map<string, number>();
	const server = createServer((incoming, response) => {
		void answer(incoming, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
	});
	const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
		const asked = { incoming, body: await read(incoming) };
		const turn = (turns.get(incoming.url ?? '') ?? 0) + 1;
		turns.set(incoming.url ?? '', turn);
		const inTurn = balancer.targets.map((_, index, all) => all[(index + turn) % all.length] ?? '');
		const [first] =
			balancer.to === 'all'
				? await Promise.all(inTurn.map((target) => pass(target, asked)))
				: [await firstOf(inTurn, asked)];
		if (!first) throw new Error('There is no process');
		response.writeHead(first.status).end(first.body);
	};
	const pass = async (target: string, asked: Asked): Promise<Answer> => {
		const given = await ask(target, asked);
		balancer.statuses.push(given.status);
		return given;
	};
	const firstOf = async (targets: string[], asked: Asked): Promise<Answer> => {
		for (const target of targets) {
			try {
				return await pass(target, asked);
			} catch (error) {
				if (!(error instanceof NotConnected)) throw error;
			}
		}
		throw new Error('No process takes a connection');
	};
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const balancer: Balancer = {
		url: `http://127.0.0.1:${port}`,
		targets: [],
		to: 'one',
		statuses: [],
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
	return balancer;
}

async function ask(target: string, { incoming, body }: Asked): Promise<Answer> {
	const headers = { ...incoming.headers, connection: 'close', 'content-length': String(body.length) };
	return await new Promise((resolve, reject) => {
		const outgoing = request(`${target}${incoming.url ?? ''}`, { method: incoming.method, headers, agent: false });
		let connected = false;
		outgoing.once('socket', (socket) => socket.once('connect', () => (connected = true)));
		outgoing.once('error', (error) => reject(connected ? error : new NotConnected(error.message)));
		outgoing.once('response', (response) => {
			read(response).then((answered) => resolve({ status: response.statusCode ?? 502, body: answered }), reject);
		});
		outgoing.end(body);
	});
}

async function read(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
