/** What a run of mutation testing is asked to do. */
export interface MutationArguments {
	/** Paths in the repository; empty for everything that ships. */
	files: string[];
	/** How long it may take. */
	minutes: number;
}

const MINUTES = 60;

/**
 * Reads the arguments of `npm run test:mutation`.
 * @throws Error for an unknown option, a limit that is no positive number, and a path outside the mutated folders
 */
export function readMutationArguments(args: string[]): MutationArguments {
	let minutes = MINUTES;
	const files: string[] = [];
	for (const argument of args) {
		const [, limit] = /^--minutes=(.*)$/.exec(argument) ?? [];
		if (limit !== undefined) minutes = Number(limit);
		else if (/^(bitrix24|pbx|nodes)\//.test(argument)) files.push(argument);
		else throw new Error(`Cannot do "${argument}". Known: --minutes=60, and files below bitrix24/, pbx/ or nodes/.`);
	}
	if (!(minutes > 0)) throw new Error('--minutes wants a number above 0.');
	return { files, minutes };
}
