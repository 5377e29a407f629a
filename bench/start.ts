import { startPortal } from '../sandbox/portal';
import { startN8n } from '../tools/n8n/run';
import { ROOT } from '../tools/programs';
import { spread, table } from './report';

/** How often each is started. */
export interface StartRounds {
	portal: number;
	n8n: number;
}

/**
 * Figure 4: how long a test waits for a sandbox portal of its own, and for an n8n of its own. The portal runs inside
 * the calling process, which has loaded its code already; n8n is a process, with this package in it and a new database.
 * @returns the table to print
 */
export async function starts(rounds: StartRounds): Promise<string> {
	// The first one may still load and compile code.
	await timed(startPortal);
	const portal = await repeated(rounds.portal, startPortal);
	const n8n = await repeated(rounds.n8n, () => startN8n({ packages: [ROOT] }));
	return table({ name: 'sandbox portal', times: spread(portal) }, { name: 'n8n', times: spread(n8n) });
}

async function repeated(rounds: number, start: () => Promise<Stoppable>): Promise<number[]> {
	const times: number[] = [];
	while (times.length < rounds) times.push(await timed(start));
	return times;
}

interface Stoppable {
	stop(): Promise<void>;
}

/** Milliseconds until it answers; stopping it again does not count. */
async function timed(start: () => Promise<Stoppable>): Promise<number> {
	const began = performance.now();
	const running = await start();
	const time = performance.now() - began;
	await running.stop();
	return time;
}
