import { join, say, type Clean } from '../clean';
import { contract } from '../contract';
import { UNASKED } from '../facts/conflicts';
import type { Row, Verdict } from './row';

/** What a report says beside its rows. */
export interface Circumstances {
	/** Day of the check, YYYY-MM-DD. */
	readonly day: string;
	readonly way: Clean;
	readonly wrote: boolean;
	readonly requests: number;
	readonly seconds: number;
	/** What could not be cleaned up. */
	readonly left: readonly Clean[];
}

/** What a portal says about an open question or a contradiction of the contract. */
export interface Settled {
	readonly id: Clean;
	readonly topic: Clean;
	readonly portal: Clean;
}

/** A report, ready to be written. All texts in it are clean. */
export interface Report extends Circumstances {
	readonly contract: Clean;
	readonly counts: Readonly<Record<Verdict, number>>;
	readonly conflicts: readonly Settled[];
	readonly rows: readonly Row[];
}

/** Puts a report together; differences come first. */
export function reportOf(rows: readonly Row[], circumstances: Circumstances): Report {
	const counted = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
	const sorted = (['differs', 'agrees', 'could not ask'] as const).flatMap((verdict) =>
		rows.filter((row) => row.verdict === verdict),
	);
	return {
		...circumstances,
		contract: contract.meta.compiled,
		counts: { agrees: counted('agrees'), differs: counted('differs'), 'could not ask': counted('could not ask') },
		conflicts: contract.conflicts.map(({ id, topic }) => ({ id, topic, portal: settled(id, rows) })),
		rows: sorted,
	};
}

/** The sides that a portal took in a conflict; what differs from all sides is told first. */
function settled(id: Clean, rows: readonly Row[]): Clean {
	const concerned = rows.filter(({ conflicts }) => conflicts.includes(id));
	if (concerned.some(({ verdict }) => verdict === 'differs')) return say`neither side; see the table`;
	const sides = [
		...new Set(concerned.flatMap(({ sides: taken }) => taken.filter((side) => side.startsWith(`${id}: `)))),
	];
	if (sides.length > 0) return join(sides, say`; `);
	const reason = concerned.find(({ reason: given }) => given !== undefined)?.reason ?? UNASKED[id] ?? say`is not asked`;
	return say`could not ask: ${reason}`;
}
