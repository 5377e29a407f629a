import fastify from 'fastify';

/** What an address of webhooks was sent. `path` is below it. */
export interface Heard {
	path: string;
	headers: Record<string, unknown>;
	fields: Record<string, string>;
}

/** Stands for n8n: keeps the webhooks of a phone system and answers as told. */
export interface Ear {
	url: string;
	heard: Heard[];
	/** What a webhook is answered with. */
	answer: (heard: Heard) => string;
	stop: () => Promise<void>;
}

/** Listens on a free port; a question of Zadarma, zd_echo, is answered with itself. */
export async function startEar(): Promise<Ear> {
	const app = fastify();
	const fields = (body: unknown): Record<string, string> => Object.fromEntries(new URLSearchParams(String(body)));
	app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
		done(null, fields(body)),
	);
	const ear: Ear = { url: '', heard: [], answer: () => '', stop: async () => await app.close() };
	app.get<{ Querystring: { zd_echo?: string } }>('/reports', (request, reply) =>
		reply.send(request.query.zd_echo ?? ''),
	);
	app.post<{ Params: { '*': string }; Body: Record<string, string> }>('/reports*', (request, reply) => {
		const heard = { path: request.params['*'].replace(/^\//, ''), headers: request.headers, fields: request.body };
		ear.heard.push(heard);
		return reply.send(ear.answer(heard));
	});
	ear.url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/reports`;
	return ear;
}
