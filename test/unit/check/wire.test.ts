import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import getPort from 'get-port';
import { NoAnswer, sendByFetch, type Answer } from '../../../check/wire';

/** Sends one request to a server that answers so. */
async function answerOf(answer: RequestListener): Promise<Answer> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	try {
		return await sendByFetch({
			url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
			verb: 'POST',
			headers: {},
			body: 'a=b',
		});
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

it('gives status, type and body', async () => {
	expect(
		await answerOf((_, response) =>
			response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"x"}'),
		),
	).toEqual({
		status: 400,
		contentType: 'application/json',
		body: { error: 'x' },
	});
});

it.each(['<html>', '[1]', '"text"', 'null', ''])('takes %j for an empty body', async (text) => {
	expect((await answerOf((_, response) => response.end(text))).body).toEqual({});
});

it('follows no redirect, for the secret would go along', async () => {
	expect(
		(await answerOf((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())).status,
	).toBe(302);
});

it('says why nobody answers without telling the address', async () => {
	const lost = await answerOf((request) => request.socket.destroy()).catch((error: unknown) => error);
	expect(lost).toBeInstanceOf(NoAnswer);
	const refused = await sendByFetch({
		url: `http://127.0.0.1:${await getPort({ host: '127.0.0.1' })}/rest/1/secret/`,
		verb: 'GET',
		headers: {},
	}).catch((error: unknown) => String(error));
	expect(refused).toBe('Error: nobody listens at this address');
	const unknown = await sendByFetch({ url: 'https://portal.invalid/rest/1/secret/', verb: 'GET', headers: {} }).catch(
		(error: unknown) => String(error),
	);
	expect(unknown).toMatch(/^Error: (there is no such address|the address cannot be looked up|no answer)/);
});
