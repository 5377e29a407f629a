import fc from 'fast-check';
import qs from 'qs';
import { decodeForm, encodeForm } from '../../../bitrix24/phpForm';

describe('encodeForm', () => {
	it('writes nested keys as PHP reads them', () => {
		expect(
			encodeForm({ FILTER: { ID: 7, ACTIVE: true }, USER_ID: [1, 2], EMPTY: '', GONE: undefined, NONE: null }),
		).toBe('FILTER%5BID%5D=7&FILTER%5BACTIVE%5D=1&USER_ID%5B0%5D=1&USER_ID%5B1%5D=2&EMPTY=');
	});

	it('is read back by another implementation', () => {
		const text = fc.string({ unit: 'binary', minLength: 1 });
		fc.assert(
			fc.property(
				fc.dictionary(
					fc.stringMatching(/^[A-Z_]{1,8}$/),
					fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 5 })),
				),
				(values) => {
					expect(qs.parse(encodeForm(values))).toEqual({ ...values });
				},
			),
		);
	});
});

describe('decodeForm', () => {
	it('decodes a delivery', () => {
		const decoded = decodeForm(
			'event=ONEXTERNALCALLSTART&data%5BPHONE_NUMBER%5D=%2B494951234567&data%5BEXTENSION%5D=&auth[user_id]=7&list[]=a&list[]=b',
		);
		expect(JSON.parse(JSON.stringify(decoded))).toEqual({
			event: 'ONEXTERNALCALLSTART',
			data: { PHONE_NUMBER: '+494951234567', EXTENSION: '' },
			auth: { user_id: '7' },
			list: { 0: 'a', 1: 'b' },
		});
	});

	it('reads back what encodeForm wrote', () => {
		const leaf = fc.string({ unit: 'binary' });
		const key = fc.stringMatching(/^[A-Za-z_]{1,6}$/);
		fc.assert(
			fc.property(
				fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1 })), {
					maxKeys: 20,
					noNullPrototype: true,
				}),
				(values) => {
					expect(JSON.parse(JSON.stringify(decodeForm(encodeForm(values))))).toEqual(
						JSON.parse(JSON.stringify(values)),
					);
				},
			),
		);
	});

	it('survives anything, and reaches no prototype', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => void decodeForm(body)));
		decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('stops at a thousand pairs, of which empty ones do not count', () => {
		const wide = Array.from({ length: 1500 }, (_, index) => `k${index}=1`).join('&');
		expect(Object.keys(decodeForm(wide))).toHaveLength(1000);
		expect(Object.keys(decodeForm('&'.repeat(600) + wide))).toHaveLength(1000);
		expect(Object.keys(decodeForm('=1&'.repeat(600) + wide))).toHaveLength(400);
	});

	it('drops a name with more than 64 brackets, and what it held', () => {
		const depth = (value: unknown): number =>
			typeof value === 'object' ? 1 + depth(Object.values(value as object)[0]) : 0;
		expect(depth(decodeForm(`a${'[b]'.repeat(64)}=1`).a)).toBe(64);
		expect(asPlain(`a=0&a${'[b]'.repeat(65)}=1&z=1`)).toEqual({ z: '1' });
	});

	/** Answers of parse_str of PHP 8.2.36. */
	it.each<[string, unknown]>([
		['data[CALL_ID=x', { data_CALL_ID: 'x' }],
		['data[a[b=x', { data_a_b: 'x' }],
		['data[a.b c=x', { data_a_b_c: 'x' }],
		['a[.b=x', { a__b: 'x' }],
		['a.b=1', { a_b: '1' }],
		['a b=1', { a_b: '1' }],
		['a+b=1+2', { a_b: '1 2' }],
		[' a=1', { a: '1' }],
		['+a=1', { a: '1' }],
		['  a=1', { a: '1' }],
		['a[10]=1&a[]=2', { a: { 10: '1', 11: '2' } }],
		['a[]=1&a[]=2&a[]=3', { a: { 0: '1', 1: '2', 2: '3' } }],
		[' =1', {}],
		['.=1', { _: '1' }],
		['a.[b]=1', { a_: { b: '1' } }],
		['a[b.c d]=1', { a: { 'b.c d': '1' } }],
		['a[b][c=x', { a: { b: 'x' } }],
		['a[b][ [c=x', { a: { b: 'x' } }],
		['a[b]c[d]=x', { a: { b: 'x' } }],
		['a[b]]=1', { a: { b: '1' } }],
		['a]b=1', { 'a]b': '1' }],
		['a[[b]=x', { a: { '[b': 'x' } }],
		['a[b]=1&a[b[c]=2', { a: { b: '1', 'b[c': '2' } }],
		['[a]=1', {}],
		['=1', {}],
		['a', { a: '' }],
		['a=', { a: '' }],
		['a=1=2', { a: '1=2' }],
		['&&a=1&', { a: '1' }],
		['a;b=1', { 'a;b': '1' }],
		['a[]=1&a[]=2', { a: { 0: '1', 1: '2' } }],
		['a[ ]=1&a[\t]=2', { a: { 0: '1', 1: '2' } }],
		['a[  ]=1&a[ b]=2', { a: { '  ': '1', ' b': '2' } }],
		['a[5]=1&a[]=2', { a: { 5: '1', 6: '2' } }],
		['a[5]=1&a[2]=2&a[]=3', { a: { 2: '2', 5: '1', 6: '3' } }],
		['a[-3]=1&a[]=2', { a: { '-3': '1', '-2': '2' } }],
		['a[05]=1&a[]=2', { a: { '05': '1', 0: '2' } }],
		['a[1.5]=1&a[]=2', { a: { '1.5': '1', 0: '2' } }],
		['a[x][]=1&a[x][]=2', { a: { x: { 0: '1', 1: '2' } } }],
		['a[][c]=1&a[][c]=2', { a: { 0: { c: '1' }, 1: { c: '2' } } }],
		['a=1&a[b]=2', { a: { b: '2' } }],
		['a[b]=2&a=1', { a: '1' }],
		['a[b]=1&a[b][c]=2', { a: { b: { c: '2' } } }],
		['a=1&a=2', { a: '2' }],
		['a%00b=1', { a: '1' }],
		['a[b%00c]=1', { a_b: '1' }],
		['a[b]=x%00y', { a: { b: 'x\0y' } }],
		['a%5Bb%5D=1', { a: { b: '1' } }],
		['%=1', { '%': '1' }],
		['a=%zz%41', { a: '%zzA' }],
		['a=%ff%41', { a: '\u{fffd}A' }],
		['a=ü%C3%BC%', { a: 'üü%' }],
	])('decodes %j as PHP does', (body, expected) => {
		expect(asPlain(body)).toEqual(expected);
	});

	it('keeps what it was given, in order, however the pairs are mixed', () => {
		const key = fc.stringMatching(/^[a-z]{1,3}$/);
		fc.assert(
			fc.property(fc.array(fc.tuple(key, fc.string({ unit: 'grapheme' })), { maxLength: 30 }), (pairs) => {
				const body = pairs.map(([name, value]) => `data[${name}][]=${encodeURIComponent(value)}`).join('&');
				const lists = new Map<string, string[]>();
				for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
				const { data = {} } = decodeForm(body);
				expect(new Map(Object.entries(data).map(([name, list]) => [name, Object.values(list)]))).toEqual(lists);
			}),
		);
	});

	const N = 20_000;
	/** Bodies that a stranger could send to keep a decoder busy. */
	const hostile: Record<string, string> = {
		'opening brackets': '['.repeat(N),
		'opening brackets behind a name': `a${'['.repeat(N)}`,
		'closing brackets': `a${']'.repeat(N)}`,
		'pairs of brackets': `a${'[]'.repeat(N)}`,
		'nested keys': `a${'[b]'.repeat(N)}=1`,
		'brackets that never close': `a[b]${'['.repeat(N)}=1`,
		'broken nesting': `a${'[b'.repeat(N)}`,
		'empty pairs': '&'.repeat(N),
		'equals signs': '='.repeat(N),
		'nameless pairs': '=&'.repeat(N),
		'appended values': 'a[]=1&'.repeat(N),
		'one long key': `${'k'.repeat(N)}=1`,
		'percent signs': '%'.repeat(N),
		'escaped brackets': `a${'%5B'.repeat(N)}=${'%ff'.repeat(N)}`,
	};

	it.each(Object.entries(hostile))('looks at each character a few times only: %s', (_name, body) => {
		const scanned = countScanned(() => decodeForm(body));
		expect(scanned).toBeLessThan(body.length * 6);
	});
});

const asPlain = (body: string): unknown => JSON.parse(JSON.stringify(decodeForm(body)));

/** How many characters indexOf and slice go over while something runs. */
function countScanned(run: () => void): number {
	let count = 0;
	const { indexOf, slice } = String.prototype;
	const spies = [
		jest.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, text: string, from = 0) {
			const found = indexOf.call(this, text, from);
			count += (found < 0 ? this.length : found + 1) - from;
			return found;
		}),
		jest.spyOn(String.prototype, 'slice').mockImplementation(function (this: string, from?: number, to?: number) {
			const part = slice.call(this, from, to);
			count += part.length;
			return part;
		}),
	];
	try {
		run();
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
	return count;
}
