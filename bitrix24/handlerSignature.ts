import { createHmac, createHash, timingSafeEqual } from 'node:crypto';

/** What a handler address is bound to. A delivery to any other trigger, or to its test address, does not fit. */
export interface HandlerIdentity {
	workflowId: string;
	/** Path of the trigger's webhook below n8n's webhook endpoint. */
	webhookPath: string;
	mode: 'test' | 'production';
}

/** Name of the query parameter that carries the signature. */
export const SIGNATURE_PARAMETER = 'signature';

/**
 * Signs a handler address.
 *
 * @param secret the application's client secret, which only the portal's administrator and n8n know.
 * @returns HMAC-SHA256 as base64url, 43 characters.
 */
export function sign(secret: string, identity: HandlerIdentity): string {
	const text = JSON.stringify([identity.workflowId, identity.webhookPath, identity.mode]);
	return createHmac('sha256', secret).update(text).digest('base64url');
}

/** True for a text of the form that {@link sign} gives; says nothing about whether it fits. */
export function looksSigned(signature: unknown): boolean {
	return typeof signature === 'string' && /^[\w-]{43}$/.test(signature);
}

/**
 * Compares two texts in a time that tells nothing about where they differ.
 *
 * @returns true when both are the same text. False for anything that is no text.
 */
export function sameText(given: unknown, expected: string): boolean {
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
