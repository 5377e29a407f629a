import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultKind, Portal } from '../../sandbox/portal';
import type { Timeline } from './timeline';

/** What may befall a request. */
export const TROUBLES = [
	'resetBeforeWork',
	'resetAfterWork',
	'html502',
	'html503',
	'html504',
	'html504AfterWork',
	'cutJson',
	'wrongContentType',
	'slow',
	'resetUnderWay',
	'burst',
	'usedUp',
	'refused',
	'expired',
	'killRun',
	'killProcess',
] as const;

export type Trouble = (typeof TROUBLES)[number];

/** Trouble for one request, by its number. */
export interface Blow {
	request: number;
	trouble: Trouble;
	/** For slow and resetUnderWay: how long the portal works. */
	seconds: number;
	/** For usedUp and refused: the method that is hit, wherever it travels. */
	method: string;
}

/** Between n8n and the portal: lets a schedule of blows fall on the requests in the order in which they arrive. */
export class Line {
	/** Called when a blow kills what runs. */
	onKill: (whole: 'run' | 'process') => void = () => undefined;
	private blows = new Map<number, Blow>();
	private count = 0;
	private readonly dead = new Set<string>();

	constructor(
		private readonly portal: Portal,
		private readonly timeline: Timeline,
	) {}

	/** From now on these blows fall; the next request is number 0. */
	arm(blows: readonly Blow[]): void {
		this.blows = new Map(blows.map((blow) => [blow.request, blow]));
		this.count = 0;
	}

	/** No blow falls any more. */
	disarm(): void {
		this.arm([]);
		this.portal.control.clearFaults();
	}

	/** The process with this token is dead: nothing of it reaches the portal any more. */
	bury(token: string): void {
		this.dead.add(`Bearer ${token}`);
	}

	/** What happens before the portal looks at a request. */
	async receive(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		if (!request.url.startsWith('/rest/')) return undefined;
		if (this.isDead(request)) return drop(request, reply);
		const blow = this.blows.get(this.count++);
		return blow ? await this.strike(blow, request, reply) : undefined;
	}

	private async strike(
		{ trouble, seconds, method }: Blow,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<unknown> {
		const [target = ''] = request.url.slice('/rest/'.length).split(/[?.]json|[?]/);
		const add = (kind: FaultKind, code?: string, who = target): void =>
			void this.portal.control.addFault({ kind, target: who, code });
		switch (trouble) {
			case 'slow':
				return void (await this.timeline.hold(seconds * 1000));
			case 'resetUnderWay':
				request.raw.socket.destroy();
				return void (await this.timeline.sleep(seconds * 1000));
			case 'burst':
				return add('error', 'QUERY_LIMIT_EXCEEDED');
			case 'usedUp':
				return add('error', 'OPERATION_TIME_LIMIT', method);
			case 'refused':
				return add('error', 'INTERNAL_SERVER_ERROR', method);
			case 'expired':
				return this.portal.control.expireTokens();
			case 'killRun':
				return this.onKill('run');
			case 'killProcess':
				this.onKill('process');
				return seconds > 5 ? drop(request, reply) : undefined;
			default:
				return add(trouble);
		}
	}

	private isDead({ headers }: FastifyRequest): boolean {
		return this.dead.has(headers.authorization ?? '');
	}
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}
