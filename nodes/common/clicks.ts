import type { IDataObject } from 'n8n-workflow';
import { toId } from '../../bitrix24/decode';
import { isSameNumber } from '../../bitrix24/numbers';

/** A click on a phone number whose call may still run. */
export interface Click {
	callId: string;
	userId: number;
	/**
	 * As Bitrix24 wrote it: registering again finds the call under this spelling only (voximplant/lib/rest/helper.php).
	 */
	phoneNumber: string;
}

interface Kept extends Click {
	workflowId: string;
	/** Milliseconds since 1970. */
	at: number;
}

/** Milliseconds. No call lasts longer. */
const KEPT_FOR = 12 * 3_600_000;
const MOST = 10_000;

/** Oldest first. */
const clicks = new Map<string, Kept>();

/**
 * Remembers a click, as an item of the trigger, for phone systems that do not carry its CALL_ID. Other events are left
 * out.
 */
export function rememberClick(workflowId: string, item: IDataObject, now: number): void {
	const { event, CALL_ID: callId, PHONE_NUMBER: phoneNumber } = item;
	const userId = toId(item.USER_ID);
	if (event !== 'ONEXTERNALCALLSTART' || typeof callId !== 'string' || userId === undefined || !phoneNumber) return;
	clicks.delete(callId);
	clicks.set(callId, { callId, userId, phoneNumber: String(phoneNumber), workflowId, at: now });
	for (const [id, { at }] of clicks) {
		if (clicks.size <= MOST && now - at < KEPT_FOR) break;
		clicks.delete(id);
	}
}

/**
 * The click that a call came of, as far as this process saw it.
 *
 * @param phoneNumber in any spelling: the last nine digits decide.
 * @returns the latest; undefined when none is known.
 */
export function recallClick(workflowId: string, userId: number, phoneNumber: string, now: number): Click | undefined {
	const isOf = (click: Kept): boolean =>
		click.workflowId === workflowId &&
		click.userId === userId &&
		now - click.at < KEPT_FOR &&
		isSameNumber(click.phoneNumber, phoneNumber);
	return [...clicks.values()].filter(isOf).at(-1);
}

/** The employee who clicked, as far as this process saw it. */
export function clickedBy(callId: string): number | undefined {
	return clicks.get(callId)?.userId;
}

/** The call is over. */
export function forgetClick(callId: string): void {
	clicks.delete(callId);
}
