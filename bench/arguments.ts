/** What a run of the bench is asked to do. */
export interface BenchArguments {
	/** Whether it only shows in seconds that it works; its figures mean nothing then. */
	quick: boolean;
	/** Names of figures; undefined for all. */
	only: string[] | undefined;
}

/**
 * Reads the arguments of `npm run bench`.
 * @param args `--quick`, `--only=shows,growth`
 * @throws Error for anything else
 */
export function readBenchArguments(args: readonly string[]): BenchArguments {
	const read: BenchArguments = { quick: false, only: undefined };
	for (const argument of args) {
		const [, names] = /^--only=(.+)$/.exec(argument) ?? [];
		if (names !== undefined) read.only = names.split(',');
		else if (argument === '--quick') read.quick = true;
		else
			throw new Error(
				`Cannot do "${argument}". Known: --quick, and --only= with names of figures, such as --only=names.`,
			);
	}
	return read;
}

/** @throws Error when a figure is asked for that does not exist; it names those that do */
export function refuseUnknown(only: readonly string[] | undefined, names: readonly string[]): void {
	const unknown = only?.find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Error(`There is no figure ${unknown}, only ${names.join(', ')}.`);
}
