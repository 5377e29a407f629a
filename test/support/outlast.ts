import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { clock } from '../../nodes/common/clock';
import type { Portal } from '../../sandbox/portal';

/** So long the nodes wait for an answer, milliseconds (bitrix24/http.ts). */
const TIME_OUT = 70_000;

/** Lets delays of a hastened portal outlast the client's time-out, which would run on the computer's own clock. */
export function outlast(portal: Portal): void {
	const waiting = new Set<ClientRequest>();
	subscribe('http.client.request.start', (message) => {
		const { request } = message as { request: ClientRequest };
		waiting.add(request);
		request.once('close', () => waiting.delete(request));
	});
	const giveUp = async (): Promise<void> => {
		await clock.sleep(TIME_OUT);
		for (const request of waiting) request.emit('timeout');
	};
	portal.changes.on('change', ({ kind, action, delay }) => {
		// The delay begins when this has been told.
		if (kind === 'fault' && action === 'struck' && Number(delay) * 1000 > TIME_OUT) setImmediate(() => void giveUp());
	});
}
