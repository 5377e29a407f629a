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

/**
 * The mark of a secret: enough to know the secret again, and not enough to find it.
 *
 * @param secret a text that nobody can guess, such as a signature; a guessable one could be found by trying.
 * @returns SHA-256 as base64url, 43 characters.
 */
export function markOf(secret: string): string {
	return digest(secret).toString('base64url');
}

/** True for a text that has this mark. Takes the same time wherever they differ; false for anything that is no text. */
export function hasMark(given: unknown, mark: string): boolean {
	return typeof given === 'string' && sameText(markOf(given), mark);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** A handler's address, taken apart. */
export interface HandlerAddress {
	/** Without the signature. */
	address: string;
	signature: string;
}

/**
 * Puts a signature into an address. The same parts always give the same text, as the portal compares addresses as text.
 */
export function signedAddress({ address, signature }: HandlerAddress): string {
	const url = new URL(address);
	url.searchParams.set(SIGNATURE_PARAMETER, signature);
	return url.href;
}

/** Takes a signed address apart; undefined for any other text. */
export function partsOf(handler: string): HandlerAddress | undefined {
	if (!URL.canParse(handler)) return undefined;
	const url = new URL(handler);
	const signature = url.searchParams.get(SIGNATURE_PARAMETER);
	url.searchParams.delete(SIGNATURE_PARAMETER);
	return signature === null ? undefined : { address: url.href, signature };
}
