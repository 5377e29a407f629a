import { Claims } from '../../../bitrix24/claims';
import { settle } from '../../support/virtualTime';

/** Claims for owners a, b and c, and what they have been told so far. */
function world() {
	const claims = new Claims();
	const owners = { a: {}, b: {}, c: {} };
	type Name = keyof typeof owners;
	const told: [Name, unknown][] = [];
	return {
		claims,
		told: async () => {
			await settle();
			return told.splice(0);
		},
		take: (name: Name, key = 'k') => void claims.take(key, owners[name]).then((claimed) => told.push([name, claimed])),
		settle: (name: Name, word: unknown, key = 'k') => claims.settle(key, owners[name], word),
		release: (name: Name, left?: unknown) => claims.release(owners[name], left),
	};
}

it('gives a key to whoever comes first, and others their own', async () => {
	const { take, told } = world();
	take('a');
	take('b');
	take('c', 'other');
	expect(await told()).toEqual([
		['a', { isMine: true, left: undefined }],
		['c', { isMine: true, left: undefined }],
	]);
});

it('tells all who wait the word of the one who got it done, once that one lets go', async () => {
	const { take, told, settle: done, release } = world();
	for (const name of ['a', 'b', 'c'] as const) take(name);
	await told();
	done('a', 'word');
	expect(await told()).toEqual([]);
	release('a');
	expect(await told()).toEqual([
		['b', { isMine: false, done: 'word' }],
		['c', { isMine: false, done: 'word' }],
	]);
	take('b');
	expect(await told()).toEqual([['b', { isMine: true, left: undefined }]]);
});

it('counts an empty word as done', async () => {
	const { take, told, settle: done, release } = world();
	take('a');
	take('b');
	done('a', undefined);
	release('a');
	expect((await told())[1]).toEqual(['b', { isMine: false, done: undefined }]);
});

it('goes to the next in line when the first failed, with what was left open', async () => {
	const { take, told, release } = world();
	for (const name of ['a', 'b', 'c'] as const) take(name);
	await told();
	release('a', 'call 1');
	expect(await told()).toEqual([['b', { isMine: true, left: 'call 1' }]]);
	release('b', 'call 2');
	expect(await told()).toEqual([['c', { isMine: true, left: 'call 2' }]]);
});

it('remembers what was left open for whoever comes later', async () => {
	const { take, told, release } = world();
	take('a');
	release('a', 'call 1');
	take('b');
	expect((await told()).at(-1)).toEqual(['b', { isMine: true, left: 'call 1' }]);
	release('b');
	take('c');
	expect(await told()).toEqual([['c', { isMine: true, left: 'call 1' }]]);
});

it('forgets what was left open when it is done', async () => {
	const { take, told, settle: done, release } = world();
	take('a');
	release('a', 'call 1');
	take('b');
	await told();
	done('b', 'word');
	release('b');
	take('c');
	expect(await told()).toEqual([['c', { isMine: true, left: undefined }]]);
});

it('lets nobody settle or release what is not theirs', async () => {
	const { take, told, settle: done, release } = world();
	take('a');
	take('b');
	await told();
	done('b', 'not mine');
	done('b', 'not mine', 'no such key');
	release('c', 'nothing');
	expect(await told()).toEqual([]);
	release('a');
	expect(await told()).toEqual([['b', { isMine: true, left: undefined }]]);
});

it('takes who lets go out of the line, with an answer', async () => {
	const { take, told, release } = world();
	for (const name of ['a', 'b', 'c'] as const) take(name);
	await told();
	release('b');
	expect(await told()).toEqual([['b', { isMine: false, done: undefined }]]);
	release('a');
	expect(await told()).toEqual([['c', { isMine: true, left: undefined }]]);
});

it('lets go of all keys of an owner, and once', async () => {
	const { take, told, release } = world();
	take('a', 'x');
	take('a', 'y');
	release('a');
	take('b', 'x');
	take('b', 'y');
	expect((await told()).slice(2)).toEqual([
		['b', { isMine: true, left: undefined }],
		['b', { isMine: true, left: undefined }],
	]);
	take('c', 'x');
	release('a');
	release('c');
	expect(await told()).toEqual([['c', { isMine: false, done: undefined }]]);
});

it('remembers ten thousand things left open, and forgets the oldest', async () => {
	const claims = new Claims();
	const leave = async (key: string): Promise<void> => {
		const owner = {};
		await claims.take(key, owner);
		claims.release(owner, `left ${key}`);
	};
	const leftOf = async (key: string): Promise<unknown> => {
		const claimed = await claims.take(key, {});
		return claimed.isMine && claimed.left;
	};
	for (let index = 0; index < 10_000; index += 1) await leave(String(index));
	await leave('0');
	await leave('new');
	expect(await leftOf('1')).toBeUndefined();
	expect([await leftOf('0'), await leftOf('2'), await leftOf('new')]).toEqual(['left 0', 'left 2', 'left new']);
});
