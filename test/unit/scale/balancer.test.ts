import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Balancer, startBalancer } from '../../scale/balancer';

let balancer: Balancer;
const servers: Server[] = [];
beforeEach(async () => {
	balancer = await startBalancer();
});
afterEach(async () => {
	await balancer.stop();
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

async function listening(answer: RequestListener): Promise<string> {
	const server = createServer(answer).listen(0, '127.0.0.1');
	servers.push(server);
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A process that answers with its name and what it was sent. */
async function named(name: string): Promise<string> {
	return await listening(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		response
			.writeHead(201)
			.end(`${name} ${request.method ?? ''} ${request.url ?? ''} ${Buffer.concat(chunks).toString()}`);
	});
}

/** An address at which nobody listens any more. */
async function dead(): Promise<string> {
	const url = await named('dead');
	const server = servers.pop();
	server?.close();
	if (server) await once(server, 'close');
	return url;
}

async function post(path = '/webhook/a?b=c'): Promise<string> {
	const answer = await fetch(`${balancer.url}${path}`, {
		method: 'POST',
		body: 'click',
		headers: { connection: 'close' },
	});
	return `${answer.status} ${await answer.text()}`;
}

it('hands requests for an address out in turn, as they came, and the answer back', async () => {
	balancer.targets = [await named('one'), await named('two')];
	const answers = [await post(), await post('/other'), await post(), await post('/other')];
	expect(answers.sort()).toEqual([
		'201 one POST /other click',
		'201 one POST /webhook/a?b=c click',
		'201 two POST /other click',
		'201 two POST /webhook/a?b=c click',
	]);
	expect(balancer.statuses).toEqual([201, 201, 201, 201]);
});

it('gives the next process what the dead one has not seen', async () => {
	balancer.targets = [await dead(), await named('two')];
	expect([await post(), await post()]).toEqual([
		'201 two POST /webhook/a?b=c click',
		'201 two POST /webhook/a?b=c click',
	]);
});

it('answers 502 when a process breaks off, and repeats nothing that it has seen', async () => {
	let seen = 0;
	const breaking = await listening((request) => {
		seen += 1;
		request.socket.destroy();
	});
	balancer.targets = [breaking, breaking];
	expect(await post()).toMatch(/^502 Error: /);
	expect(seen).toBe(1);
});

it('answers 502 when no process is left', async () => {
	balancer.targets = [await dead()];
	expect(await post()).toBe('502 Error: No process takes a connection');
});

it('hands a request to all at the same moment when it is told to', async () => {
	balancer.targets = [await named('one'), await named('two')];
	balancer.to = 'all';
	expect(await post()).toMatch(/^201 (one|two) /);
	expect(balancer.statuses).toEqual([201, 201]);
});
