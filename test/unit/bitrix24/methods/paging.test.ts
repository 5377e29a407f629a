import fc from 'fast-check';
import type { JsonObject } from '../../../../bitrix24/decode';
import { historyRows, PAGE, pages, type HistoryOrder } from '../../../../bitrix24/methods/paging';
import type { Call, Conversation } from '../../../../bitrix24/plan';

type Row = { ID: string } & JsonObject;
const NEWEST_FIRST: HistoryOrder = { SORT: 'ID', ORDER: 'DESC' };

/** A history as the portal keeps it. Before each answer `meanwhile` may change its rows. */
function led(
	conversation: Conversation<JsonObject[]>,
	rows: Row[],
	meanwhile: (request: number) => void = () => undefined,
) {
	const asked: Record<string, unknown>[] = [];
	let turn = conversation.next([]);
	while (!turn.done) {
		const [{ parameters }] = turn.value as [Call];
		meanwhile(asked.length);
		asked.push(parameters);
		if (asked.length > 100) throw new Error('It never ends');
		turn = conversation.next([page(rows, parameters)]);
	}
	return { ids: turn.value.map(({ ID }) => Number(ID)), asked };
}

function page(rows: Row[], { FILTER = {}, SORT = 'ID', ORDER = 'ASC', start = 0 }: Call['parameters']): Row[] {
	const filter = FILTER as Record<string, number | undefined>;
	const [below = Infinity, upTo = Infinity] = [filter['<ID'], filter['<=ID']];
	const key = (row: Row): number | string =>
		SORT === 'ID' || SORT === 'CALL_DURATION' ? Number(row[SORT]) : String(row[String(SORT)]);
	const sign = ORDER === 'ASC' ? 1 : -1;
	return rows
		.filter(({ ID }) => Number(ID) < below && Number(ID) <= upTo)
		.sort(
			(one, other) =>
				sign * (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : Number(one.ID) - Number(other.ID)),
		)
		.slice(Number(start), Number(start) + 50);
}

const rowsOf = (count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({ ID: String(index + 1), CALL_DURATION: String((index * 7) % 10) }));
const down = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from - index);

it('knows the size of a page', () => {
	expect(PAGE).toBe(50);
});

