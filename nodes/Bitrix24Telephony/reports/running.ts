import { history, type HistoryRow } from '../../../bitrix24/methods/history';
import { ask, type Conversation } from '../../../bitrix24/plan';
import { isSameNumber } from '../../../bitrix24/numbers';

/** An outgoing call whose CALL_ID the phone system does not carry. */
export interface OutgoingCall {
	userId: number;
	phoneNumber: string;
	/** ISO 8601. */
	start: string;
	/** Seconds. */
	duration: number;
}

/** Milliseconds from a click to the moment at which the phone system begins the call, at most. */
const CLICK_TO_CALL = 60_000;

/**
 * Looks whether an outgoing call is in the history, for a report that came before.
 *
 * @returns its row: same employee, number and duration, and begun shortly before the phone system began it.
 */
export function* rowOfCall({
	userId,
	phoneNumber,
	start,
	duration,
}: OutgoingCall): Conversation<HistoryRow | undefined> {
	const begun = Date.parse(start);
	const since = new Date(begun - CLICK_TO_CALL).toISOString();
	const rows = yield* ask(
		history({ PORTAL_USER_ID: userId, '>=CALL_START_DATE': since }, { SORT: 'CALL_START_DATE', ORDER: 'ASC' }),
	);
	return rows.find(
		(row) =>
			Number(row.CALL_DURATION) === duration &&
			isSameNumber(String(row.PHONE_NUMBER ?? ''), phoneNumber) &&
			Date.parse(String(row.CALL_START_DATE)) <= begun + CLICK_TO_CALL,
	);
}
