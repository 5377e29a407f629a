import { history, rowWith, type HistoryRow } from '../../../bitrix24/methods/history';
import { ask, type Conversation } from '../../../bitrix24/plan';
import type { ReportedCall } from './item';

type Named = Pick<ReportedCall, 'callId' | 'externalCallId'>;

/**
 * Milliseconds between two looks for a call whose recording was reported before its end was recorded, and for all of
 * them.
 */
const FIRST_PAUSE = 2000;
const LONGEST_WAIT = 30_000;

/**
 * Finds a reported call in the history, by CALL_ID or by the phone system's id. A recording may be reported while the
 * end of the call is still on its way, in another execution, so it looks again a few times.
 *
 * @param wait milliseconds that the user lets a recording take; looking takes no longer.
 */
export function* awaitedRow(call: Named, wait: number): Conversation<HistoryRow | undefined> {
	let row = yield* rowOf(call);
	const end = Math.min(wait, LONGEST_WAIT);
	for (let waited = 0, pause = FIRST_PAUSE; !row && waited + pause <= end; waited += pause, pause *= 2) {
		yield* ask({ pause });
		row = yield* rowOf(call);
	}
	return row;
}

function* rowOf({ callId, externalCallId }: Named): Conversation<HistoryRow | undefined> {
	if (callId) return rowWith('CALL_ID', callId)(yield* ask(history({ CALL_ID: callId })));
	return externalCallId
		? rowWith('EXTERNAL_CALL_ID', externalCallId)(yield* ask(history({ EXTERNAL_CALL_ID: externalCallId })))
		: undefined;
}
