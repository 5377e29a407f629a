import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../../bitrix24/parameters';
import { BATCH_LIMIT, isCall, type Plan } from '../../../bitrix24/plan';
import { callId, duration, phoneNumberPart } from '../../../nodes/Bitrix24Telephony/fields/call';
import { optionalChoice } from '../../../nodes/Bitrix24Telephony/fields/choice';
import { employees, idsOf } from '../../../nodes/Bitrix24Telephony/fields/employees';
import { collection, type Field } from '../../../nodes/Bitrix24Telephony/fields/field';
import {
	flag,
	flagOffUnlessAdded,
	flagOnUnlessAdded,
	optionalInteger,
	optionalNumber,
	optionalText,
	text,
} from '../../../nodes/Bitrix24Telephony/fields/kinds';
import { option } from '../../../nodes/Bitrix24Telephony/fields/option';
import { outcome, statusCode } from '../../../nodes/Bitrix24Telephony/fields/outcome';
import { optionalRecording, recording } from '../../../nodes/Bitrix24Telephony/fields/recording';
import { options, resources } from '../../../nodes/Bitrix24Telephony/operations';
import { readerOf } from '../../support/item';

const read = <Value>(field: Field<string, Value>, parameters: Record<string, unknown>): Value =>
	field.read(readerOf(parameters));

describe('a collection', () => {
	const more = collection({ displayName: 'More', name: 'more', placeholder: 'Add' }, [
		flagOffUnlessAdded({ displayName: 'Off', name: 'off', default: true, description: 'Whether it is.' }),
		flagOnUnlessAdded({ displayName: 'On', name: 'on', default: true, description: 'Whether it is' }),
		flag({ displayName: 'Asked', name: 'asked', default: false, description: 'Whether it is' }),
		optionalText({ displayName: 'Note', name: 'note', description: 'Words' }),
		option({
			displayName: 'Side',
			name: 'side',
			options: [
				{ name: 'Left', value: 'l' },
				{ name: 'Right', value: 'r' },
			],
			default: 'l',
		}),
	]);

	it.each([
		['nothing was added', {}, { off: false, on: true, asked: undefined, note: undefined, side: undefined }],
		['it is not there', undefined, { off: false, on: true, asked: undefined, note: undefined, side: undefined }],
		[
			'added without a value',
			{ off: null, on: undefined, asked: null, note: null },
			{ off: true, on: true, asked: false, note: undefined, side: undefined },
		],
		[
			'added',
			{ off: 'no', on: 'нет', asked: 1, note: ' a ', side: 'RIGHT' },
			{ off: false, on: false, asked: true, note: 'a', side: 'r' },
		],
	])('when %s', (_name, value, expected) => {
		expect(read(more, { more: value })).toEqual(expected);
	});

	it('says what counts until a switch is added', () => {
		const [off, on] = more.property.options as INodeProperties[];
		expect([off?.description, on?.description]).toEqual([
			'Whether it is. Off unless added.',
			'Whether it is. On unless added.',
		]);
	});

	it.each(['Off', 'constructor', '__proto__', ''])('has no field %j', (name) => {
		expect(() =>
			read(more, {
				more: Object.fromEntries([
					['note', 'a'],
					[name, 'b'],
				]),
			}),
		).toThrow(
			expect.objectContaining({
				message: `More has no field “${name}”`,
				description: 'It is the text “b” on this item. Its fields are off, on, asked, note, side.',
			}),
		);
	});

	it('is no list', () => {
		expect(() => read(more, { more: [] })).toThrow('More must be an object');
	});
});

it('says at every switch of a collection what counts until it is added', () => {
	const collections = [
		...resources.flatMap(({ operations }) => operations.flatMap(({ properties }) => properties)),
		...options.properties,
	];
	const switches = collections
		.filter(({ type }) => type === 'collection')
		.flatMap((one) => one.options as INodeProperties[])
		.filter(({ type }) => type === 'boolean');
	expect(switches.length).toBeGreaterThan(8);
	for (const { displayName, description } of switches)
		expect([displayName, description]).toEqual([
			displayName,
			expect.stringMatching(/unless added\.$|: on for .*, off for /),
		]);
});

