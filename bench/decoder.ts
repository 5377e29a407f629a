import { decodeForm } from '../bitrix24/phpForm';
import { lines, spread } from './report';

/** What a stranger could send to keep a decoder busy, in about so many characters. */
const HOSTILE: Record<string, (length: number) => string> = {
	'opening brackets': (length) => '['.repeat(length),
	'opening brackets behind a name': (length) => `a${'['.repeat(length)}`,
	'closing brackets': (length) => `a${']'.repeat(length)}`,
	'pairs of brackets': (length) => `a${'[]'.repeat(length / 2)}`,
	'nested keys': (length) => `a${'[b]'.repeat(length / 3)}=1`,
	'brackets that never close': (length) => `a[b]${'['.repeat(length)}=1`,
	'broken nesting': (length) => `a${'[b'.repeat(length / 2)}`,
	'empty pairs': (length) => '&'.repeat(length),
	'equals signs': (length) => '='.repeat(length),
	'nameless pairs': (length) => '=&'.repeat(length / 2),
	'appended values': (length) => 'a[]=1&'.repeat(length / 6),
	'one long key': (length) => `${'k'.repeat(length)}=1`,
	'percent signs': (length) => '%'.repeat(length),
	'escaped brackets': (length) => `a${'%5B'.repeat(length / 6)}=${'%ff'.repeat(length / 6)}`,
};

/**
 * Figure 1c: how the decoder of deliveries grows with what it is given: twice the length may take twice the time.
 * @param length characters of the shorter body
 * @returns the table to print
 */
export function decoderGrowth(length: number, rounds: number): string {
	const rows = Object.entries(HOSTILE).map(([name, make]) => {
		const [once, twice] = [make(length), make(2 * length)];
		const times: [number[], number[]] = [[], []];
		for (let round = -2; round < rounds; round += 1) {
			const [a, b] = [timed(once), timed(twice)];
			if (round >= 0) [a, b].forEach((time, index) => times[index]?.push(time));
		}
		const [one, two] = times.map((some) => spread(some).median);
		return [name, milliseconds(one), milliseconds(two), ((two ?? 0) / (one ?? 1)).toFixed(1)];
	});
	return lines([['', `${length / 1000} kB`, `${(2 * length) / 1000} kB`, 'ratio'], ...rows]);
}

function timed(body: string): number {
	const began = performance.now();
	decodeForm(body);
	return performance.now() - began;
}

function milliseconds(value = 0): string {
	return `${value.toFixed(2)} ms`;
}
