import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../../tools/n8n/lock';
import { ROOT } from '../../../tools/programs';
import { temporaryDirectory } from './temporary';

const temporary = temporaryDirectory();
const lockFile = () => join(temporary(), 'x.lock');

it('lets one after the other in, and tells the second that it waits', async () => {
	const order: string[] = [];
	let second: Promise<void> | undefined;
	await withLock(lockFile(), async () => {
		order.push('first in');
		await new Promise<void>((resolve) => {
			second = withLock(
				lockFile(),
				async () => void order.push('second in'),
				() => {
					order.push('second waits');
					resolve();
				},
			);
		});
		order.push('first out');
	});
	await second;
	expect(order).toEqual(['first in', 'second waits', 'first out', 'second in']);
	expect(existsSync(lockFile())).toBe(false);
});

describe('of a process that was killed in its work', () => {
	beforeEach(() => {
		const program = `require('./tools/n8n/lock').withLock(process.argv[1], () => {
			process.kill(process.pid, 'SIGKILL');
			return new Promise(() => undefined);
		})`;
		const args = ['--import', 'tsx', '-e', program, lockFile()];
		expect(spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })).toMatchObject({ signal: 'SIGKILL' });
		expect(existsSync(lockFile())).toBe(true);
	});
	const grownOld = () => {
		const longAgo = new Date(Date.now() - 60_000);
		utimesSync(lockFile(), longAgo, longAgo);
	};

	it('is taken over, without a wait once it is old', async () => {
		grownOld();
		const onWait = jest.fn();
		await expect(withLock(lockFile(), () => Promise.resolve('in'), onWait)).resolves.toBe('in');
		expect(onWait).not.toHaveBeenCalled();
	});

	it('is taken over when it has grown old, and whoever waits is told how long that takes', async () => {
		const onWait = jest.fn(grownOld);
		await expect(withLock(lockFile(), () => Promise.resolve('in'), onWait)).resolves.toBe('in');
		expect(onWait.mock.calls).toEqual([[expect.stringMatching(/^waiting .* at most 10 s$/)]]);
	});
});

it('does its work to the end when another has taken the lock over', async () => {
	const work = async (): Promise<string> => {
		rmdirSync(lockFile());
		mkdirSync(lockFile());
		return await Promise.resolve('done');
	};
	await expect(withLock(lockFile(), work)).resolves.toBe('done');
});

it('is free again after a failure', async () => {
	await expect(withLock(lockFile(), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	await expect(withLock(lockFile(), () => Promise.resolve('in'))).resolves.toBe('in');
});

it('fails when the directory does not exist', async () => {
	await expect(withLock(join(temporary(), 'none', 'x.lock'), () => Promise.resolve())).rejects.toThrow('ENOENT');
});
