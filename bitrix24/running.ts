import { register } from './methods/calls';
import { serverTime } from './methods/portal';
import { spellings } from './numbers';
import { askAll, askEach, type Call, type Conversation } from './plan';

/** Whose running call is wanted. */
export interface Wanted {
	employee: { USER_ID: number } | { USER_PHONE_INNER: string };
	phoneNumber: string;
	incoming: boolean;
	/** Digits of the home country, so that national spellings of the number are tried. */
	countryCode?: string;
}

/** What {@link findRunning} found. */
export interface Running {
	/**
	 * When {@link isNew}, of a blank that the question left and nobody should finish: its start lies in {@link LONG_AGO}.
	 */
	callId: string;
	/** True when no such call runs. */
	isNew: boolean;
}

/**
 * Start of the calls that the question itself registers. The portal never takes one for a call that is registered
 * later, for it compares the start that it has stored (voximplant/lib/rest/helper.php): so neither another question nor
 * a click gets it.
 */
const LONG_AGO = '2020-01-01T00:00:00+00:00';

/**
 * Finds the unfinished call of an employee, number and direction: a phone system that does not carry Bitrix24's CALL_ID
 * reports no more of it.
 *
 * No method lists running calls. Registering answers with the CALL_ID of an unfinished call of the same application,
 * employee, number and type that started within the last 30 minutes, whatever its external id, as long as none is sent
 * (voximplant/lib/rest/helper.php; issue 175 of bitrix-tools/b24-rest-docs); else it makes a new one. Two things tell
 * which:
 * - A CALL_ID ends in the Unix time of its registration. One from before the portal's clock of this request is running.
 * - In doubt the question is asked again. A blank of the first time is never found by the second, so the same CALL_ID
 *   twice is of a running call, registered in this very second.
 *
 * Each question that finds nothing leaves two blanks a spelling: no card, no client, no row in the history; the portal
 * drops them after 30 days (voximplant/lib/agent/callcleaner.php). They send ONVOXIMPLANTCALLINIT and
 * ONVOXIMPLANTCALLSTART. Not confirmed on a real portal: that a blank never matches, which stands in the source only.
 *
 * @returns the call in the first spelling that has one. Fails as register does, for example when the employee is
 * unknown.
 */
export function* findRunning(wanted: Wanted): Conversation<Running> {
	const questions = spellings(wanted.phoneNumber, wanted.countryCode).map((number) => question(wanted, number));
	const [clock, ...first] = yield* askAll(serverTime, ...questions);
	const asked = first.map(({ CALL_ID }) => CALL_ID);
	const older = asked.find((callId) => registeredAt(callId) * 1000 < Date.parse(clock));
	if (older !== undefined) return { callId: older, isNew: false };
	const again = (yield* askEach(questions)).map(({ CALL_ID }) => CALL_ID);
	const same = again.find((callId, index) => callId === asked[index]);
	return { callId: same ?? again[0] ?? '', isNew: same === undefined };
}

/** Registers without opening anything that anybody has to close. A repeat leaves another blank. */
function question({ employee, incoming }: Wanted, number: string): Call<{ CALL_ID: string }> {
	const parameters = {
		...employee,
		PHONE_NUMBER: number,
		TYPE: incoming ? 2 : 1,
		CALL_START_DATE: LONG_AGO,
		SHOW: 0,
		CRM_CREATE: 0,
	};
	return { ...register(parameters, true), begins: undefined };
}

/** @returns Unix time; infinite when the id does not tell */
function registeredAt(callId: string): number {
	const [, seconds] = /\.(\d{10})$/.exec(callId) ?? [];
	return seconds === undefined ? Infinity : Number(seconds);
}
