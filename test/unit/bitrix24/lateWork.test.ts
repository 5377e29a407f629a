import type { HttpAnswer, HttpRequest } from '../../../bitrix24/http';
import { Ledger } from '../../../bitrix24/ledger';
import { finish, loggedUnder, register } from '../../../bitrix24/methods/calls';
import { history } from '../../../bitrix24/methods/history';
import { resultOf } from '../../../bitrix24/parameters';
import { askAll, tried, type Conversation } from '../../../bitrix24/plan';

import { lost, world } from './leading';

const log = (id: string): Conversation<unknown> =>
	askAll(
		{ ...register({ EXTERNAL_CALL_ID: id, SHOW: 0 }, false), evidence: loggedUnder(id) },
		finish({ CALL_ID: resultOf(0, 'CALL_ID'), DURATION: 7 }),
		tried(history({ EXTERNAL_CALL_ID: id })),
	);

describe('a logged call whose answer is lost', () => {
	const cut: HttpAnswer = { status: 504, body: '<html>' };
	it.each<[string, HttpAnswer, number, number]>([
		['cut off at 60 s', cut, 60_000, 61_000],
		['cut off at 60 s', cut, 60_000, 65_000],
		['cut off at 60 s', cut, 60_000, 85_000],
		['lost at once', lost, 0, 85_000],
		['given up by us', lost, 70_000, 71_000],
		['given up by us', lost, 70_000, 99_000],
	])('%s is not repeated while the portal may still be at it (%#)', async (_name, answer, at, done) => {
		let isFirst = true;
		const { lead, rows, time } = world(
			(request, work) => {
				if (!request.url.endsWith('batch') || !isFirst) return undefined;
				isFirst = false;
				void time.sleep(done - at).then(work);
				return answer;
			},
			({ url }) => (url.endsWith('batch') && isFirst ? at : 0),
		);
		expect(await lead(log('x'))).toMatchObject({ ok: true });
		await time.until(time.sleep(100_000));
		expect(rows).toHaveLength(1);
	});
});

/** What methods take on a portal ten times slower than the documentation's, milliseconds. */
const SLOW: Record<string, number> = { register: 6700, finish: 18_600, get: 2300 };
const slowly = ({ url, body }: HttpRequest): number => {
	const calls = url.endsWith('batch') ? Object.values(body.cmd as Record<string, string>) : [url];
	return calls.reduce((sum, call) => sum + (SLOW[/\.(register|finish|get)\b/.exec(call)?.[1] ?? ''] ?? 0), 0);
};

it('a portal ten times slower that cuts nothing off logs three hundred calls once', async () => {
	const { portal, time, rows } = world(undefined, slowly);
	const shared = portal();
	const ids = Array.from({ length: 300 }, (_, index) => `id ${index}`);
	const led = await time.until(Promise.all(ids.map(async (id) => await shared.lead(log(id), new Ledger()))));
	await time.until(time.sleep(600_000));
	const twice = ids.filter((id) => rows.filter((row) => row.EXTERNAL_CALL_ID === id).length > 1);
	expect(led.every(({ ok }) => ok)).toBe(true);
	expect(twice).toEqual([]);
});
