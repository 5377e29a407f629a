/** Kinds of tests, in the order in which they run. */
export const KINDS = [
	'lint',
	'types',
	'build',
	'unit',
	'engine',
	'contract',
	'package',
	'e2e',
	'scale',
	'browser',
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds that take minutes and are seldom hit by a change: they run when they are named, or with `all`, as in CI. */
const ON_REQUEST: readonly Kind[] = ['scale'];

/** How many tests of a stage passed and failed. */
export interface Counts {
	passed: number;
	failed: number;
}

/** The part of `jest --json` that counts. */
export interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	/** Files that broke before their first test. */
	numRuntimeErrorTestSuites: number;
}

/**
 * Reads the arguments of `npm test`.
 * @param args kinds, or `all`; from the first option or path on, arguments for jest, for example `unit test/unit/tools
 * -t cache`
 * @returns stages in their order (all but those on request without kinds), and jest's arguments
 * @throws Error when a kind is unknown
 */
export function readArguments(args: string[]): { stages: Kind[]; jestArguments: string[] } {
	const options = args.findIndex((argument) => /^-|[/.]/.test(argument));
	const given = options < 0 ? args : args.slice(0, options);
	const names: readonly string[] = given.includes('all') ? KINDS : given;
	const jestArguments = options < 0 ? [] : args.slice(options);
	const unknown = names.filter((name) => !KINDS.some((kind) => kind === name));
	if (unknown.length > 0) throw new Error(`Unknown kind of tests: ${unknown.join(', ')}. Known: ${KINDS.join(', ')}`);
	return {
		stages: KINDS.filter((kind) => (names.length === 0 ? !ON_REQUEST.includes(kind) : names.includes(kind))),
		jestArguments,
	};
}

/** What a jest report counts: a file that broke before its first test is one failed test. */
export function countTests(report: JestReport): Counts {
	return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
}

/** A check without tests of its own counts as one. */
export function countCheck(ok: boolean): Counts {
	return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Adds up the stages. */
export function sum(all: Counts[]): Counts {
	return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), {
		passed: 0,
		failed: 0,
	});
}

/** The line that ends every run; other programs read it. */
export function closingLine({ passed, failed }: Counts): string {
	return `${passed} passed, ${failed} failed`;
}
