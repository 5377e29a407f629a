import { lock } from 'proper-lockfile';

/**
 * A lock that its holder did not touch for so long is given to the next one: the holder was killed by SIGKILL, or lost
 * its power. At any other end, Ctrl+C included, proper-lockfile gives it back.
 */
const ABANDONED_MS = 10_000;
const HEARTBEAT_MS = 2_000;
const WAITING = `waiting for another process that does the same; if that was killed, at most ${ABANDONED_MS / 1_000} s`;
const POLL = { forever: true, factor: 1, minTimeout: 200, maxTimeout: 200 };

/**
 * Runs work while no other process does work under the same lock. It saves effort and is no proof: a process that was
 * suspended may come back into work that another has begun.
 * @param path of the lock, a directory while it is held; its parent must exist
 * @param work what to do
 * @param onWait called once, and at once, when somebody else holds the lock; its text is for a person
 * @returns what the work returns
 * @throws whatever the work throws; the lock is released
 */
export async function withLock<T>(
	path: string,
	work: () => Promise<T>,
	onWait: (text: string) => void = console.error,
): Promise<T> {
	const release = await take(path).catch(async (error: unknown) => {
		if (!isHeld(error)) throw error;
		onWait(WAITING);
		return await take(path, POLL);
	});
	try {
		return await work();
	} finally {
		// It fails when another took the lock over; the work is correct without it.
		await release().catch(() => undefined);
	}
}

function take(path: string, retries?: typeof POLL): Promise<() => Promise<void>> {
	return lock(path, {
		lockfilePath: path,
		realpath: false,
		stale: ABANDONED_MS,
		update: HEARTBEAT_MS,
		retries,
		onCompromised: () => undefined,
	});
}

function isHeld(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}
