import { toId } from '../../../bitrix24/decode';
import { finish, hide, isNotFound, type Finished } from '../../../bitrix24/methods/calls';
import { employeeByExtension } from '../../../bitrix24/methods/employees';
import { asFinished } from '../../../bitrix24/methods/history';
import { lines } from '../../../bitrix24/methods/lines';
import { isSameNumber } from '../../../bitrix24/numbers';
import { statusCodeOf } from '../../../bitrix24/outcomes';
import { ask, askEach, optional, tried, type Call, type Conversation } from '../../../bitrix24/plan';
import { findRunning } from '../../../bitrix24/running';
import { phoneSystem } from '../../../pbx';
import { forgetClick, recallClick } from '../../common/clicks';
import { finishedCall } from '../fields/call';
import { logOnce, type PastCall } from '../operations/call/logging';
import type { Refusal, ShownItem } from '../shown';
import { employeeOfCall, type CreditRule } from './credit';
import type { ReportedCall } from './item';
import { rowOfCall, type OutgoingCall } from './running';

/** How reported calls are to be treated. */
export interface ReportRule extends CreditRule {
	addToChat: boolean;
	crmCreate: boolean;
	workflowId: string;
	/** Milliseconds since 1970. */
	now: number;
	/** Whether this report has been here before; takes down that it was. */
	wasHere: (externalCallId: string) => Promise<boolean>;
}

/** Number under which callers without one are logged: the portal refuses a call without digits (helper.php). */
const ANONYMOUS = '0';

/** Milliseconds by which the phone system's clock may go before n8n's. */
const CLOCKS_DIFFER = 300_000;

/** Milliseconds; a call that began earlier is not found any more (voximplant/lib/rest/helper.php: 30 minutes). */
const FINDABLE = 29 * 60_000;

/**
 * Brings a reported call into the history: finishes it under its CALL_ID; without one, finishes the running call of
 * this employee and number, or logs it. A report that comes again changes nothing.
 */
export function* recordCall(call: ReportedCall, rule: ReportRule): Conversation<ShownItem | Refusal> {
	const userId = yield* employeeOfCall(call, rule);
	if (userId === undefined) return nobody(call);
	const past = pastCall(call, userId, rule);
	const isUnnamed =
		!call.callId && call.direction === 'outgoing' && !call.isSuperseded && !phoneSystem(call.system)?.carriesCallId;
	if (isUnnamed) return yield* recordUnnamed(call, { ...past, userId }, rule);
	const finished = call.callId === undefined ? undefined : yield* finishKnown(call.callId, userId, call, rule);
	return finished ? shown(finished, call) : yield* log(call, past);
}

function nobody({ extension, employeePhone, talked }: ReportedCall): Refusal {
	const named = [...talked.map((talk) => talk.extension), extension, employeePhone].filter(Boolean).join(', ');
	return {
		refused: named ? `No active employee has the extension or phone number ${named}` : 'The report names no employee',
		hint: 'The call is not in the history yet. Enter the extension in the employee’s profile in Bitrix24, or add the option Employee If Unknown, then run the item again.',
	};
}

/** @returns undefined when the portal knows no such call, running or finished */
function* finishKnown(
	callId: string,
	userId: number,
	call: ReportedCall,
	rule: ReportRule,
): Conversation<Finished | undefined> {
	yield* hideCards(callId, userId, call.rung);
	const finishing: Call<Finished | undefined> = {
		...finish(finishParameters(callId, userId, call, rule)),
		optional: isNotFound,
	};
	const finished = yield* ask(finishing);
	if (finished) forgetClick(callId);
	return finished;
}

/**
 * Finish closes the card of one employee only, and nobody can close one afterwards (voximplant/lib/rest/helper.php).
 */
function* hideCards(callId: string, userId: number, rung: string[]): Conversation<void> {
	const found = yield* askEach(rung.map((extension) => tried(employeeByExtension(extension))));
	const others = found.flatMap((rows) => toId(rows?.[0]?.ID) ?? []).filter((id) => id !== userId);
	if (others.length > 0) yield* ask(tried(hide(callId, others)));
}

function finishParameters(callId: string, userId: number, call: ReportedCall, { addToChat }: ReportRule) {
	return {
		CALL_ID: callId,
		USER_ID: userId,
		DURATION: call.duration,
		STATUS_CODE: statusCodeOf(call.outcome, call.direction === 'incoming', call.duration),
		ADD_TO_CHAT: addToChat ? 1 : 0,
		FAILED_REASON: call.reason,
	};
}

