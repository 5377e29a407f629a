import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../../tools/n8n/lock';
import { temporaryDirectory } from './temporary';

const temporary = temporaryDirectory();
const lockFile = () => join(temporary(), 'x.lock');

it('lets one after the other in, and tells the second that it waits', async () => {
	const order: string[] = [];
	let release: (() => void) | undefined;
	const released = new Promise<void>((resolve) => (release = resolve));
	const first = withLock(lockFile(), async () => {
		order.push('first in');
		await released;
		order.push('first out');
	});
	const second = withLock(
		lockFile(),
		async () => void order.push('second in'),
		() => {
			order.push('second waits');
			release?.();
		},
	);
	await Promise.all([first, second]);
	expect(order).toEqual(['first in', 'second waits', 'first out', 'second in']);
	expect(existsSync(lockFile())).toBe(false);
});

it('takes over the lock of a process that has ended', async () => {
	const { pid } = spawnSync(process.execPath, ['-e', '']);
	writeFileSync(lockFile(), `${pid} ${hostname()} token`);
	const onWait = jest.fn();
	await expect(withLock(lockFile(), () => Promise.resolve('in'), onWait)).resolves.toBe('in');
	expect(onWait).not.toHaveBeenCalled();
});

it('takes over a lock that nobody has touched for long, whoever holds it', async () => {
	writeFileSync(lockFile(), `${process.pid} another-machine token`);
	const longAgo = new Date(Date.now() - 60_000);
	utimesSync(lockFile(), longAgo, longAgo);
	await expect(withLock(lockFile(), () => Promise.resolve('in'))).resolves.toBe('in');
});

it('is free again after a failure', async () => {
	await expect(withLock(lockFile(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	await expect(withLock(lockFile(), () => Promise.resolve('in'))).resolves.toBe('in');
});

it('fails when the directory does not exist', async () => {
	await expect(withLock(join(temporary(), 'none', 'x.lock'), () => Promise.resolve())).rejects.toThrow('ENOENT');
});
