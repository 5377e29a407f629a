import { setTimeout as sleep } from 'node:timers/promises';
import { lines, spread } from '../report';
import type { LoadSize } from './executions';
import { boundOf, FINISH, loadOf, loadTable, LOG, MODEL, seconds, timed } from './load';
import { AT_ONCE, sendPlainly } from './plain';
import { RemotePortal } from './remotePortal';
import { execute, newCalls, oneRun } from './runner';

/**
 * Row 4: Finish items in one run; beside them the same calls all at once, as n8n's HTTP Request node sends them.
 * @returns the table to print
 */
export async function finishes({ count, timeFactor }: LoadSize): Promise<string> {
	const ours = await RemotePortal.during(timeFactor, async (portal) => {
		const ids = await portal.register(count);
		const measured = await oneRun(
			portal,
			'Bitrix24 Telephony',
			'finish',
			ids.map((CALL_ID) => ({ CALL_ID })),
		);
		return { ...measured, lost: count - (await portal.traffic()).logged };
	});
	const plain = await RemotePortal.during(timeFactor, async (portal) => {
		const ids = await portal.register(count);
		const parameters = { USER_ID: 2, DURATION: 7, STATUS_CODE: '200', ADD_TO_CHAT: 1 };
		return await sendPlainly(
			portal,
			AT_ONCE,
			ids.map((CALL_ID) => ({ method: 'telephony.externalCall.finish', parameters: { CALL_ID, ...parameters } })),
			timeFactor,
		);
	});
	return loadTable([ours, plain], boundOf(loadOf(count, [FINISH], timeFactor)));
}

/**
 * Row 5: Log Calls in one run.
 * @returns the table to print, and how many requests they would take one by one
 */
export async function imports({ count, timeFactor }: LoadSize): Promise<string> {
	const ours = await RemotePortal.during(timeFactor, async (portal) => {
		const measured = await oneRun(portal, 'Bitrix24 Telephony', 'logCall', newCalls(count));
		return { ...measured, lost: count - (await portal.traffic()).logged };
	});
	const load = loadOf(count, LOG, timeFactor);
	const portalsOwn = boundOf(load, { longest: 60_000 });
	return `${loadTable([ours], boundOf(load))}
By the portal's own 60 s a request the bound is ${seconds(portalsOwn)}: time / bound ${(ours.time / portalsOwn).toFixed(2)}.
One by one, with 3 requests a call: ${3 * count} requests, ${((3 * count) / ours.requests).toFixed(1)} times as many; by 2 a second ${seconds(paced(3 * count))}.`;
}

/** Milliseconds until the last of so many requests may leave one by one. */
function paced(requests: number): number {
	return (Math.max(0, requests - MODEL.limit.burst) / MODEL.limit.perSecond) * 1000;
}

/**
 * Row 6: single executions with one Show each, alone and while another execution imports. The import is cancelled at
 * the end.
 * @param pause milliseconds between two Shows
 * @returns the table to print
 */
export async function liveBesideImport({
	count,
	timeFactor,
	shows,
	pause,
}: LoadSize & { shows: number; pause: number }): Promise<string> {
	const one = async (isBeside: boolean): Promise<number[]> =>
		await RemotePortal.during(timeFactor, async (portal) => {
			const ids = await portal.register(shows);
			const cancel = new AbortController();
			const importing = isBeside ? execute(portal, 'logCall', newCalls(count), { signal: cancel.signal }) : undefined;
			const times: number[] = [];
			for (const CALL_ID of ids) {
				await sleep(pause);
				const { result, time } = await timed(async () => await execute(portal, 'show', [{ CALL_ID }]));
				if (result.json[0]?.SHOWN !== true)
					throw new Error(`A card was not shown: ${result.error?.message ?? JSON.stringify(result.items(1))}`);
				times.push(time);
			}
			cancel.abort();
			await importing;
			return times;
		});
	const [alone, beside] = [spread(await one(false)), spread(await one(true))];
	const cells = (name: string, { count: runs, min, median, max }: typeof alone): string[] => [
		name,
		String(runs),
		...[min, median, max].map(seconds),
	];
	return lines([
		['', 'runs', 'min', 'median', 'max'],
		cells('alone', alone),
		cells(`while ${count} Log Calls run`, beside),
		['with them / alone', '', '', (beside.median / alone.median).toFixed(2), ''],
	]);
}
