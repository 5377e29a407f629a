import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Pbx } from '../../../sandbox';

/** A reverse proxy before n8n, which answers 502 while n8n is away. */
export interface Proxy {
	/** So many requests are refused from now on. */
	refuse: number;
	stop(): Promise<void>;
}

/** Starts a proxy and puts it between the PBX and the address to which it reports. */
export async function startProxy(control: Pbx['control']): Promise<Proxy> {
	const target = control.global('B24_REPORT_URL');
	const proxy: Proxy = {
		refuse: 0,
		stop: async () => {
			control.setGlobals({ B24_REPORT_URL: target });
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const server = createServer((request, response) => {
		void (async () => {
			const body = await text(request);
			if (proxy.refuse > 0) {
				proxy.refuse -= 1;
				return response.writeHead(502).end('Bad Gateway');
			}
			const answer = await fetch(target, {
				method: 'POST',
				body,
				headers: { 'content-type': request.headers['content-type'] ?? '', connection: 'close' },
			});
			return response.writeHead(answer.status).end(await answer.text());
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	control.setGlobals({ B24_REPORT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/report` });
	return proxy;
}
