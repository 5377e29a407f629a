import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '../../../tools/n8n/driver/oauth';
import { Session } from '../../../tools/n8n/driver/session';

const servers: Server[] = [];
const listen = (handler: RequestListener) =>
	new Promise<string>((resolve) => {
		const server = createServer(handler).listen(0, '127.0.0.1', () => {
			resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		});
		servers.push(server);
	});

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

/** Stand-ins for n8n, which shows a page, and a portal, which sends the browser back to it. */
async function connectWith(page: string, portalAnswer?: RequestListener) {
	const seen: string[] = [];
	let portal = '';
	const n8n = await listen((request, response) => {
		seen.push(`n8n ${request.url ?? ''} cookie:${request.headers.cookie ?? ''}`);
		if (request.url?.startsWith('/rest/oauth2-credential/auth')) {
			response
				.setHeader('set-cookie', 'n8n-auth=secret; Path=/; HttpOnly')
				.end(JSON.stringify({ data: `${portal}/authorize?state=s` }));
		} else response.end(page);
	});
	portal = await listen((request, response) => {
		seen.push(`portal ${request.url ?? ''} cookie:${request.headers.cookie ?? ''}`);
		if (portalAnswer) portalAnswer(request, response);
		else response.writeHead(302, { location: `${n8n}/rest/oauth2-credential/callback?code=c&state=s` }).end();
	});
	await connect(new Session(n8n), 'id', 5);
	return seen;
}

it('follows the portal back to n8n, as the employee, with cookies only for n8n', async () => {
	expect(await connectWith('<html>Connection successful</html>')).toEqual([
		'n8n /rest/oauth2-credential/auth?id=id cookie:',
		'portal /authorize?state=s&auto=5 cookie:',
		'n8n /rest/oauth2-credential/callback?code=c&state=s cookie:n8n-auth=secret',
	]);
});

it("fails with the text of n8n's error page, which has status 200", async () => {
	const page =
		"<style>p{}</style><h4>Error: invalid_client</h4> Failed to connect. <script>channel.postMessage('error');</script>";
	await expect(connectWith(page)).rejects.toThrow(/callback answered 200: Error: invalid_client Failed to connect\./);
});

it("fails with the text of the portal's page when the way ends there", async () => {
	const refuse: RequestListener = (_request, response) => {
		response.writeHead(400).end('<b>Unknown application</b>');
	};
	await expect(connectWith('', refuse)).rejects.toThrow(/authorize answered 400: Unknown application/);
});

it('gives up on redirects without end', async () => {
	const round: RequestListener = (request, response) => {
		response.writeHead(302, { location: request.url }).end();
	};
	await expect(connectWith('', round)).rejects.toThrow(/more than 10 redirects/);
});
