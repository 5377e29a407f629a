import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheKey, cacheRoot, ensureFilled, isWhole, removeUnused } from '../../../tools/n8n/cache';
import { temporaryDirectory } from './temporary';

const temporary = temporaryDirectory();

describe('cacheRoot', () => {
	it('follows XDG_CACHE_HOME', () => {
		expect(cacheRoot({ XDG_CACHE_HOME: '/var/cache' }, '/home/a')).toBe('/var/cache/n8n-nodes-bitrix24-telephony');
	});

	it.each([{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'relative' }])('falls back to ~/.cache for %j', (env) => {
		expect(cacheRoot(env, '/home/a')).toBe('/home/a/.cache/n8n-nodes-bitrix24-telephony');
	});
});

describe('cacheKey', () => {
	const write = (name: string, content: string) => {
		const path = join(temporary(), name);
		writeFileSync(path, content);
		return path;
	};

	it('is 16 hexadecimal digits and the same for the same input', () => {
		const file = write('a', 'lock');
		expect(cacheKey([file], ['linux'])).toMatch(/^[0-9a-f]{16}$/);
		expect(cacheKey([file], ['linux'])).toBe(cacheKey([write('b', 'lock')], ['linux']));
	});

	it('differs with content, trait and the border between parts', () => {
		const keys = [
			cacheKey([write('a', 'one')], ['linux']),
			cacheKey([write('a', 'two')], ['linux']),
			cacheKey([write('a', 'one')], ['darwin']),
			cacheKey([write('a', 'on'), write('b', 'e')], ['linux']),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});
});

describe('ensureFilled', () => {
	const target = () => join(temporary(), 'n8n-0123');
	const fill = jest.fn(async (directory: string) => {
		writeFileSync(join(directory, 'program'), 'works');
		return ['program'];
	});
	const content = () => readFileSync(join(target(), 'program'), 'utf8');

	beforeEach(() => fill.mockClear());

	it('fills a missing directory once and leaves nothing else behind', async () => {
		await ensureFilled(target(), fill);
		await ensureFilled(target(), fill);
		expect(fill).toHaveBeenCalledTimes(1);
		expect(content()).toBe('works');
		expect(readdirSync(temporary())).toEqual([basename(target())]);
	});

	it('puts nothing in place when filling fails, and fills the next time', async () => {
		const broken = async (directory: string) => {
			writeFileSync(join(directory, 'program'), 'half');
			throw new Error('no network');
		};
		await expect(ensureFilled(target(), broken)).rejects.toThrow('no network');
		expect(readdirSync(temporary())).toEqual([]);
		await ensureFilled(target(), fill);
		expect(content()).toBe('works');
	});

	it('does not trust a directory that an interruption left without its seal', async () => {
		mkdirSync(target());
		writeFileSync(join(target(), 'program'), 'half');
		await ensureFilled(target(), fill);
		expect(content()).toBe('works');
	});

	it('replaces an installation that has lost a needed file', async () => {
		await ensureFilled(target(), fill);
		rmSync(join(target(), 'program'));
		expect(isWhole(target())).toBe(false);
		await ensureFilled(target(), fill);
		expect(content()).toBe('works');
	});

	it('replaces an installation whose seal is damaged', async () => {
		await ensureFilled(target(), fill);
		writeFileSync(join(target(), 'complete.json'), '{"needed":');
		await ensureFilled(target(), fill);
		expect(fill).toHaveBeenCalledTimes(2);
		expect(isWhole(target())).toBe(true);
	});

	it('clears away what a killed installation left', async () => {
		mkdirSync(`${target()}.tmp-old`);
		await ensureFilled(target(), fill);
		expect(existsSync(`${target()}.tmp-old`)).toBe(false);
	});

	it('fills once when two ask at the same time', async () => {
		const onWait = jest.fn();
		await Promise.all([ensureFilled(target(), fill, onWait), ensureFilled(target(), fill, onWait)]);
		expect([fill.mock.calls.length, onWait.mock.calls.length]).toEqual([1, 1]);
	});
});

describe('removeUnused', () => {
	const day = 24 * 60 * 60 * 1_000;

	it('removes installations unused for 30 days, never the one in use', async () => {
		const old = new Date(Date.now() - 31 * day);
		for (const name of ['n8n-used', 'n8n-old', 'n8n-young', 'other']) {
			await ensureFilled(join(temporary(), name), () => Promise.resolve([]));
			if (name !== 'n8n-young') utimesSync(join(temporary(), name, 'complete.json'), old, old);
		}
		removeUnused(temporary(), 'n8n-', join(temporary(), 'n8n-used'));
		expect(readdirSync(temporary()).sort()).toEqual(['n8n-used', 'n8n-young', 'other']);
	});

	it('counts from the last use', async () => {
		const path = join(temporary(), 'n8n-old');
		const old = new Date(Date.now() - 31 * day);
		await ensureFilled(path, () => Promise.resolve([]));
		utimesSync(join(path, 'complete.json'), old, old);
		await ensureFilled(path, () => Promise.resolve([]));
		removeUnused(temporary(), 'n8n-', join(temporary(), 'n8n-another'));
		expect(isWhole(path)).toBe(true);
	});

	it('leaves the lock of an installation that another process makes', () => {
		mkdirSync(join(temporary(), 'n8n-another.lock'));
		removeUnused(temporary(), 'n8n-', join(temporary(), 'n8n-used'));
		expect(readdirSync(temporary())).toEqual(['n8n-another.lock']);
	});
});
