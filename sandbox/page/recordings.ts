import type { FastifyInstance } from 'fastify';
import type { PortalState } from '../portal/state/model';

/**
 * Adds `GET /page/recordings/<file id>`, which the history's player asks for. Understands a single byte range, without
 * which browsers cannot jump within a recording.
 */
export function addRecordings(app: FastifyInstance, state: PortalState): void {
	app.get<{ Params: { id: string } }>('/page/recordings/:id', (request, reply) => {
		const file = state.recordings.get(Number(request.params.id));
		if (!file) return reply.code(404).send({ message: 'There is no such recording' });
		reply.type(file.contentType).header('accept-ranges', 'bytes').header('cache-control', 'no-store');
		const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
		if (!range) return reply.send(file.content);
		const size = file.content.length;
		const from = Number(range[1]);
		const to = range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
		if (from > to) return reply.code(416).header('content-range', `bytes */${size}`).send();
		return reply
			.code(206)
			.header('content-range', `bytes ${from}-${to}/${size}`)
			.send(file.content.subarray(from, to + 1));
	});
}
