import { FULL } from './trial';

/** What `npm run test:scale` is asked to do. */
export interface ScaleArguments {
	/** Clicks a second at most. */
	rate: number;
	/** Whether the report is written anew. */
	write: boolean;
}

/**
 * Reads the arguments of `npm run test:scale`.
 * @param args `--rate=10`, `--write`
 * @throws Error for anything else, and for a rate that is no number above 0
 */
export function readScaleArguments(args: readonly string[]): ScaleArguments {
	const read: ScaleArguments = { rate: FULL.perSecond, write: false };
	for (const argument of args) {
		const [, rate] = /^--rate=(.*)$/.exec(argument) ?? [];
		if (rate !== undefined) read.rate = Number(rate);
		else if (argument === '--write') read.write = true;
		else throw new Error(`Cannot do "${argument}". Known: --rate=10 for clicks a second, and --write for the report.`);
	}
	if (!(read.rate > 0)) throw new Error('--rate takes clicks a second, for example --rate=10.');
	return read;
}
