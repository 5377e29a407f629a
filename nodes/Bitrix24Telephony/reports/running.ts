import { register, type Registration } from '../../../bitrix24/methods/calls';
import { history, type HistoryRow } from '../../../bitrix24/methods/history';
import { ask, askEach, type Conversation } from '../../../bitrix24/plan';
import { isSameNumber } from '../../common/clicks';

/** An outgoing call whose CALL_ID the phone system does not carry. */
export interface OutgoingCall {
	userId: number;
	phoneNumber: string;
	/** ISO 8601. */
	start: string;
	/** Seconds. */
	duration: number;
}

/**
 * Finds the running call of an employee and a number by registering it again: the portal answers with the one that runs
 * (employee, number and type, without external id, of the last 30 minutes; voximplant/lib/rest/helper.php). It compares
 * numbers as they are written, so each usual spelling is tried. A spelling under which nothing runs leaves a silent call
 * behind, which nobody sees and the portal drops after 30 days.
 *
 * @returns CALL_ID of the call that runs; of one made just now when none does.
 */
export function* runningCall({ userId, phoneNumber }: OutgoingCall, crmCreate: boolean): Conversation<string> {
	const parameters = { USER_ID: userId, TYPE: 1, SHOW: 0, CRM_CREATE: crmCreate ? 1 : 0 };
	const found = yield* askEach(spellings(phoneNumber).map((PHONE_NUMBER) => register({ ...parameters, PHONE_NUMBER }, true)));
	// The id ends in the second of its registration (contract data), so the one that ran before has the lowest.
	const [oldest] = [...found].sort((one, other) => registeredAt(one) - registeredAt(other));
	return oldest?.CALL_ID ?? '';
}

function registeredAt({ CALL_ID }: Registration): number {
	return Number(/\.(\d+)$/.exec(CALL_ID)?.[1] ?? Infinity);
}

/** As it came first: where nothing runs that one counts. */
function spellings(phoneNumber: string): string[] {
	const digits = phoneNumber.replace(/\D/g, '');
	return digits.length < 7 ? [phoneNumber] : [...new Set([phoneNumber, `+${digits}`, digits])];
}

/** Milliseconds from a click to the moment at which the phone system begins the call, at most. */
const CLICK_TO_CALL = 60_000;

/**
 * Looks whether an outgoing call is in the history, for a report that came before.
 *
 * @returns its row: same employee, number and duration, and begun shortly before the phone system began it.
 */
export function* rowOfCall({ userId, phoneNumber, start, duration }: OutgoingCall): Conversation<HistoryRow | undefined> {
	const begun = Date.parse(start);
	const since = new Date(begun - CLICK_TO_CALL).toISOString();
	const rows = yield* ask(history({ PORTAL_USER_ID: userId, '>=CALL_START_DATE': since }, { SORT: 'CALL_START_DATE', ORDER: 'ASC' }));
	return rows.find(
		(row) =>
			Number(row.CALL_DURATION) === duration &&
			isSameNumber(String(row.PHONE_NUMBER ?? ''), phoneNumber) &&
			Date.parse(String(row.CALL_START_DATE)) <= begun + CLICK_TO_CALL,
	);
}
