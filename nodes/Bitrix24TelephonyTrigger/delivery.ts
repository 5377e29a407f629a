import type { IDataObject } from 'n8n-workflow';
import { hasMark, looksSigned, sameText } from '../../bitrix24/handlerSignature';
import { decodeForm, type Decoded, type DecodedMap } from '../../bitrix24/phpForm';
import { TEST_EVENT } from '../common/deliveryCheck';
import { events, typed } from './events';

/** A request that reached the trigger's address. */
export interface Delivery {
	/** Value of the query parameter that carries the signature. */
	signature: unknown;
	/** Raw body; undefined when n8n could not read one. */
	body: Buffer | undefined;
}

/** What a genuine delivery has to fit. Secrets are kept as marks only. */
export interface Expected {
	signatureMark: string;
	memberId: string;
	/** Mark of the application token; empty when the user gave none. */
	applicationTokenMark: string;
	/** Codes of the events that the trigger listens to. */
	events: string[];
}

/** A delivery that is none of ours: why, and the HTTP status that says so. */
export interface Refusal {
	refused: string;
	status: 403 | 413;
}

/** The item of a genuine delivery; a test event, which only wants to be acknowledged; or why it was refused. */
export type Verdict = { item: IDataObject } | { test: true } | Refusal;

/** Bytes. An event has one or two thousand; whoever sends more wants to keep n8n busy. */
const LARGEST_BODY = 65_536;

/** Makes the refusal of a request that is not for this trigger. */
export function refusal(refused: string): Refusal {
	return { refused, status: 403 };
}

/**
 * Refuses what can be refused for nothing: before anything is read, hashed or decoded.
 *
 * @returns undefined for a delivery that deserves a closer look.
 */
export function refuseAtSight({ signature, body }: Delivery): Refusal | undefined {
	if (body && body.length > LARGEST_BODY)
		return { refused: `The body has more than ${LARGEST_BODY} bytes`, status: 413 };
	return looksSigned(signature) ? undefined : refusal('The signature does not fit');
}

/**
 * Verifies a delivery and turns it into an item. The signature is checked before anything is decoded.
 *
 * @returns the item without any token: tokens would be stored in the execution. `ts` is Unix time in seconds. A
 *   delivery
 *   without user token is as good as one with it (b24 documentation, auth-params-in-events).
 */
export function receive(delivery: Delivery, expected: Expected): Verdict {
	const atSight = refuseAtSight(delivery);
	if (atSight) return atSight;
	if (!hasMark(delivery.signature, expected.signatureMark)) return refusal('The signature does not fit');
	if (!delivery.body) return refusal('The body is not form-encoded');
	const decoded = decodeForm(delivery.body.toString('utf8'));
	const auth = mapOf(decoded.auth);
	if (!sameText(auth.member_id, expected.memberId)) return refusal('The event comes from another portal');
	if (expected.applicationTokenMark && !hasMark(auth.application_token, expected.applicationTokenMark)) {
		return refusal('The application token does not fit');
	}
	const code = textOf(decoded.event)?.toUpperCase() ?? '';
	if (code === TEST_EVENT) return { test: true };
	const kind = events.find((event) => event.code === code && expected.events.includes(code));
	if (!kind) return refusal('This trigger does not listen to this event');
	return {
		item: {
			...typed(kind, mapOf(decoded.data)),
			event: kind.code,
			time: isoTime(decoded.ts),
			portal: {
				domain: textOf(auth.domain),
				member_id: expected.memberId,
				status: textOf(auth.status),
				scope: textOf(auth.scope),
			},
		},
	};
}

function mapOf(value: Decoded | undefined): DecodedMap {
	return typeof value === 'object' ? value : {};
}

function textOf(value: Decoded | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** An event without a time is as old as its arrival. */
function isoTime(ts: Decoded | undefined): string {
	const seconds = typeof ts === 'string' && /^\d{1,11}$/.test(ts) ? Number(ts) : undefined;
	return (seconds === undefined ? new Date() : new Date(seconds * 1000)).toISOString();
}
