import type { QueuedEvent } from '../../../../bitrix24/methods/offline';
import { Sweeper } from '../../../../bitrix24/offline/sweeper';
import { failureOf } from './queue';
import { keyOf, World } from './world';

/** A process that receives, does not fetch, and removes what was delivered from the queue. */
function process() {
	const world = new World();
	const sweeper = new Sweeper(world.means);
	const looks = () => world.queue.asked.filter((method) => method === 'event.offline.list').length;
	const left = () => world.queue.rows.map(({ data }) => data.CALL_ID);
	const occurrence = (event: QueuedEvent) => ({ key: keyOf(event), at: event.at });
	const delivered = (event: QueuedEvent, connect = () => Promise.resolve(world.queue)) =>
		sweeper.delivered(occurrence(event), connect);
	const claim = async (event: QueuedEvent) => await world.time.until(sweeper.claim(world.queue, occurrence(event)));
	return { world, looks, left, delivered, claim };
}

it('removes what was delivered, all of two seconds together, and nothing else', async () => {
	const { world, looks, left, delivered } = process();
	for (const callId of ['one', 'two']) delivered(world.queue.add(callId));
	world.queue.add('three');
	world.queue.add('one', { event: 'OTHER' });
	await world.pass(1.9);
	expect(left()).toHaveLength(4);
	await world.pass(1);
	expect([left(), looks()]).toEqual([['three', 'one'], 1]);
	await world.pass(60);
	expect(looks()).toBe(1);
	delivered(world.queue.add('four'));
	await world.pass(3);
	expect([left(), looks()]).toEqual([['three', 'one'], 2]);
});

it('leaves a later click on the same number', async () => {
	const { world, left, delivered } = process();
	delivered(world.queue.add('one', { secondsAgo: 11 }));
	world.queue.add('one');
	await world.pass(60);
	expect(left()).toEqual(['one']);
});

it('waits for a row that comes later than the delivery, and asks for the others no more', async () => {
	const { world, looks, left, delivered } = process();
	delivered(world.queue.add('one'));
	const late = world.queue.add('two');
	delivered(late);
	world.queue.rows.pop();
	await world.pass(3);
	expect([left(), looks()]).toEqual([[], 1]);
	world.queue.add('one');
	world.queue.add('two');
	await world.pass(3);
	expect([left(), looks()]).toEqual([['one'], 2]);
});

it('gives up before the process that fetches would take the event', async () => {
	const { world, looks, left, delivered } = process();
	delivered(world.queue.add('one'));
	world.queue.rows.length = 0;
	await world.pass(60);
	expect(looks()).toBe(4);
	world.queue.add('one');
	await world.pass(60);
	expect([left(), looks()]).toEqual([['one'], 4]);
});

it('tries again when it cannot connect, or the portal refuses', async () => {
	const { world, left, delivered } = process();
	let attempts = 0;
	delivered(world.queue.add('one'), () => {
		attempts += 1;
		world.queue.next = attempts === 2 ? { failure: failureOf('unknown'), isDone: false } : undefined;
		return attempts === 1 ? Promise.reject(new Error('not connected')) : Promise.resolve(world.queue);
	});
	await world.pass(5);
	expect(left()).toEqual(['one']);
	await world.pass(2);
	expect([left(), attempts]).toEqual([[], 3]);
});

describe('a claim', () => {
	it('is won by the row that is there', async () => {
		const { world, left, claim } = process();
		const event = world.queue.add('one');
		world.queue.add('two');
		expect(await claim(event)).toBe(true);
		expect([left(), world.queue.asked]).toEqual([['two'], ['event.offline.list', 'event.offline.get']]);
		expect(await claim(event)).toBe(false);
		expect(world.queue.asked).toHaveLength(3);
	});

	it('is lost when the portal cannot be asked', async () => {
		const { world, left, claim } = process();
		const event = world.queue.add('one');
		world.queue.next = { failure: failureOf('unknown'), isDone: false };
		expect(await claim(event)).toBe(false);
		expect(left()).toEqual(['one']);
	});
});
