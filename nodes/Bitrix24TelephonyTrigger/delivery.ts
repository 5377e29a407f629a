import type { IDataObject } from 'n8n-workflow';
import { sameText, sign, type HandlerIdentity } from '../../bitrix24/handlerSignature';
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

/** What a genuine delivery has to fit. */
export interface Expected {
	clientSecret: string;
	identity: HandlerIdentity;
	memberId: string;
	/** Empty when the user gave none. */
	applicationToken: string;
	/** Codes of the events that the trigger listens to. */
	eventCodes: string[];
}

/** The item of a genuine delivery; a test event, which only wants to be acknowledged; or why it was refused. */
export type Verdict = { item: IDataObject } | { test: true } | { refused: string };

/**
 * Verifies a delivery and turns it into an item. The signature is checked before anything is decoded.
 *
 * @returns the item without any token: tokens would be stored in the execution. `ts` is Unix time in seconds. A delivery
 *   without user token is as good as one with it (b24 documentation, auth-params-in-events).
 */
export function receive(delivery: Delivery, expected: Expected): Verdict {
	const { clientSecret, identity, memberId, applicationToken, eventCodes } = expected;
	if (!clientSecret || !sameText(delivery.signature, sign(clientSecret, identity))) return { refused: 'The signature does not fit' };
	if (!delivery.body) return { refused: 'The body is not form-encoded' };
	const decoded = decodeForm(delivery.body.toString('utf8'));
	const auth = mapOf(decoded.auth);
	if (!sameText(auth.member_id, memberId)) return { refused: 'The event comes from another portal' };
	if (applicationToken && !sameText(auth.application_token, applicationToken)) return { refused: 'The application token does not fit' };
	const code = textOf(decoded.event)?.toUpperCase() ?? '';
	if (code === TEST_EVENT) return { test: true };
	const kind = events.find((event) => event.code === code && eventCodes.includes(code));
	if (!kind) return { refused: 'This trigger does not listen to this event' };
	return {
		item: {
			...typed(kind, mapOf(decoded.data)),
			event: kind.code,
			time: isoTime(decoded.ts),
			portal: {
				domain: textOf(auth.domain),
				member_id: memberId,
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

function isoTime(ts: Decoded | undefined): string {
	const seconds = typeof ts === 'string' && /^\d{1,11}$/.test(ts) ? Number(ts) : undefined;
	return (seconds === undefined ? new Date() : new Date(seconds * 1000)).toISOString();
}
