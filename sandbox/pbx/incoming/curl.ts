import { FAILURE_CODES } from '../dialplan';
import type { Reporter } from '../reporter';

/**
 * The dialplan function CURL() where the dialplan waits for the answer.
 * @param seconds real ones
 * @returns the body, without blanks at its ends; empty when none came in time, or with a status that counts as failure
 */
export async function curl(
	reporter: Reporter,
	channelId: string,
	url: string,
	body: string,
	seconds: number,
): Promise<string> {
	const { status = 0, answer = '' } = await reporter.post(channelId, url, body, seconds);
	return status === 0 || FAILURE_CODES.includes(status) ? '' : answer.trim();
}
