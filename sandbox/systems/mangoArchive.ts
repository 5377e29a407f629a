import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { mp3 } from './common';
import type { Stage } from './stage';

/** How Mango writes dates of statistics, in Moscow time. */
const DATE = /^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/;

/**
 * Statistics and recordings of the Mango stand-in. Statistics are as three independent clients read them: an answer
 * without content at first, then an unfinished one, then the calls. They name recordings by `entry_id`, webhooks of the
 * end do not.
 */
export class MangoArchive {
	/** Calls by their entry_id, oldest first. */
	readonly entries: string[] = [];
	/** How often each report was asked for. */
	private readonly reports = new Map<string, number>();
	private readonly links = new Set<string>();

	constructor(private readonly stage: Stage) {
		stage.app.get<{ Params: { token: string } }>('/once/:token', (request, reply) =>
			this.links.delete(request.params.token)
				? reply.type('audio/mp3').send(mp3(stage.switches.talk))
				: reply.code(404).send(),
		);
	}

	/** `stats/calls/request` */
	request({ start_date: start, end_date: end }: Record<string, unknown>, reply: FastifyReply): FastifyReply {
		if (![start, end].every((date) => typeof date === 'string' && DATE.test(date)))
			return reply.code(420).send({ code: 3104 });
		const key = randomBytes(8).toString('hex');
		this.reports.set(key, 0);
		return reply.send({ result: 1000, key });
	}

	/** `stats/calls/result` */
	result(key: string, reply: FastifyReply): FastifyReply {
		const asked = this.reports.get(key);
		if (asked === undefined) return reply.send({ result: 1000, status: 'not-found' });
		this.reports.set(key, asked + 1);
		if (asked === 0) return reply.code(204).send();
		if (asked === 1) return reply.send({ result: 1000, status: 'work', data: [] });
		const list = this.entries.map((entry) => ({
			entry_id: entry,
			context_calls: [{ recording_id: this.stage.isReady(entry) ? [recordingOf(entry)] : [] }],
		}));
		return reply.send({ result: 1000, status: 'complete', data: [{ period: 'day', list }] });
	}

	/** `queries/recording/post`: a redirect to a link that works once */
	download(recording: string, reply: FastifyReply): FastifyReply {
		if (!this.entries.some((entry) => recordingOf(entry) === recording)) return reply.code(404).send('Not found');
		const token = randomBytes(8).toString('hex');
		this.links.add(token);
		return reply.code(302).header('location', `${this.stage.url}/once/${token}`).send();
	}
}

/** The recording_id of a call. */
export function recordingOf(entry: string): string {
	return `rec-${entry}`;
}
