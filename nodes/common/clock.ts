import { sleep } from 'n8n-workflow';

/** What time is to the nodes. Tests put a clock of their own in its place, so that nobody has to wait. */
export const clock = {
	/** Milliseconds since 1970 that never run backwards, whatever happens to the clock of the server. */
	now: (): number => performance.timeOrigin + performance.now(),
	/** Ends after so many milliseconds, whatever else happens: for what must not be waited for any longer. */
	deadline: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	/** Waits, in milliseconds. */
	sleep: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
};
