import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const ABANDONED_MS = 30_000;
const POLL_MS = 200;

/**
 * Runs work while no other process does work under the same lock file. The holder touches the file every 2 seconds. A
 * lock counts as abandoned when its process no longer lives on this machine, or when it was not touched for 30 seconds
 * (another machine or container sharing the directory, or a process id given out anew).
 * The lock saves effort and is no proof: a process that was suspended may come back into work that another has begun.
 * @param file path of the lock file; its directory must exist
 * @param work what to do
 * @param onWait called once when somebody else holds the lock
 * @returns what the work returns
 * @throws whatever the work throws; the lock is released
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
	const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
	let waiting = false;
	while (!take(file, owner)) {
		const holder = read(file);
		if (isAbandoned(file, holder)) {
			clear(file, holder);
			continue;
		}
		if (!waiting) onWait?.();
		waiting = true;
		await sleep(POLL_MS);
	}
	const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
	heartbeat.unref();
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		if (read(file) === owner) rmSync(file, { force: true });
	}
}

function take(file: string, owner: string): boolean {
	try {
		writeFileSync(file, owner, { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function isAbandoned(file: string, holder = ''): boolean {
	const [pid, host] = holder.split(' ');
	if (pid && host === hostname() && !isAlive(Number(pid))) return true;
	const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
	return touched !== undefined && Date.now() - touched > ABANDONED_MS;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Renaming lets only one of several waiters clear a file; what turns out to be another's fresh lock is put back. */
function clear(file: string, abandoned: string | undefined): void {
	const aside = `${file}.${randomUUID()}`;
	try {
		renameSync(file, aside);
		if (read(aside) !== abandoned) linkSync(aside, file);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
	} finally {
		rmSync(aside, { force: true });
	}
}

function read(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

function touch(file: string): void {
	try {
		utimesSync(file, new Date(), new Date());
	} catch {
		// Somebody cleared the lock; the work is correct without it.
	}
}
