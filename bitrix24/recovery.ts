import { BURST_CODE, failed, isCrash, OPERATING_CODE, success, type Answer, type Failure } from './failure';
import { withoutReferences, type Sent } from './parameters';
import type { Call, Evidence } from './plan';

/** How calls are sent and time passes, for {@link recover}. */
export interface RecoveryMeans {
	/** Sends one call and reads its answer. */
	sendOne: (call: Call) => Promise<Answer<unknown>>;
	/** Waits, in milliseconds. */
	sleep: (milliseconds: number) => Promise<void>;
	/** From 0 to below 1. */
	random: () => number;
	/** True when nobody wants the answer any more. */
	isStopped: () => boolean;
	/** Milliseconds that may go by between attempts, all in all. */
	patience: number;
}

/** Waits before each attempt, milliseconds. A portal that restarts is back within half a minute. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

/** An answer that makes no sense is asked for once more. */
const ODD_ATTEMPTS = 1;

/** Spread by chance, so that many do not come back at the same moment. */
function waits({ patience, random }: RecoveryMeans): number[] {
	let left = patience;
	return WAITS.map((wait) => wait * (0.5 + random())).filter((wait) => (left -= wait) >= 0);
}

/** Whether something may still be found out, or done, about a call that brought no result. */
export function isRecoverable(call: Call, { kind, code, isGivenUp }: Failure): boolean {
	if (kind === 'unknown') return call.effect !== 'once' || call.evidence !== undefined;
	return kind === 'limited' && (code === OPERATING_CODE || code === BURST_CODE) && !isGivenUp;
}

/**
 * Finds out what became of a call whose answer was lost, and does what is left to do. A read or a repeatable call is
 * sent again. One that counts once is looked for first, and sent again only when there is no trace of it.
 *
 * @param call without references.
 * @returns its result, its refusal, or what stays unknown.
 */
export async function recover(call: Call, lost: Failure, means: RecoveryMeans): Promise<Answer<unknown>> {
	let last = lost;
	let doubt: Failure | undefined;
	const left = waits(means);
	for (const [attempt, wait] of left.entries()) {
		if (last.kind === 'unknown') doubt = last;
		if (last.isOdd && attempt >= ODD_ATTEMPTS) break;
		await means.sleep(Math.max(underWay(call, last), wait));
		if (means.isStopped()) break;
		const traced = call.evidence && last.kind === 'unknown' ? await trace(call, call.evidence, true, means) : undefined;
		if (traced?.ok) return traced;
		// A question without an answer is no proof that nothing happened.
		if (traced && traced.failure !== NO_TRACE) {
			if (traced.failure.kind === 'refused' && call.effect === 'once') break;
			if (traced.failure.kind !== 'refused') continue;
		}
		const again = await means.sendOne(call);
		if (again.ok) return again;
		if (call.evidence?.refusal?.(again.failure)) {
			const explained = await explain(call, again.failure, means, doubt !== undefined, left.slice(attempt + 1));
			if (explained.ok || !doubt) return explained;
			if (!isCrash(again.failure)) return failed(doubt);
			continue;
		}
		// Others may have used up the time of the method again.
		if (again.failure.kind !== 'unknown' && !isRecoverable(call, again.failure)) return again;
		last = again.failure;
	}
	return failed(last);
}

/**
 * Milliseconds for which a lost call may still be under way. Looking too early would find no trace, and a repeat would
 * do it twice; where that does harm, nothing but the portal's own limit is sure.
 */
function underWay({ effect }: Call, { kind, pending = 0, pendingAtMost = 0 }: Failure): number {
	if (kind !== 'unknown') return 0;
	return effect === 'once' ? pendingAtMost : pending;
}

/**
 * Looks whether a refused call was carried out after all, or before.
 *
 * @param wasLost true when this run sent the call before and lost the answer: its trace may still have to appear.
 * @param left waits before further looks, milliseconds.
 * @returns its result of then, or the refusal.
 */
export async function explain(
	call: Call,
	refusal: Failure,
	means: RecoveryMeans,
	wasLost = false,
	left = waits(means),
): Promise<Answer<unknown>> {
	if (!call.evidence?.refusal?.(refusal)) return failed(refusal);
	const isOurs = wasLost || isCrash(refusal);
	let traced = await trace(call, call.evidence, isOurs, means);
	for (const wait of wasLost && !isCrash(refusal) ? left : []) {
		if (traced.ok || (traced.failure.kind === 'refused' && traced.failure !== NO_TRACE)) break;
		await means.sleep(wait);
		if (means.isStopped()) break;
		traced = await trace(call, call.evidence, isOurs, means);
	}
	return traced.ok ? traced : failed(refusal);
}

const NO_TRACE: Failure = { kind: 'refused', status: 0, code: '', text: 'no trace', method: '' };

async function trace(
	call: Call,
	evidence: Evidence<unknown>,
	isOurs: boolean,
	means: RecoveryMeans,
): Promise<Answer<unknown>> {
	const sent: Sent = withoutReferences(call.parameters, []);
	let answer = await means.sendOne(evidence.ask(sent));
	for (const wait of waits(means).slice(0, 3)) {
		if (answer.ok || answer.failure.kind !== 'unknown' || means.isStopped()) break;
		await means.sleep(wait);
		answer = await means.sendOne(evidence.ask(sent));
	}
	if (!answer.ok) return answer;
	const found = evidence.read(answer.value, sent, isOurs);
	return found === undefined ? failed(NO_TRACE) : success(found);
}