describe('a list', () => {
	const list = (start: number): Call<JsonObject[]> => ({
		method: 'list',
		parameters: { start },
		decode: () => [],
		effect: 'read',
	});
	/** Answers with pages one after the other. */
	const answered = (limit: number, ...answers: JsonObject[][]) => {
		const conversation = pages(list, limit);
		const starts: unknown[] = [];
		let turn = conversation.next([]);
		while (!turn.done) {
			starts.push((turn.value as [Call])[0].parameters.start);
			turn = conversation.next([answers[starts.length - 1] ?? []]);
		}
		return { starts, ids: turn.value.map(({ ID }) => Number(ID)) };
	};

	it('ends with a page that is not full', () => {
		expect(answered(Infinity, rowsOf(49))).toMatchObject({ starts: [0], ids: { length: 49 } });
		expect(answered(Infinity, rowsOf(50), [])).toMatchObject({ starts: [0, 50], ids: { length: 50 } });
		expect(answered(Infinity, rowsOf(50), rowsOf(60).slice(50)).ids).toHaveLength(60);
	});

	it('ends with a page that brings nothing new', () => {
		expect(answered(Infinity, rowsOf(50), rowsOf(50), rowsOf(100))).toMatchObject({
			starts: [0, 50],
			ids: { length: 50 },
		});
	});

	it('ends where enough is there', () => {
		expect(answered(50, rowsOf(50))).toMatchObject({ starts: [0], ids: { length: 50 } });
		expect(answered(51, rowsOf(50), rowsOf(100).slice(50))).toMatchObject({ starts: [0, 50], ids: { length: 51 } });
		expect(answered(7, rowsOf(50)).ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	it('has each row once, as it was first seen', () => {
		const conversation = pages(list, Infinity);
		conversation.next([]);
		conversation.next([rowsOf(50)]);
		const { value } = conversation.next([[{ ID: 50, changed: 1 }, { ID: 51 }]]);
		expect(value).toEqual([...rowsOf(50), { ID: 51 }]);
	});
});

describe('a page of the history', () => {
	it('takes one request', () => {
		const { ids, asked } = led(historyRows({ CALL_TYPE: 2 }, NEWEST_FIRST, 50), rowsOf(70));
		expect(ids).toEqual(down(70, 50));
		expect(asked).toEqual([{ FILTER: { CALL_TYPE: 2 }, SORT: 'ID', ORDER: 'DESC' }]);
		expect(led(historyRows({}, NEWEST_FIRST, 3), rowsOf(70)).ids).toEqual([70, 69, 68]);
	});
});

describe('some rows of the history', () => {
	it('are those of one moment, though calls come in', () => {
		const rows = rowsOf(120);
		const { ids, asked } = led(historyRows({ CALL_TYPE: 2 }, NEWEST_FIRST, 110), rows, () =>
			rows.push({ ID: String(rows.length + 1) }),
		);
		expect(ids).toEqual(down(121, 110));
		expect(asked).toEqual([
			{ FILTER: { CALL_TYPE: 2 }, SORT: 'ID', ORDER: 'DESC' },
			...[0, 50, 100].map((start) => ({ FILTER: { CALL_TYPE: 2, '<=ID': 121 }, ...NEWEST_FIRST, start })),
		]);
	});

	it('take one request when there are none', () => {
		expect(led(historyRows({}, NEWEST_FIRST, 51), [])).toMatchObject({ ids: [], asked: { length: 1 } });
	});
});

describe('the whole history', () => {
	it('is read from its end, each row once, though calls come and go', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 230 }),
				fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
				(count, comes) => {
					const rows = rowsOf(count);
					const before = rows.map(({ ID }) => Number(ID));
					const { ids } = led(historyRows({}, NEWEST_FIRST, Infinity), rows, (request) => {
						if (request > 0 && comes[request - 1]) rows.push({ ID: String(1000 + request) });
					});
					expect(ids).toEqual(before.reverse());
				},
			),
		);
	});

	it('asks for what is below the last row', () => {
		const { asked } = led(historyRows({ A: 1 }, NEWEST_FIRST, Infinity), rowsOf(100));
		expect(asked).toEqual([
			{ FILTER: { A: 1, '<ID': undefined }, SORT: 'ID', ORDER: 'DESC' },
			{ FILTER: { A: 1, '<ID': 51 }, SORT: 'ID', ORDER: 'DESC' },
			{ FILTER: { A: 1, '<ID': 1 }, SORT: 'ID', ORDER: 'DESC' },
		]);
		expect(led(historyRows({}, NEWEST_FIRST, Infinity), rowsOf(99)).asked).toHaveLength(2);
	});

	it('ends on a portal that knows no such filter', () => {
		const conversation = historyRows({}, NEWEST_FIRST, Infinity);
		conversation.next([]);
		const all = rowsOf(50);
		expect(conversation.next([all]).done).toBe(false);
		expect(conversation.next([all])).toMatchObject({ done: true, value: { length: 50 } });
	});

	it('comes in the order that is wanted; rows of one value in that of their IDs', () => {
		const rows = rowsOf(60).reverse();
		for (const ORDER of ['ASC', 'DESC'] as const) {
			const { ids } = led(historyRows({}, { SORT: 'CALL_DURATION', ORDER }, Infinity), rows);
			const expected = page(rows, { SORT: 'CALL_DURATION', ORDER }).map(({ ID }) => Number(ID));
			expect(ids.slice(0, 50)).toEqual(expected);
		}
	});

	it('is sorted by the instant, not by the text of a date', () => {
		const rows: Row[] = [
			{ ID: '1', CALL_START_DATE: '2026-03-01T10:00:00+03:00' },
			{ ID: '2', CALL_START_DATE: '2026-03-01T09:00:00+01:00' },
			{ ID: '3', CALL_START_DATE: '2026-03-01T07:30:00+00:00' },
			{ ID: '4', CALL_START_DATE: '2026-03-01T07:30:00+00:00' },
		];
		expect(led(historyRows({}, { SORT: 'CALL_START_DATE', ORDER: 'ASC' }, Infinity), rows).ids).toEqual([1, 3, 4, 2]);
		expect(led(historyRows({}, { SORT: 'CALL_START_DATE', ORDER: 'DESC' }, Infinity), rows).ids).toEqual([2, 4, 3, 1]);
	});
});
