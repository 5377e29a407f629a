import { PACE, paced } from '../../../check/pace';
import type { Answer } from '../../../check/wire';

const OK: Answer = { status: 200, contentType: '', body: {} };
const FULL: Answer = { status: 503, contentType: '', body: { error: 'QUERY_LIMIT_EXCEEDED' } };
const request = { url: 'https://p/', verb: 'GET', headers: {} } as const;

/** Sends with a clock that moves only when somebody sleeps. */
function sending(answers: readonly (Answer | Error)[]) {
	let time = 0;
	const starts: number[] = [];
	const send = paced(
		() => {
			const answer = answers[starts.push(time) - 1] ?? OK;
			return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
		},
		{
			now: () => time,
			sleep: (milliseconds) => {
				time += milliseconds;
				return Promise.resolve();
			},
		},
	);
	return { send: () => send(request), starts };
}

it("stays well below what leaks out of the portal's bucket", () => {
	expect(1000 / PACE).toBeLessThan(1.5);
});

it('sends one after the other at the pace, also when one fails', async () => {
	const { send, starts } = sending([OK, new Error('lost'), OK]);
	await Promise.allSettled([send(), send(), send()]);
	expect(starts).toEqual([0, PACE, 2 * PACE]);
});

it('waits and repeats when the bucket is full', async () => {
	const { send, starts } = sending([FULL, FULL, OK]);
	expect(await send()).toBe(OK);
	expect(starts).toEqual([0, 10_000, 20_000]);
});

it('gives up when the bucket stays full', async () => {
	const { send, starts } = sending([FULL, FULL, FULL, FULL, OK]);
	expect(await send()).toBe(FULL);
	expect(starts).toHaveLength(4);
});
