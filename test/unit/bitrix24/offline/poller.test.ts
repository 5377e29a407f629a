import { GRACE, LONGEST_HOLD } from '../../../../bitrix24/offline/poller';
import { Sweeper } from '../../../../bitrix24/offline/sweeper';
import { failureOf } from './queue';
import { keyOf, World } from './world';

describe('what is only fetched', () => {
	it('starts once, within the interval, and leaves the queue', async () => {
		const world = new World();
		world.poller.join(world.subscriber());
		await world.pass(1);
		world.queue.add('one');
		await world.pass(4);
		expect([world.started, world.queue.rows]).toEqual([['a one'], []]);
		await world.pass(60);
		expect(world.started).toEqual(['a one']);
	});

	it('goes to everybody who wants it, and to nobody else', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a'));
		world.poller.join(world.subscriber('b'));
		world.poller.join(world.subscriber('c', { events: ['CALLBACK'] }));
		world.queue.add('one');
		world.queue.add('two', { event: 'CALLBACK' });
		world.queue.add('three', { event: 'OTHER' });
		await world.pass(5);
		expect([...world.started].sort()).toEqual(['a one', 'b one', 'c two']);
		expect(world.queue.rows.map(({ event }) => event)).toEqual(['OTHER']);
	});

	it('stays reserved until what it started has ended, and not for ever', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a', { take: () => world.time.sleep(5000) }));
		world.queue.add('one');
		await world.pass(4.5);
		expect(world.queue.rows).toHaveLength(1);
		await world.pass(2);
		expect(world.queue.rows).toEqual([]);
		world.poller.join(world.subscriber('b', { take: () => new Promise(() => undefined) }));
		world.queue.add('two');
		await world.pass((LONGEST_HOLD + 4000) / 1000);
		expect(world.queue.rows).toEqual([]);
	});

	it('comes again after a kill when it was not confirmed, and is marked so', async () => {
		const world = new World();
		world.poller.join(world.subscriber('killed', { take: () => new Promise(() => undefined) }));
		world.queue.add('one');
		await world.pass(4);
		world.restart(() => world.subscriber());
		await world.pass(2);
		expect([world.started, world.queue.rows]).toEqual([['a one again'], []]);
	});

	it('comes again when n8n could not start it', async () => {
		const world = new World();
		let attempts = 0;
		const take = (): Promise<void> => (++attempts === 1 ? Promise.reject(new Error('no database')) : Promise.resolve());
		world.poller.join(world.subscriber('a', { take }));
		world.queue.add('one');
		await world.pass(10);
		expect([attempts, world.queue.rows, world.complaints]).toEqual([2, [], ['no database']]);
	});

	it('is found when the answer that reserved it was lost', async () => {
		const world = new World();
		world.poller.join(world.subscriber());
		await world.pass(1);
		world.queue.add('one');
		world.queue.next = { failure: failureOf('unknown'), isDone: true };
		await world.pass(20);
		expect([world.started, world.queue.rows]).toEqual([['a one again'], []]);
	});

	it('is not started again when only its confirmation went wrong', async () => {
		const world = new World();
		world.poller.join(
			world.subscriber('a', {
				take: async (event) => {
					world.started.push(String(event.data.CALL_ID));
					// The next request confirms.
					world.queue.next = { failure: failureOf('unreachable'), isDone: false };
					await Promise.resolve();
				},
			}),
		);
		world.queue.add('one');
		await world.pass(20);
		expect([world.started, world.queue.rows]).toEqual([['one'], []]);
	});

	it('is looked for at each start, as another process may have fetched meanwhile', async () => {
		const world = new World();
		const subscriber = world.subscriber();
		world.poller.join(subscriber);
		await world.pass(5);
		await world.poller.leave(subscriber);
		await world.pass(5);
		Object.assign(world.queue.add('one'), { processId: 'of another one, which was killed' });
		world.poller.join(subscriber);
		await world.pass(5);
		expect([world.started, world.queue.rows]).toEqual([['a one again'], []]);
	});

	it('is fetched on a plan that cannot reserve', async () => {
		const world = new World();
		world.queue.canReserve = false;
		world.poller.join(world.subscriber());
		world.queue.add('one');
		await world.pass(4);
		expect([world.started, world.queue.rows, world.queue.asked.includes('event.offline.clear')]).toEqual([
			['a one'],
			[],
			false,
		]);
	});

	it.each(['feature.get', 'event.offline.get'])('is fetched without reserving when %s is refused', async (method) => {
		const world = new World();
		world.poller.join(world.subscriber());
		world.queue.add('one');
		if (method === 'event.offline.get') await world.time.until(world.time.sleep(250));
		world.queue.next = { failure: failureOf('refused', { method }), isDone: false };
		await world.pass(15);
		expect([world.started, world.queue.rows, world.queue.asked.includes('event.offline.clear')]).toEqual([
			['a one'],
			[],
			false,
		]);
	});

	it('comes by the hundred without a pause between full pages', async () => {
		const world = new World();
		for (let count = 0; count < 130; count += 1) world.queue.add(`call ${count}`);
		world.poller.join(world.subscriber());
		await world.pass(2);
		expect(new Set(world.started).size).toBe(130);
		expect(world.started).toHaveLength(130);
	});
});

