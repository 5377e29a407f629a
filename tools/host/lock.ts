import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const ABANDONED_MS = 30_000;
const POLL_MS = 200;

/**
 * Runs work while no other process does work under the same lock file. The holder touches the file every 2 seconds. A
 * lock counts as abandoned when its process no longer lives on this machine, or when it was not touched for 30 seconds
 * (another machine or container sharing the directory, or a process id given out anew).
 * Two waiters taking over one abandoned lock at the same instant may both get in; so the work must stay correct when
 * done twice, the lock only saves the second effort.
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
		if (isAbandoned(file)) {
			clear(file);
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

function isAbandoned(file: string): boolean {
	const [pid, host] = (read(file) ?? '').split(' ');
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

/** Renaming first lets exactly one of several waiters clear a given file. */
function clear(file: string): void {
	const aside = `${file}.${randomUUID()}`;
	try {
		renameSync(file, aside);
		rmSync(aside, { force: true });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
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