describe('text', () => {
	const field = text({ displayName: 'Words', name: 'words', description: 'Any' });

	it.each([
		[' a ', 'a'],
		[42, '42'],
		[-0.5, '-0.5'],
		[4915112345678, '4915112345678'],
	])('takes %j', (words, expected) => {
		expect(read(field, { words })).toBe(expected);
	});

	it.each<[unknown, string]>([
		[undefined, 'Words is empty'],
		[null, 'Words is empty'],
		['  ', 'Words is empty'],
		[[], 'Words must be text'],
		[{}, 'Words must be text'],
		[true, 'Words must be text'],
		[1e21, 'Words must be text'],
		[1e-7, 'Words must be text'],
		[2 ** 53, 'Words must be text'],
		[Number.NaN, 'Words must be text'],
	])('refuses %j', (words, message) => {
		expect(() => read(field, { words })).toThrow(message);
	});

	it('repeats no endless text in an error', () => {
		try {
			read(duration, { duration: 'x'.repeat(5000) });
		} catch (error) {
			expect((error as { description: string }).description.length).toBeLessThan(200);
		}
		expect.assertions(1);
	});

	it('of a CALL_ID is no number', () => {
		expect(read(callId, { callId: ' externalCall.a.1 ' })).toBe('externalCall.a.1');
		expect(() => read(callId, { callId: 42 })).toThrow('Call ID must be text');
	});
});

describe('numbers', () => {
	const vote = optionalInteger({ displayName: 'Vote', name: 'vote', default: 5 }, { min: 1, max: 5 });
	const price = optionalNumber({ displayName: 'Price', name: 'price', default: 0 }, { min: 0 });

	it('are read as written', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), (value) =>
				expect([read(vote, { vote: value }), read(vote, { vote: ` ${value} ` })]).toEqual([value, value]),
			),
		);
		fc.assert(
			fc.property(fc.nat(1e9), (cents) => expect(read(price, { price: String(cents / 100) })).toBe(cents / 100)),
		);
		expect([read(vote, { vote: '' }), read(price, { price: null })]).toEqual([undefined, undefined]);
	});

	it.each(['1e3', '0x1', '1 000', '0,5', '5 €', '--1', '1.2.3', '.', Number.NaN, -Infinity, true, [1], { value: 1 }])(
		'refuse %j',
		(value) => {
			expect(() => read(price, { price: value })).toThrow('Price must be a number from 0');
			expect(() => read(vote, { vote: value })).toThrow('Vote must be a whole number from 1 to 5');
		},
	);

	it('of a clock are seconds', () => {
		fc.assert(
			fc.property(fc.nat(999 * 3600), (seconds) => {
				const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
					.map((part) => String(part).padStart(2, '0'))
					.join(':');
				expect([clock, ` ${clock} `].map((text) => read(duration, { duration: text }))).toEqual([seconds, seconds]);
			}),
		);
	});

	it.each(['x00:01:05', '00:01:05x', '00:01:05:00', '1000:00:00'])('of no clock are none: %s', (text) => {
		expect(() => read(duration, { duration: text })).toThrow('Duration must be seconds');
	});

	it('end where they end', () => {
		const rate = optionalNumber({ displayName: 'Rate', name: 'rate', default: 0 }, { min: 0.5, max: 1.5 });
		expect([0.5, 1.5].map((value) => read(rate, { rate: value }))).toEqual([0.5, 1.5]);
		for (const value of [0.49, 1.51])
			expect(() => read(rate, { rate: value })).toThrow('Rate must be a number from 0.5 to 1.5');
		for (const value of [0, 6])
			expect(() => read(vote, { vote: value })).toThrow('Vote must be a whole number from 1 to 5');
	});
});