describe('what is delivered as well', () => {
	const both = { isPushed: true };

	it('is dropped from the queue once its execution has ended', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a', both));
		await world.pass(1);
		world.deliver(world.queue.add('one'), 5);
		await world.pass(4);
		expect(world.queue.rows).toHaveLength(1);
		await world.pass(60);
		expect([world.started, world.queue.rows]).toEqual([['push one'], []]);
	});

	it('is fetched when it was not delivered in time, and a delivery after that is known', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a', both));
		await world.pass(1);
		const event = world.queue.add('one');
		await world.pass(GRACE / 1000 - 1);
		expect(world.started).toEqual([]);
		await world.pass(8);
		expect([world.started, world.queue.rows]).toEqual([['a one'], []]);
		expect(world.poller.covered.has({ key: keyOf(event), at: event.at })).toBe(true);
	});

	it('is fetched at once after a start, when it is old', async () => {
		const world = new World();
		world.queue.add('old', { secondsAgo: 60 });
		world.queue.add('new', { secondsAgo: 1 });
		world.poller.join(world.subscriber('a', both));
		await world.pass(2);
		expect(world.started).toEqual(['a old']);
		await world.pass(GRACE / 1000 + 3);
		expect(world.started).toEqual(['a old', 'a new']);
	});

	it('counts a second click as another one', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a', both));
		await world.pass(1);
		world.deliver(world.queue.add('one'));
		await world.pass(336);
		world.queue.add('one');
		await world.pass(20);
		expect(world.started).toEqual(['push one', 'a one']);
	});

	it('is removed by a process that does not fetch, before it is fetched', async () => {
		const world = new World();
		const sweeper = new Sweeper(world.means);
		world.poller.join(world.subscriber('a', both));
		await world.pass(1);
		const event = world.queue.add('one');
		sweeper.delivered({ key: keyOf(event), at: event.at }, () => Promise.resolve(world.queue));
		await world.pass(30);
		expect([world.started, world.queue.rows]).toEqual([[], []]);
	});

	it('is claimed by one only, when its delivery is late', async () => {
		const world = new World();
		const sweeper = new Sweeper(world.means);
		const event = world.queue.add('one');
		const occurrence = { key: keyOf(event), at: event.at };
		expect(await world.time.until(sweeper.claim(world.queue, occurrence))).toBe(true);
		expect(await world.time.until(sweeper.claim(world.queue, occurrence))).toBe(false);
	});
});

describe('trouble', () => {
	it('is told once while it lasts, and looks become rarer', async () => {
		const world = new World();
		world.poller.join(
			world.subscriber('a', { connect: () => Promise.reject(new Error('The Bitrix24 credential is not connected')) }),
		);
		await world.pass(600);
		expect(world.complaints).toEqual(['The Bitrix24 credential is not connected']);
	});

	it('of one credential does not stop the others', async () => {
		const world = new World();
		world.poller.join(world.subscriber('a', { connect: () => Promise.reject(new Error('not connected')) }));
		world.poller.join(world.subscriber('b'));
		world.queue.add('one');
		await world.pass(12);
		expect([...world.started].sort()).toEqual(['a one', 'b one']);
	});

	it('of limits is not told: it passes', async () => {
		const world = new World();
		world.poller.join(world.subscriber());
		world.queue.next = { failure: failureOf('limited', { retryAt: world.time.now() + 90_000 }), isDone: false };
		await world.pass(80);
		expect([world.queue.asked, world.complaints]).toEqual([['feature.get'], []]);
		await world.pass(20);
		expect(world.queue.asked.length).toBeGreaterThan(1);
	});

	it('takes no more than a request in three seconds, and fewer when nothing happens', async () => {
		const world = new World();
		world.poller.join(world.subscriber());
		await world.pass(600);
		const awake = world.queue.asked.length;
		expect(awake).toBeLessThanOrEqual(202);
		await world.pass(3600);
		world.queue.asked.splice(0);
		await world.pass(600);
		expect(world.queue.asked.length).toBeLessThanOrEqual(41);
	});

	it('ends with the last who wants events, also in the middle of a pause', async () => {
		const world = new World();
		const [one, other] = [world.subscriber('a'), world.subscriber('b')];
		world.poller.join(one);
		world.poller.join(other);
		await world.pass(1);
		await world.poller.leave(one);
		world.queue.add('one');
		await world.pass(4);
		await world.poller.leave(other);
		world.queue.add('two');
		await world.pass(60);
		expect(world.started).toEqual(['b one']);
		world.poller.join(one);
		await world.pass(1);
		expect(world.started).toEqual(['b one', 'a two']);
	});
});
