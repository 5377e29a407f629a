import { randomBytes } from 'node:crypto';

/** What a token says of itself. */
export interface TokenFacts {
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
	readonly clientId: number;
	readonly portalId: number;
	readonly userId: number;
	/** How many events deep changes made with it may still go. */
	readonly hopsLeft: number;
}

const LENGTH = 35;
const SIGNED_FROM = 19;

/**
 * Writes a token, 70 hexadecimal digits: 4 bytes end of its life (Unix time, little-endian), then big-endian 4 bytes
 * each for client, portal and user, 2 for the time zone's offset, 1 for the hops left, 16 of signature. [SO; F tokens
 * since 2020] The signature is chance here: the portal knows its tokens by heart, and two of the same second must
 * differ.
 */
export function tokenText({ expiresAt, clientId, portalId, userId, hopsLeft }: TokenFacts): string {
	const bytes = Buffer.alloc(LENGTH);
	bytes.writeUInt32LE(Math.floor(expiresAt / 1000) >>> 0, 0);
	bytes.writeUInt32BE(clientId >>> 0, 4);
	bytes.writeUInt32BE(portalId >>> 0, 8);
	bytes.writeUInt32BE(userId >>> 0, 12);
	bytes.writeUInt8(Math.max(0, hopsLeft), 18);
	randomBytes(LENGTH - SIGNED_FROM).copy(bytes, SIGNED_FROM);
	return bytes.toString('hex');
}
