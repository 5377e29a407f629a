import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '../core';
import type { Fault } from '../faults';

const REASONS: Record<number, string> = {
	502: 'Bad Gateway',
	503: 'Service Temporarily Unavailable',
	504: 'Gateway Time-out',
};

/** Answers with the page that a web server shows when the portal behind it does not answer. */
export function gatewayPage(reply: FastifyReply, status: number): FastifyReply {
	const title = `${status} ${REASONS[status] ?? 'Error'}`;
	return reply
		.code(status)
		.header('content-type', 'text/html')
		.send(
			`<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
		);
}

/**
 * Lets a fault strike.
 * @param when before or after the method did its work
 * @param body the answer that would have been sent
 * @returns true when the request is dealt with
 */
export async function strike(
	core: Core,
	fault: Fault,
	when: 'before' | 'after',
	request: FastifyRequest,
	reply: FastifyReply,
	body = '',
): Promise<boolean> {
	switch (`${fault.kind} ${when}`) {
		case 'resetBeforeWork before':
		case 'resetAfterWork after':
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return true;
		case 'delay before':
			await passed(core, fault.seconds ?? 1);
			return core.stopped.aborted;
		case 'html502 before':
		case 'html503 before':
		case 'html504 before':
			gatewayPage(reply, Number(fault.kind.slice(4)));
			return true;
		case 'html504AfterWork after':
			gatewayPage(reply, 504);
			return true;
		case 'cutJson after':
			reply.header('content-type', 'application/json; charset=utf-8').send(body.slice(0, Math.floor(body.length / 2)));
			return true;
		case 'wrongContentType after':
			reply.header('content-type', 'text/html; charset=utf-8').send(body);
			return true;
		default:
			return false;
	}
}

/** Waits until the portal's time has moved on by so many seconds, or the portal is stopped. */
async function passed({ clock, stopped }: Core, seconds: number): Promise<void> {
	await new Promise<void>((resolve) => {
		clock.after(seconds, resolve);
		stopped.addEventListener('abort', () => resolve(), { once: true });
	});
}
