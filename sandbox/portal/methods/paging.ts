import type { Wire } from '../php/json';
import { Page } from './method';

/** [D limits: page size] */
const PAGE_SIZE = 50;

/**
 * Cuts one page out of a list. start=-1 switches counting off: the answer has neither total nor next. [DS paging]
 * @param show turns a row into what the answer shows
 */
export function page<Row>(rows: readonly Row[], start: number, show: (row: Row) => Wire): Page {
	if (start < 0) return new Page(rows.slice(0, PAGE_SIZE).map(show));
	const end = start + PAGE_SIZE;
	return new Page(rows.slice(start, end).map(show), rows.length, end < rows.length ? end : undefined);
}
