import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the executions behind n8n's Webhook node report to: for them what the portal's history is for ours. */
export interface Ledger {
	readonly url: string;
	/** Every id that was reported, as often as it was. */
	readonly ids: string[];
	stop(): Promise<void>;
}

/** Starts a server that writes down the query parameter `id` of each request. */
export async function startLedger(): Promise<Ledger> {
	const ids: string[] = [];
	const server = createServer((request, response) => {
		ids.push(new URL(request.url ?? '', 'http://ledger').searchParams.get('id') ?? '');
		response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		ids,
		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
