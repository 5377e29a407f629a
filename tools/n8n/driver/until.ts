import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Asks again and again until there is an answer.
 * @param ask returns the answer, or undefined while there is none
 * @param timeoutMs milliseconds after which to give up
 * @param seen describes, for the error, what was waited for and what was there instead
 * @returns the answer
 * @throws Error when time is up; also whatever `ask` throws, at once
 */
export async function until<T>(ask: () => Promise<T | undefined>, timeoutMs: number, seen: () => string): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Gave up after ${timeoutMs / 1_000} s: ${seen()}`);
		await sleep(POLL_MS);
	}
}