/**
 * The report may be of a click, but does not say of which. The claim keeps two items with the same report apart; one
 * that comes again is known before a click is looked for: it must not finish the next call of the same number.
 */
function* recordUnnamed(
	call: ReportedCall,
	outgoing: OutgoingCall & PastCall,
	rule: ReportRule,
): Conversation<ShownItem | Refusal> {
	const key = `report ${call.system} ${outgoing.externalCallId}`;
	const claimed = yield* ask({ claim: key });
	const before = claimed.isMine ? yield* recordedBefore(outgoing, rule) : (claimed.done as Finished);
	if (before) return shown({ ...before, ALREADY_FINISHED: true }, call);
	const click = recallClick(rule.workflowId, outgoing.userId, call.phoneNumber, rule.now);
	const known = click && (yield* finishKnown(click.callId, outgoing.userId, call, rule));
	const finished = known ?? (yield* finishRunning(call, outgoing, rule));
	if (!finished) return yield* log(call, outgoing);
	yield* ask({ settle: key, done: finished });
	return shown(finished, call);
}

/** @returns undefined when no call of this employee and number runs */
function* finishRunning(
	call: ReportedCall,
	{ userId, phoneNumber, start }: OutgoingCall,
	rule: ReportRule,
): Conversation<Finished | undefined> {
	if (rule.now - Date.parse(start) >= FINDABLE) return undefined;
	const { callId, isNew } = yield* findRunning({ employee: { USER_ID: userId }, phoneNumber, incoming: false });
	return isNew ? undefined : yield* ask(finish(finishParameters(callId, userId, call, rule)));
}

function* recordedBefore(
	outgoing: OutgoingCall & PastCall,
	{ wasHere }: ReportRule,
): Conversation<Finished | undefined> {
	const isRepeat = yield* ask({ aside: async () => await wasHere(outgoing.externalCallId ?? '') });
	const row = isRepeat ? yield* rowOfCall(outgoing) : undefined;
	return row && asFinished(row);
}

/**
 * The application's line with a number: phone systems write it otherwise. Another one would be created (helper.php), so
 * it is left out.
 */
function* knownLine(number: string | undefined): Conversation<string | undefined> {
	if (number === undefined) return undefined;
	const rows = (yield* ask(optional({ ...lines, shared: true }))) ?? [];
	return rows.map((row) => String(row.NUMBER)).find((one) => isSameNumber(one, number));
}

function* log({ lineNumber }: ReportedCall, call: PastCall): Conversation<ShownItem | Refusal> {
	const logged = yield* logOnce({ ...call, line: yield* knownLine(lineNumber) }, call.externalCallId ?? '');
	if ('refused' in logged) return logged;
	const [item = { json: {} }] = [logged].flat();
	return item;
}

function pastCall(call: ReportedCall, id: number, { addToChat, crmCreate, now }: ReportRule): PastCall {
	const incoming = call.direction === 'incoming';
	const isAnonymous = !/\d/.test(call.phoneNumber);
	// Some systems tell no offset: read in a wrong time zone, a start may lie in the future.
	const isPast = call.start !== undefined && Date.parse(call.start) < now + CLOCKS_DIFFER;
	const start = call.start !== undefined && isPast ? call.start : new Date(now - call.duration * 1000).toISOString();
	return {
		employee: { id },
		phoneNumber: isAnonymous ? ANONYMOUS : call.phoneNumber,
		incoming,
		start,
		duration: call.duration,
		statusCode: statusCodeOf(call.outcome, incoming, call.duration),
		externalCallId: call.externalCallId ?? call.callId ?? `${call.system}-${start}-${call.phoneNumber}`,
		skipLogged: true,
		recording: 'none',
		messages: [],
		crmCreate: crmCreate && !isAnonymous,
		addToChat,
	};
}

function shown(finished: Finished, { outcome, outcomeWord }: ReportedCall): ShownItem {
	const { json, errors } = finishedCall(finished);
	const isOdd = outcome === 'other' && outcomeWord !== undefined;
	return {
		json: { ...json, ALREADY_FINISHED: json.ALREADY_FINISHED === true },
		warnings: [
			...errors.map((text) => `The call is finished, but: ${text}`),
			...(isOdd
				? [`The outcome “${outcomeWord}” of the phone system is not known here, so the call is finished as Other`]
				: []),
		],
	};
}
