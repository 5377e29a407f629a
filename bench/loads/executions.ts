import { setTimeout as sleep } from 'node:timers/promises';
import { lines, spread } from '../report';
import { boundOf, loadOf, loadTable, REGISTER, seconds, SHOW, timed, type Measured } from './load';
import { AT_ONCE, PACER, sendPlainly, type PlainCall } from './plain';
import { RemotePortal } from './remotePortal';
import { execute, newCalls, warmUp } from './runner';

/** How large a load is, and how slow the portal. */
export interface LoadSize {
	count: number;
	/** Share of a real portal's service times. */
	timeFactor: number;
}

/**
 * Row 1: executions at once, one Register each, in n8n's engine in this process; beside them plain calls and a pacer.
 * @returns the table to print
 */
export async function registers({ count, timeFactor }: LoadSize): Promise<string> {
	const ours = await RemotePortal.during(timeFactor, async (portal) => {
		await warmUpElsewhere();
		const { result, time } = await timed(
			async () =>
				await Promise.all(
					newCalls(count).map(async (item) => (await execute(portal, 'register', [item])).items(0).length),
				),
		);
		const { requests, running } = await portal.traffic();
		if (result.filter((done) => done === 1).length > running)
			throw new Error('An execution succeeded without a call at the portal');
		return { name: 'Bitrix24 Telephony', lost: count - running, requests, time };
	});
	const calls: PlainCall[] = newCalls(count).map(({ id, number }) => ({
		method: 'telephony.externalCall.register',
		parameters: { USER_ID: 2, PHONE_NUMBER: number, TYPE: 2, EXTERNAL_CALL_ID: id, SHOW: 1, CRM_CREATE: 0 },
	}));
	const plain = async (how: typeof PACER): Promise<Measured> =>
		await RemotePortal.during(timeFactor, async (portal) => await sendPlainly(portal, how, calls, timeFactor));
	return loadTable([ours, await plain(AT_ONCE), await plain(PACER)], boundOf(loadOf(count, [REGISTER], timeFactor)));
}

/**
 * Row 2: executions that come evenly over some time, one Show each. The wait is from the start of the execution, when
 * the call is ready, until the request that carries it comes in at the portal; both by the clock of this machine.
 * @param within milliseconds over which they come
 * @returns the tables to print
 */
export async function shows({ count, timeFactor, within }: LoadSize & { within: number }): Promise<string> {
	return await RemotePortal.during(timeFactor, async (portal) => {
		await warmUpElsewhere();
		const ids = await portal.register(count);
		const started = new Map<string, number>();
		const answers: number[] = [];
		const { result, time } = await timed(
			async () =>
				await Promise.all(
					ids.map(async (CALL_ID, index) => {
						await sleep((index * within) / count);
						started.set(CALL_ID, Date.now());
						const one = await timed(async () => await execute(portal, 'show', [{ CALL_ID }]));
						answers.push(one.time);
						return one.result.json[0]?.SHOWN === true;
					}),
				),
		);
		const { requests, arrivals } = await portal.traffic();
		const waits = ids.map((id) => (arrivals[id] ?? Infinity) - (started.get(id) ?? 0));
		const bound = boundOf(loadOf(count, [SHOW], timeFactor, (index) => (index * within) / count));
		const ours = { name: 'Bitrix24 Telephony', lost: result.filter((isShown) => !isShown).length, requests, time };
		return `${loadTable([ours], bound)}\n\n${waitTable({ 'until the request leaves': waits, 'until the answer': answers })}`;
	});
}

function waitTable(rows: Record<string, number[]>): string {
	const cells = Object.entries(rows).map(([name, values]) => {
		const { min, median, max } = spread(values);
		return [name, ...[min, median, max].map(seconds)];
	});
	return lines([['', 'min', 'median', 'max'], ...cells]);
}

let isWarm = false;

/** At a portal of its own, so that the dispatcher of the measured one knows nothing yet. */
async function warmUpElsewhere(): Promise<void> {
	if (!isWarm) await RemotePortal.during(0, warmUp);
	isWarm = true;
}
