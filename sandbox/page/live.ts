import type { EventEmitter } from 'node:events';
import type { FastifyInstance } from 'fastify';

/** Tabs hear of changes at most this often; a load test makes thousands a second. */
const PAUSE_MS = 40;
/** Keeps proxies from closing a silent stream. */
const HEARTBEAT_MS = 15_000;

/** The open tabs. */
export interface Live {
	/** Tells them that something changed. */
	tell(): void;
	/** Whether there is any. */
	isWatched(): boolean;
}

/**
 * Adds `GET /page/live`: server-sent events named `change`, without content, whenever one of the emitters emits
 * `change`. Streams end when the server closes.
 * @param opened is called when a tab has opened its stream
 */
export function addLive(app: FastifyInstance, emitters: readonly EventEmitter[], opened: () => void): Live {
	const tabs = new Set<(text: string) => void>();
	let pause: NodeJS.Timeout | undefined;
	const tell = (): void => {
		if (tabs.size === 0 || pause) return;
		pause = setTimeout(() => {
			pause = undefined;
			for (const write of tabs) write('event: change\ndata:\n\n');
		}, PAUSE_MS);
	};
	const heartbeat = setInterval(() => {
		for (const write of tabs) write(':\n\n');
	}, HEARTBEAT_MS);
	heartbeat.unref();
	for (const emitter of emitters) emitter.on('change', tell);
	const streams = new Set<() => void>();
	app.get('/page/live', (request, reply) => {
		reply.hijack();
		const stream = reply.raw;
		stream.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
		});
		stream.write('retry: 500\n\n');
		const write = (text: string): void => void stream.write(text);
		const end = (): void => void stream.end();
		tabs.add(write);
		streams.add(end);
		opened();
		request.raw.on('close', () => {
			tabs.delete(write);
			streams.delete(end);
		});
	});
	app.addHook('preClose', (done) => {
		clearInterval(heartbeat);
		clearTimeout(pause);
		for (const emitter of emitters) emitter.off('change', tell);
		for (const end of streams) end();
		done();
	});
	return { tell, isWatched: () => tabs.size > 0 };
}
