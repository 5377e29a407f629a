import type { Failure, Outcome } from './failure';
import { isOptional, type Plan } from './plan';

/** What the steps of one plan brought. */
export interface PlanResults {
	/** One result a step, up to the first failed one; undefined for a failed optional step. */
	results: unknown[];
	/** Failures of optional steps. */
	notes: Failure[];
	/** The step that failed the plan. */
	failed?: { step: number; failure: Failure };
}

/** Tells what failed a plan from what only deserves a note. */
export function resultsOf(plan: Plan, outcomes: Outcome<unknown>[]): PlanResults {
	const results: unknown[] = [];
	const notes: Failure[] = [];
	for (const [step, outcome] of outcomes.entries()) {
		if (!outcome.ok && !isOptional(plan[step])) return { results, notes, failed: { step, failure: outcome.failure } };
		if (!outcome.ok) notes.push(outcome.failure);
		results.push(outcome.ok ? outcome.value : undefined);
	}
	return { results, notes };
}
