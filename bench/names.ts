import { startPortal } from '../sandbox/portal';
import { connectPortal, type Demo } from '../tools/demo';
import { timeToStart } from './clickToStart';
import { genuineDelivery, ours } from './contestants';
import { spread, table } from './report';

/** Ids from which nobody works at the sandbox portal: nobody is remembered, so each is asked for. */
const STRANGERS = 100_000;
/** Milliseconds between clicks, so that the portal's request limit holds nobody up. */
const PAUSE = 1000;

/**
 * Figure 1d: the time from a click to the first node, and the requests it takes, without names, with the name of the
 * client where the employee is known, and with both looked up. They take turns.
 * @param rounds how often each is measured
 * @returns the table to print
 */
export async function namesOfClicks({ n8n, sandbox, credentials, ...demo }: Demo, rounds: number): Promise<string> {
	const portal = await startPortal({ timeFactor: 1 });
	try {
		const own: Demo = {
			...demo,
			n8n,
			sandbox: { ...sandbox, portal },
			credentials: { ...credentials, bitrix24: await connectPortal(n8n, portal) },
		};
		const [without, named] = [await ours(own, 1.1), await ours(own, 1.2)];
		const body = await genuineDelivery(own);
		const by = (round: number): string => body.replace(/(USER_ID%5D=)\d+/, `$1${STRANGERS + round}`);
		const kinds = [
			{ name: 'names off', trigger: without, clickOf: () => body },
			{ name: 'names on, employee known', trigger: named, clickOf: () => body },
			{ name: 'names on, employee not known', trigger: named, clickOf: by },
		].map((kind) => ({ ...kind, times: new Array<number>(), requests: 0 }));
		for (let round = -1; round < rounds; round += 1) {
			for (const kind of kinds) {
				await new Promise((resolve) => setTimeout(resolve, PAUSE));
				portal.state.requests.splice(0);
				const time = await timeToStart(own, kind.trigger, kind.clickOf(round));
				if (round < 0) continue;
				kind.times.push(time);
				kind.requests += portal.state.requests.length;
			}
		}
		for (const { workflowId } of [without, named]) await n8n.deactivate(workflowId);
		const row = ({ name, times, requests }: (typeof kinds)[number]) => ({
			name,
			times: spread(times),
			counts: { 'requests a click': requests / rounds },
		});
		const [off, known, unknown] = kinds.map(row);
		if (!off || !known || !unknown) throw new Error('Nothing was measured');
		return table(off, known, unknown);
	} finally {
		await portal.stop();
	}
}
