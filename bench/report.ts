/** Smallest, middle and largest of some measurements. */
export interface Spread {
	count: number;
	min: number;
	median: number;
	max: number;
}

/**
 * Sums up measurements.
 * @throws RangeError when there are none
 */
export function spread(values: number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (index: number): number => {
		const value = sorted[index];
		if (value === undefined) throw new RangeError('Nothing was measured');
		return value;
	};
	const middle = (sorted.length - 1) / 2;
	return {
		count: sorted.length,
		min: at(0),
		median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
		max: at(sorted.length - 1),
	};
}

/** One line of a table. */
export interface Row {
	name: string;
	/** Milliseconds. */
	times: Spread;
	/** What else was counted, by column. */
	counts?: Record<string, number>;
}

/**
 * Sets rows as a plain table; below them the ratios of medians and counts.
 * @param ours the row that is compared
 * @param others the rows that it is compared with
 */
export function table(ours: Row, ...others: Row[]): string {
	const columns = Object.keys(ours.counts ?? {});
	return lines([
		['', ...columns, 'runs', 'min', 'median', 'max'],
		...[ours, ...others].map(({ name, times, counts = {} }) => [
			name,
			...columns.map((column) => String(counts[column])),
			String(times.count),
			milliseconds(times.min),
			milliseconds(times.median),
			milliseconds(times.max),
		]),
		...others.map(({ name, times, counts = {} }) => [
			`ours / ${name}`,
			...columns.map((column) => ratio(ours.counts?.[column], counts[column])),
			'',
			'',
			ratio(ours.times.median, times.median),
			'',
		]),
	]);
}

/**
 * Sets texts in columns, the first to the left and all others to the right.
 * @param rows the first one says how many columns there are
 */
export function lines(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
				.join('   ')
				.trimEnd(),
		)
		.join('\n');
}

function milliseconds(value: number): string {
	return `${Number.isInteger(value) ? value : value.toFixed(1)} ms`;
}

function ratio(ours = 0, other = 0): string {
	const value = ours / other;
	// Two digits that say something, also of a small ratio.
	return value < 0.1 ? value.toPrecision(2) : value.toFixed(2);
}
