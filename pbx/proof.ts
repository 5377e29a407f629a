import { createHash, createHmac, timingSafeEqual, type BinaryToTextEncoding } from 'node:crypto';

/**
 * Whether two texts are the same, in a time that tells nothing about where they differ. An empty text proves nothing.
 */
export function isSameSecret(given: string | undefined, expected: string): boolean {
	const [one, other] = [Buffer.from(given ?? ''), Buffer.from(expected)];
	return other.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}

/** Keyed digest of a text or of bytes. */
export function hmac(
	algorithm: 'sha1' | 'sha256',
	secret: string,
	over: string | Buffer,
	encoding: BinaryToTextEncoding,
): string {
	return createHmac(algorithm, secret).update(over).digest(encoding);
}

/** Digest of a text in hexadecimal digits. */
export function hexDigest(algorithm: 'md5' | 'sha256', over: string): string {
	return createHash(algorithm).update(over).digest('hex');
}

/** Base64 of the digits of a digest in hex. Some vendors sign so where others take the bytes. */
export function base64OfText(text: string): string {
	return Buffer.from(text).toString('base64');
}
