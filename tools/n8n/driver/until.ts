import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
/**
 * More than anything takes on a machine that is busy with other things: n8n says after two and a half minutes that a
 * trigger fails, and sees a dead worker's execution after one and a half.
 */
const PATIENCE_MS = 180_000;

/**
 * Asks again and again until there is an answer.
 * @param ask returns the answer, or undefined while there is none
 * @param seen describes, for the error, what was waited for and what was there instead
 * @param timeoutMs milliseconds after which to give up; without it three minutes
 * @returns the answer
 * @throws Error when time is up; also whatever `ask` throws, at once
 */
export async function until<T>(
	ask: () => Promise<T | undefined>,
	seen: () => string,
	timeoutMs = PATIENCE_MS,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Gave up after ${timeoutMs / 1_000} s: ${seen()}`);
		await sleep(POLL_MS);
	}
}
