import fc from 'fast-check';
import { failureOf } from './queue';
import { World } from './world';

describe('whatever is delivered, lost, killed and clicked', () => {
	const step = fc.oneof(
		{ weight: 4, arbitrary: fc.constant('delivered' as const) },
		{ weight: 3, arbitrary: fc.constant('undelivered' as const) },
		{ weight: 1, arbitrary: fc.constant('kill' as const) },
		{ weight: 1, arbitrary: fc.constant('lost answer' as const) },
		{ weight: 1, arbitrary: fc.constant('away' as const) },
	);
	const story = fc.array(fc.tuple(step, fc.integer({ min: 0, max: 8000 })), { maxLength: 15 });

	/** @param settles whether a kill waits until nothing is under way @returns clicks and what started, by CALL_ID */
	async function live(
		steps: [string, number][],
		settles: boolean,
	): Promise<{ clicks: string[]; started: string[]; left: number }> {
		const world = new World();
		const subscriber = () => world.subscriber('a', { isPushed: true });
		world.poller.join(subscriber());
		await world.pass(5);
		for (const [index, [kind, pause]] of steps.entries()) {
			if (kind === 'delivered') world.deliver(world.queue.add(`call ${index}`));
			else if (kind === 'undelivered') world.queue.add(`call ${index}`);
			else if (kind === 'kill') {
				// Trouble makes the pauses grow to a minute; until the next look, what was delivered is still in the queue.
				if (settles) await world.pass(150);
				world.restart(subscriber);
			} else world.queue.next = { failure: failureOf('unknown'), isDone: kind === 'lost answer' };
			await world.pass(pause / 1000);
		}
		await world.pass(200);
		const clicks = steps.flatMap(([kind], index) =>
			kind === 'delivered' || kind === 'undelivered' ? [`call ${index}`] : [],
		);
		return {
			clicks: clicks.sort(),
			started: world.started.map((one) => one.replace(/^(a|push) | again$/g, '')).sort(),
			left: world.queue.rows.length,
		};
	}

	it('every click starts the workflow once', async () => {
		await fc.assert(
			fc.asyncProperty(story, async (steps) => {
				const { clicks, started, left } = await live(steps, true);
				expect({ started, left }).toEqual({ started: clicks, left: 0 });
			}),
			{ numRuns: 150 },
		);
	});

	it('none is missed, also when the kill comes in the middle of it', async () => {
		await fc.assert(
			fc.asyncProperty(story, async (steps) => {
				const { clicks, started, left } = await live(steps, false);
				expect({ started: [...new Set(started)], left }).toEqual({ started: clicks, left: 0 });
			}),
			{ numRuns: 150 },
		);
	});
});
