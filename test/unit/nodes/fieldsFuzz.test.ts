import fc from 'fast-check';
import {
	NodeOperationError,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { options, resources } from '../../../nodes/Bitrix24Telephony/operations';
import type { Field } from '../../../nodes/Bitrix24Telephony/fields/field';
import { VERSIONS } from '../../../nodes/Bitrix24Telephony/version';
import { readerOf } from '../../support/item';

/** What JavaScript and n8n’s helpers say when code, not a person, met the value. */
const FOREIGN =
	/Cannot (read|convert)|is not a function|not iterable|is not defined|\[object|undefined|NaN|TypeError|This operation expects/;

type Check = (value: unknown, property: INodeProperties) => boolean;
const isText: Check = (value) => typeof value === 'string' && value !== '';
const isOptional =
	(check: Check): Check =>
	(value, property) =>
		value === undefined || check(value, property);
const isListOf =
	(check: Check): Check =>
	(value, property) =>
		Array.isArray(value) && value.every((one) => check(one, property));
const isEmployee: Check = (value) => {
	const { id, extension, phone } = value as { id?: number; extension?: string; phone?: string };
	if (phone !== undefined) return /\d/.test(phone);
	return extension === undefined
		? Number.isSafeInteger(id) && Number(id) > 0
		: isText(extension, {} as INodeProperties);
};
const isWithin: Check = (value, { typeOptions }) =>
	typeof value === 'number' &&
	Number.isFinite(value) &&
	value >= (typeOptions?.minValue ?? 0) &&
	value <= (typeOptions?.maxValue ?? Infinity);

/** The declared type of a value, by the type of its property. */
const BY_TYPE: Record<string, Check> = {
	boolean: isOptional((value) => typeof value === 'boolean'),
	number: isOptional(isWithin),
	string: isOptional(isText),
	dateTime: isOptional((value) => /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/.test(String(value))),
	options: isOptional((value, property) =>
		(property.options as INodePropertyOptions[]).some((one) => one.value === value),
	),
	multiOptions: isOptional(
		isListOf((value, property) => (property.options as INodePropertyOptions[]).some((one) => one.value === value)),
	),
	resourceLocator: isOptional(isText),
};

/** Where a field makes something else of it, by name. */
const BY_NAME: Record<string, Check> = {
	employee: isOptional(isEmployee),
	employees: isListOf(isEmployee),
	transcript: isListOf(
		(value) =>
			['User', 'Client'].includes((value as { SIDE: string }).SIDE) &&
			isText((value as { MESSAGE: string }).MESSAGE, {} as INodeProperties),
	),
	outcome: (value) =>
		typeof value === 'string'
			? /^([a-zA-Z]+|\d{3}(-S)?)$/.test(value)
			: typeof (value as { word: unknown }).word === 'string',
	recording: (value) => value === 'none' || /^https?:/i.test((value as { url: string }).url),
	limit: (value) => value === Infinity || (Number.isSafeInteger(value) && Number(value) > 0),
	clientId: isOptional(Number.isSafeInteger),
	call: (value) =>
		['CALL_ID', 'EXTERNAL_CALL_ID'].includes((value as { name: string }).name) &&
		isText((value as { id: string }).id, {} as INodeProperties),
	target: (value) => {
		const { callId, all, type, id } = value as { callId?: string; all?: boolean; type?: string; id?: number };
		return (
			(isText(callId, {} as INodeProperties) && typeof all === 'boolean') ||
			(typeof type === 'string' && Number.isSafeInteger(id) && Number(id) > 0)
		);
	},
	shape: (value) => ['raw', 'simple', 'detailed'].includes(String(value)),
	transcriptLines: isListOf((value) => isText((value as { MESSAGE: string }).MESSAGE, {} as INodeProperties)),
	outcomeWord: isOptional((value) => (typeof value === 'string' ? value !== '' : value !== null)),
	parts: isListOf((value) => isEmployee((value as { employee: unknown }).employee, {} as INodeProperties)),
	responsible: isOptional(isEmployee),
	employeeIfUnknown: isOptional(isEmployee),
	fromEmployee: isEmployee,
	toEmployee: isEmployee,
};

function fits(value: unknown, name: string, property: INodeProperties | undefined): boolean {
	if (!property || property.type === 'notice') return value === undefined;
	if (property.type !== 'collection') return (BY_NAME[name] ?? BY_TYPE[property.type])?.(value, property) ?? false;
	const inner = property.options as INodeProperties[];
	return inner.every((one) => fits((value as Record<string, unknown>)[one.name], one.name, one));
}

/** Values that people, PBXs and expressions bring, and any JSON besides. */
const telling = fc.constantFrom<unknown>(
	'',
	' ',
	'0',
	'1',
	0,
	1,
	-1,
	2.5,
	5,
	1e21,
	Number.NaN,
	Infinity,
	null,
	undefined,
	true,
	false,
	'N',
	'maybe',
	'incoming',
	'inbound',
	'2026',
	'2026-03-01',
	1772355600,
	'7,,8',
	'7,8',
	' 12 ',
	'12 s',
	'00:01:05',
	'+4930',
	'anonymous',
	'[]',
	'{}',
	'["Hi"]',
	'[null]',
	'https://a.example/b.wav',
	'constructor',
	'__proto__',
	'binary',
	'url',
	[],
	{},
	[[]],
	[{}],
	{ value: '' },
	{ value: 7 },
	{ mode: 'id' },
	{ __rl: true, mode: 'extension', value: '101' },
	{ chosen: [{}] },
	{ chosen: [{ employee: { mode: 'id', value: '2,3' } }] },
	{ chosen: {} },
	{ chosen: [null] },
	[{ side: 'client', start: 0, text: 'Hi' }],
	{ toISO: 'x' },
);
const json = fc.oneof({ weight: 3, arbitrary: telling }, fc.jsonValue());

/** Any value, or what looks like a filled in field: a locator, a collection, rows. */
function valueFor(property: INodeProperties): fc.Arbitrary<unknown> {
	const inner = (property.options ?? []).filter((one): one is INodeProperties => 'type' in one);
	const rows = (property.options ?? []).filter((one): one is INodePropertyCollection => 'values' in one);
	if (property.type === 'collection') {
		return fc.oneof(
			json,
			fc.record(Object.fromEntries(inner.map((one) => [one.name, valueFor(one)])), { requiredKeys: [] }),
		);
	}
	if (rows.length > 0) {
		const filled = rows.map(({ name, values }): [string, fc.Arbitrary<unknown>] => {
			const row = fc.record(Object.fromEntries(values.map((one) => [one.name, valueFor(one)])));
			return [name, property.typeOptions?.multipleValues ? fc.array(row) : row];
		});
		return fc.oneof(json, fc.record(Object.fromEntries(filled)));
	}
	return property.type === 'resourceLocator' ? fc.oneof(json, locator) : json;
}
const locator = fc.record({
	__rl: fc.constant(true),
	mode: fc.constantFrom('list', 'id', 'extension', 'phone', 'x'),
	value: json,
});

const labels = (properties: INodeProperties[]): string[] =>
	properties.flatMap((property) => [
		property.displayName.replace(/ \(.*\)$/, ''),
		...labels((property.options ?? []).filter((one): one is INodeProperties => 'type' in one)),
		...labels((property.options ?? []).flatMap((one) => ('values' in one ? one.values : []))),
	]);

/** Reads a field. @returns its value, or the text of the refusal and its advice. */
function read(
	field: Field,
	parameters: Record<string, unknown>,
	version: number,
): { value: unknown } | { refused: string; advice: string } {
	try {
		return { value: field.read(readerOf(parameters, {}, version)) };
	} catch (error) {
		if (!(error instanceof NodeOperationError)) throw error;
		const advice = error.description ?? '';
		return { refused: `${error.message} ${advice}`, advice };
	}
}

const everyOperation = resources.flatMap(({ value, operations }) =>
	operations.map((operation) => ({ name: `${value} ${operation.entry.value}`, operation })),
);

it.each(everyOperation)('$name begins with any values, or refuses the item', ({ operation }) => {
	const parameters = fc.record(
		Object.fromEntries(operation.properties.map((property) => [property.name, valueFor(property)])),
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(parameters, (given) => {
			try {
				for (const version of VERSIONS) operation.begin(readerOf(given, {}, version));
			} catch (error) {
				expect(error).toBeInstanceOf(NodeOperationError);
			}
		}),
	);
});

/** Fields that several operations share are the same object, and tried once. */
const everyField = new Map<Field, string>([[options, 'every operation: options']]);
for (const { value, operations } of resources) {
	for (const { entry, fields } of operations)
		for (const field of fields) everyField.set(field, `${value} ${entry.value}: ${field.name}`);
}

describe.each([...everyField].map(([field, name]) => ({ name, field })))('$name', ({ field }) => {
	const anything = fc.record(
		Object.fromEntries(field.properties.map((property) => [property.name, valueFor(property)])),
		{ requiredKeys: [] },
	);

	const isOfBefore = field.properties.every(({ displayOptions }) => displayOptions?.show?.['@version']?.[0] === 1);

	it.each(isOfBefore ? [1] : VERSIONS)(
		'reads any value to its type, or refuses it by its label (version %s)',
		(version) => {
			fc.assert(
				fc.property(anything, (parameters) => {
					const result = read(field, parameters, version);
					if ('value' in result)
						return expect([result.value, fits(result.value, field.name, field.properties[0])]).toEqual([
							result.value,
							true,
						]);
					const { refused, advice } = result;
					expect(advice).toMatch(/^(?!It is )[A-Z]|on this item\. [A-Z]/);
					expect(labels(field.properties).filter((label) => refused.includes(label))).not.toEqual([]);
					const shown = refused.replace(/“[^]*”/g, '').replace(/the number \S+/g, '');
					expect(shown).not.toMatch(FOREIGN);
				}),
				{ numRuns: 200 },
			);
		},
	);

	it.each(isOfBefore ? [1] : VERSIONS)('takes its shown default (version %s)', (version) => {
		const given = Object.fromEntries(field.properties.map(({ name, default: shown }) => [name, shown]));
		expect(read(field, {}, version)).toEqual(read(field, given, version));
	});
});