describe('an option', () => {
	const kind = option({
		displayName: 'Kind',
		name: 'kind',
		options: [
			{ name: 'One', value: 1 },
			{ name: 'Two', value: 2 },
			{ name: 'two', value: 3 },
		],
		default: 1,
	});

	it.each([
		[1, 1],
		['2', 2],
		['one', 1],
		[' ONE ', 1],
	])('takes %j', (given, expected) => {
		expect(read(kind, { kind: given })).toBe(expected);
	});

	it('refuses what could mean two', () => {
		expect(() => read(kind, { kind: 'two' })).toThrow('Kind must be one of its options');
	});
});

describe('a choice', () => {
	const line = optionalChoice({
		displayName: 'Line',
		name: 'line',
		description: 'Any',
		search: 'searchLines',
		code: 'Number',
		example: '1',
	});

	it.each([
		[{ mode: 'list', value: '' }, undefined],
		[{ mode: 'id', value: ' 7 ' }, '7'],
		[7, '7'],
		['', undefined],
		[null, undefined],
	])('reads %j', (given, expected) => {
		expect(read(line, { line: given })).toBe(expected);
	});

	it.each([{}, [], { id: 7 }, { value: [7] }, true])('refuses %j', (given) => {
		expect(() => read(line, { line: given })).toThrow(/^Line (cannot be read|must be text)/);
	});
});

describe('the outcome', () => {
	const codeOf = (
		parameters: Record<string, unknown>,
		seconds: number,
		incoming = true,
		ifUnknown?: 'fail' | 'other',
	) => {
		const reader = readerOf(parameters);
		return [
			statusCode(reader, outcome.read(reader), incoming, seconds, ifUnknown),
			reader.hints.length,
			...reader.warnings,
		];
	};

	it.each<[string, Record<string, unknown>, number, [string, number]]>([
		['nobody answered, yet 20 s', { outcomeFrom: 'asterisk', outcomeWord: 'NO ANSWER' }, 20, ['304', 1]],
		['busy, yet 3 s', { outcome: 'Busy' }, 3, ['486', 1]],
		['a code, yet 3 s', { outcome: '603-s' }, 3, ['603-S', 1]],
		['nobody answered', { outcomeFrom: 'asterisk', outcomeWord: 'NO ANSWER' }, 0, ['304', 0]],
		['answered', { outcome: 'answered' }, 20, ['200', 0]],
		['answered, by its code', { outcome: 200 }, 20, ['200', 0]],
		['answered as there is a duration', {}, 20, ['200', 0]],
		['something else', { outcome: 'OTHER' }, 20, ['OTHER', 0]],
	])('hints when ring time is given as duration: %s', (_name, parameters, seconds, expected) => {
		expect(codeOf(parameters, seconds)).toEqual(expected);
	});

	it.each<[unknown, number, string, string]>([
		['BSUY', 0, 'OTHER', '“BSUY” is no outcome of Asterisk (DIALSTATUS or Hangup Cause), so the call ended as other'],
		['BSUY', 20, 'OTHER', '“BSUY” is no outcome of Asterisk (DIALSTATUS or Hangup Cause), so the call ended as other'],
		['', 0, '304', 'Outcome Word is empty, so Duration decided whether the call was answered'],
		[null, 20, '200', 'Outcome Word is empty, so Duration decided whether the call was answered'],
	])('leaves no call open for the word %j and %d s', (outcomeWord, seconds, code, warning) => {
		expect(codeOf({ outcomeFrom: 'asterisk', outcomeWord }, seconds)).toEqual([code, 0, warning]);
	});

	it('names the word that says nothing, when asked to', () => {
		expect(() => codeOf({ outcomeFrom: 'sip', outcomeWord: 'x' }, 0, true, 'fail')).toThrow(
			'Outcome Word is no final outcome of SIP Code',
		);
		expect(() => codeOf({ outcomeFrom: 'sip', outcomeWord: '' }, 0, true, 'fail')).toThrow('Outcome Word is empty');
	});

	const GOING_ON = [
		['sip', '180'],
		['twilio', 'ringing'],
		['yeastar', 'ANSWER'],
		['megafon', 'accepted'],
	];
	it.each(GOING_ON)('never ends a call that goes on: %s %s', (outcomeFrom, outcomeWord) => {
		expect(() => codeOf({ outcomeFrom, outcomeWord }, 0)).toThrow('Outcome Word is no final outcome of');
	});
});

