import type { Clean } from '../clean';

/** What came of a fact. */
export type Verdict = 'agrees' | 'differs' | 'could not ask';

/** One line of a report. All texts in it are clean. */
export interface Row {
	readonly subject: Clean;
	readonly id: Clean;
	readonly expected: Clean;
	readonly seen: Clean;
	readonly verdict: Verdict;
	/** Why it could not be asked. */
	readonly reason?: Clean;
	/** Sides of conflicts that the portal took. */
	readonly sides: readonly Clean[];
	/** Conflicts that it could settle. */
	readonly conflicts: readonly Clean[];
	/** Places of the parts that differ. */
	readonly refuted: readonly string[];
}
