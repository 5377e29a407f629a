import { join, say, wordsOf, type Clean } from './clean';
import type { Expectation, Judgement } from './expectation';

/**
 * Parts of what was observed, by their place: `status`, `result.ID`, `result[].ID` for every row. `.*` looks at the
 * whole.
 */
export type Parts = Readonly<Record<string, Expectation>>;

/** What the parts say together. `nothing` = a list that had to show its rows was empty. */
export interface Judged {
	readonly state: 'agrees' | 'differs' | 'nothing';
	readonly expected: Clean;
	readonly seen: Clean;
	readonly sides: readonly Clean[];
	/** Conflicts whose sides the parts know. */
	readonly conflicts: readonly Clean[];
	/** Places of the parts that differ. */
	readonly refuted: readonly string[];
}

/**
 * Compares what was observed with what is expected. Of what agrees it tells only what the expectation does not tell by
 * itself.
 */
export function judge(parts: Parts, observed: unknown): Judged {
	const results = Object.entries(parts).map(([place, expectation]) => ({
		place,
		expectation,
		judgement: judgePart(expectation, valuesAt(observed, place)),
	}));
	const failed = results.filter(({ judgement }) => judgement?.ok === false);
	const nothing = failed.length === 0 && results.some(({ judgement }) => judgement === undefined);
	const labelled = (place: string, text: Clean): Clean => say`${label(place)}${text}`;
	return {
		state: failed.length > 0 ? 'differs' : nothing ? 'nothing' : 'agrees',
		expected: join(
			results.map(({ place, expectation }) => labelled(place, expectation.shown)),
			say`, `,
		),
		seen:
			failed.length > 0
				? join(
						failed.map(({ place, judgement }) => labelled(place, judgement?.seen ?? say`nothing`)),
						say`, `,
					)
				: join(
						results.flatMap(({ place, judgement }) =>
							judgement === undefined ? [] : [labelled(place, judgement.seen)],
						),
						say`, `,
					),
		sides: [...new Set(results.flatMap(({ judgement }) => (judgement?.side === undefined ? [] : [judgement.side])))],
		conflicts: [
			...new Set(
				results.flatMap(({ expectation }) => (expectation.conflict === undefined ? [] : [expectation.conflict])),
			),
		],
		refuted: failed.map(({ place }) => place),
	};
}

/** The first value that is not as expected speaks for all; undefined when there is none at all. */
function judgePart(expectation: Expectation, values: readonly unknown[]): Judgement | undefined {
	const judgements = values.map((value) => expectation.judge(value));
	return judgements.find(({ ok }) => !ok) ?? judgements[0];
}

/** Every value at a place. */
function valuesAt(observed: unknown, place: string): unknown[] {
	let values: unknown[] = [observed];
	for (const step of place.split('.')) {
		if (step === '*') continue;
		const isRows = step.endsWith('[]');
		const name = isRows ? step.slice(0, -2) : step;
		values = values.map((value) =>
			typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
		);
		if (isRows) values = values.flatMap((value) => (Array.isArray(value) ? value : [undefined]));
	}
	return values;
}

/** The three places of every failure are as good without a name, and fields without what they stand in. */
function label(place: string): Clean {
	if (['status', 'error', 'error_description'].includes(place)) return say``;
	return place.endsWith('*')
		? say`other keys: `
		: say`${wordsOf(place.replace(/^(result|result\[\]|token|redirect)\./, ''))}: `;
}