describe('a recording', () => {
	const file = (fileName: string, mimeType: string) => ({ data: { data: 'A'.repeat(80), fileName, mimeType } });

	it.each([
		['a.WAV', 'application/octet-stream', 'recording.wav'],
		['', 'audio/mpeg', 'recording.mp3'],
		['a.bin', 'audio/x-wav', 'recording.wav'],
	])('is told by name or type: %s %s', (fileName, mimeType, name) => {
		expect(recording.read(readerOf({}, file(fileName, mimeType)))).toMatchObject({ file: { name } });
	});

	it('is none by default where it is optional', () => {
		expect(read(optionalRecording, {})).toBe('none');
		expect(() => read(recording, { recordingFrom: 'none' })).toThrow('Recording From must be one of its options');
	});

	it('says which files there are', () => {
		expect(() => recording.read(readerOf({ binaryProperty: 'sound' }, file('a.wav', 'audio/wav')))).toThrow(
			expect.objectContaining({
				message: 'Input Binary Field: this item has no file in “sound”',
				description: expect.stringContaining('Its files are in data.') as string,
			}),
		);
	});
});

describe('employees', () => {
	const rows = (...chosen: unknown[]) =>
		read(employees('Any'), { employees: { chosen: chosen.map((value) => ({ employee: { mode: 'id', value } })) } });

	it('are never fewer than were given', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom('', ' ', ',', null, 'x')), { minLength: 1 }),
				(values) => {
					const good = values.every((value) => typeof value === 'number');
					const texts = [', ', ' ; ', '  '].map((between) => ` ${values.join(between)} `);
					if (good)
						expect([rows(...values), rows(values), ...texts.map((text) => rows(text))]).toEqual(
							Array(5).fill(values.map((id) => ({ id }))),
						);
					else expect(() => rows(...values)).toThrow(/^Employees, row \d+ /);
				},
			),
		);
	});

	it('are looked up in plans that fit into a batch, each extension once', () => {
		const extensions = Array.from({ length: 120 }, (_, index) => ({ extension: String(index + 1) }));
		const plans: Plan[] = [];
		const conversation = idsOf([{ id: 7 }, ...extensions, ...extensions]);
		let turn = conversation.next();
		while (!turn.done) {
			if (turn.value.every(isCall)) plans.push(turn.value);
			const idOf = ({ FILTER }: Parameters): number =>
				Number((FILTER as { UF_PHONE_INNER: string }).UF_PHONE_INNER) + 100;
			turn = conversation.next(turn.value.map((step) => (isCall(step) ? [{ ID: idOf(step.parameters) }] : undefined)));
		}
		expect(plans.map((plan) => plan.length)).toEqual([BATCH_LIMIT, BATCH_LIMIT, 20]);
		expect(turn.value).toEqual([7, ...extensions.map(({ extension }) => Number(extension) + 100)]);
		expect(idsOf([{ id: 7 }, { id: 7 }]).next()).toEqual({ done: true, value: [7] });
	});
});

it.each([
	['+49 (30) 12', '493012'],
	['*21#', '*21#'],
])('a filter by number holds what can be dialled of %s', (phoneNumber, expected) => {
	expect(read(phoneNumberPart, { phoneNumber })).toBe(expected);
});
