/** Kinds of tests, in the order in which they run. */
export const KINDS = ['lint', 'types', 'build', 'unit', 'engine', 'contract', 'e2e', 'browser'] as const;
export type Kind = (typeof KINDS)[number];

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

const NEED_BUILD: readonly Kind[] = ['engine', 'contract', 'e2e', 'browser'];

/** Whether a kind of tests drives a real n8n. */
export function needsHost(kind: Kind): boolean {
	return kind === 'e2e' || kind === 'browser';
}

/**
 * Reads the arguments of `npm test`.
 * @param args kinds; from the first option or path on, arguments for jest, for example `unit test/unit/tools -t cache`
 * @returns stages in their order (all without kinds; the build where others need it), and jest's arguments
 * @throws Error when a kind is unknown
 */
export function readArguments(args: string[]): { stages: Kind[]; jestArguments: string[] } {
	const options = args.findIndex((argument) => /^-|[/.]/.test(argument));
	const names = options < 0 ? args : args.slice(0, options);
	const jestArguments = options < 0 ? [] : args.slice(options);
	const unknown = names.filter((name) => !KINDS.some((kind) => kind === name));
	if (unknown.length > 0) throw new Error(`Unknown kind of tests: ${unknown.join(', ')}. Known: ${KINDS.join(', ')}`);
	const asked = KINDS.filter((kind) => names.length === 0 || names.includes(kind));
	const build = asked.some((kind) => NEED_BUILD.includes(kind));
	return { stages: KINDS.filter((kind) => asked.includes(kind) || (kind === 'build' && build)), jestArguments };
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
	return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), { passed: 0, failed: 0 });
}

/** The line that ends every run; other programs read it. */
export function closingLine({ passed, failed }: Counts): string {
	return `${passed} passed, ${failed} failed`;
}
