import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An n8n of which only the answers of its webhooks are there. */
export interface BareN8n {
	url: string;
	stop(): Promise<void>;
}

/**
 * Starts an n8n that has a trigger of this package at one path and none at any other.
 *
 * It answers as n8n does: the trigger refuses what is not signed with 403, and n8n names a path without a webhook
 * (webhook-not-found.error.js).
 *
 * @param path of the trigger, such as `/webhook/a`
 */
export async function startBareN8n(path: string): Promise<BareN8n> {
	const server = createServer(({ url = '' }, response) => {
		const asked = url.split('?')[0] ?? '';
		const message = `The requested webhook "POST ${asked.replace('/webhook/', '')}" is not registered.`;
		if (asked === path) response.writeHead(403).end();
		else response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 404, message }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
