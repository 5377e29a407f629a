import type { Endpoint } from './call';

/** Unique ids that an originate request asks for; empty where it leaves them to the PBX. */
export interface WantedIds {
	channelId: string;
	/** For the second half of a Local channel. */
	otherChannelId: string;
}

/** Bytes of a unique id at most: AST_MAX_PUBLIC_UNIQUEID (Asterisk, channel.h). Any character will do. */
const LONGEST = 149;

/**
 * Checks the length of ids, which Asterisk does before it looks at anything else of the request.
 * @returns Asterisk's complaint, or undefined when they will do
 */
export function idComplaint(ids: WantedIds): string | undefined {
	const longest = Math.max(...Object.values(ids).map((id: string) => Buffer.byteLength(id)));
	return longest > LONGEST ? `Uniqueid length exceeds maximum of ${LONGEST}` : undefined;
}

/**
 * The unique ids that the channels of a request will bear. Asterisk derives the second one of a Local channel from the
 * first, and ignores a wish for the second alone (core_unreal.c).
 * @returns none when the PBX shall number the channels itself
 */
export function assignedIds({ channelId, otherChannelId }: WantedIds, { technology }: Endpoint): string[] {
	if (!channelId) return [];
	return technology === 'Local' ? [channelId, otherChannelId || `${channelId};2`] : [channelId];
}
