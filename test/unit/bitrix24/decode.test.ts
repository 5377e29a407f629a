import {
	asBoolean,
	asMap,
	asNothing,
	asObject,
	asObjectWith,
	asObjectWithNumber,
	asRows,
	asText,
	asTexts,
	asYes,
	toId,
	UnexpectedShape,
} from '../../../bitrix24/decode';

/** Values that are of no use to a decoder, and what it says of them. */
const SHAPES: [unknown, string][] = [
	[null, 'nothing'],
	[undefined, 'nothing'],
	['secret', 'a string'],
	[7, 'a number'],
	[true, 'a boolean'],
	[['secret'], 'a list'],
	[{ a: 'secret' }, 'an object'],
];

/** Says of each shape that the decoder does not take what came, in words without the value. */
function refuses(decode: (value: unknown) => unknown, wanted: string, ...taken: string[]): void {
	for (const [value, shape] of SHAPES.filter(([, one]) => !taken.includes(one))) {
		expect(() => decode(value)).toThrow(new UnexpectedShape(`${shape} in place of ${wanted}`));
		expect(() => decode(value)).toThrow(UnexpectedShape);
	}
}

it('an object', () => {
	expect(asObject({ a: 1 })).toEqual({ a: 1 });
	refuses(asObject, 'an object', 'an object');
});

it('a map, which PHP sends as a list when it is empty', () => {
	expect(asMap({ a: 1 })).toEqual({ a: 1 });
	expect(asMap([])).toEqual({});
	refuses(asMap, 'an object', 'an object');
});

it('a list of objects', () => {
	expect(asRows([{ a: 1 }, {}])).toEqual([{ a: 1 }, {}]);
	expect(asRows([])).toEqual([]);
	refuses(asRows, 'a list', 'a list');
	expect(() => asRows([{}, null])).toThrow('nothing in place of an object');
});

it('an object with a text', () => {
	const object = { CALL_ID: 'x', n: 1 };
	expect(asObjectWith('CALL_ID')(object)).toEqual(object);
	for (const none of [{}, { CALL_ID: '' }, { CALL_ID: 7 }, { CALL_ID: null }])
		expect(() => asObjectWith('CALL_ID')(none)).toThrow(new UnexpectedShape('an object without CALL_ID'));
	refuses(asObjectWith('a'), 'an object', 'an object');
});

it('a yes or no', () => {
	expect([true, false, 1, 0].map(asBoolean)).toEqual([true, false, true, false]);
	refuses(asBoolean, 'yes or no', 'a boolean');
	expect(() => asBoolean(2)).toThrow('a number in place of yes or no');
});

it('an object with a number', () => {
	for (const ID of [0, 7, '7']) expect(asObjectWithNumber('ID')({ ID, n: 1 })).toEqual({ ID, n: 1 });
	for (const ID of [undefined, null, '', 'x7', '7x', 1.5, -1, true, [7]])
		expect(() => asObjectWithNumber('ID')({ ID })).toThrow(new UnexpectedShape('an object without ID'));
	refuses(asObjectWithNumber('a'), 'an object', 'an object');
});

it('texts', () => {
	expect([asText(''), asTexts([]), asTexts(['a', 'b'])]).toEqual(['', [], ['a', 'b']]);
	refuses(asText, 'a text', 'a string');
	refuses(asTexts, 'a list', 'a list');
	expect(() => asTexts(['a', 7])).toThrow('a number in place of a text');
});

it('a yes', () => {
	expect([true, 1].map(asYes)).toEqual([true, true]);
	refuses(asYes, 'yes', 'a boolean');
	for (const no of [false, 0, 2]) expect(() => asYes(no)).toThrow(UnexpectedShape);
});

it('nothing', () => {
	expect(asNothing([])).toEqual([]);
	refuses(asNothing, 'an empty list');
});

it('an id', () => {
	expect([7, '7', ' 7 ', 1, '7e2'].map(toId)).toEqual([7, 7, 7, 1, 700]);
	for (const none of [0, '0', -1, '-1', 1.5, '', ' ', 'a', null, undefined, true, [7], Number.NaN, Infinity])
		expect(toId(none)).toBeUndefined();
});
