import { Memory } from '../../../bitrix24/memory';

it('tells what it was told last, and how old that is', () => {
	let now = 1000;
	const memory = new Memory(() => now);
	expect(memory.recall('a')).toBeUndefined();
	memory.keep('a', 1);
	now += 500;
	expect(memory.recall('a')).toEqual({ value: 1, age: 500 });
	memory.keep('a', undefined);
	expect(memory.recall('a')).toEqual({ value: undefined, age: 0 });
});

it('forgets what is oldest when it knows too much', () => {
	const memory = new Memory(() => 0);
	for (let index = 0; index <= 10_000; index += 1) memory.keep(String(index), index);
	expect(memory.recall('0')).toBeUndefined();
	expect(memory.recall('1')).toEqual({ value: 1, age: 0 });
	memory.keep('1', 'again');
	memory.keep('more', 0);
	expect(memory.recall('1')).toEqual({ value: 'again', age: 0 });
	expect(memory.recall('2')).toBeUndefined();
});
