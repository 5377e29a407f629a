import { isPlainObject } from '../../common/values';
import { duration } from './call';
import { employee, employeeOf, type EmployeeChoice } from './employee';
import { Parameter, type Field } from './field';
import type { Given } from '../given';
import { option } from './option';
import { recordingByName, type Recording } from './recording';
import { parsed } from './transcript';

/** What one employee talked of a call. */
export interface Part {
	employee: EmployeeChoice;
	/** Seconds. */
	duration: number;
	recording: Recording;
}

const recording = recordingByName.with({
	description: 'Name of the input binary field that holds the recording of this part, or its URL. Empty for none.',
});
const row = [
	employee('Employee who talked').with({ required: false }),
	duration.with({ description: 'Seconds that this employee talked' }),
	recording,
];

const from = option({
	displayName: 'Parts From',
	name: 'partsFrom',
	options: [
		{ name: 'Chosen Below', value: 'rows' },
		{ name: 'List', value: 'list', description: 'A list of an item, such as TALKED of a Phone System Trigger' },
	],
	default: 'rows',
	description: 'Where it stands who talked',
});
const rows = new Parameter(
	{
		displayName: 'Parts',
		name: 'parts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { partsFrom: ['rows'] } },
		placeholder: 'Add Part',
		default: {},
		description: 'Who talked, in order, and for how long',
		options: [{ displayName: 'Part', name: 'part', values: row.map(({ property }) => property) }],
	},
	(given): unknown => (isPlainObject(given.value) ? (given.value.part ?? []) : given.value),
	undefined,
);
const list = new Parameter(
	{
		displayName: 'List of Parts',
		name: 'talked',
		type: 'json',
		displayOptions: { show: { partsFrom: ['list'] } },
		default: '={{ $json.TALKED }}',
		description:
			'Each {"EXTENSION": "101" or "USER_ID": 7, "SECONDS": 12}, in order; "recording" may name a binary field or a URL',
	},
	(given): unknown => (given.isMissing ? [] : parsed(given)),
	undefined,
);

/** The parts of a call, in order: chosen one by one, or as a phone system reports them. */
export const parts: Field<'parts', Part[]> = {
	name: 'parts',
	properties: [from, rows, list].map(({ property }) => property),
	read: (reader) => {
		const source = from.read(reader) === 'rows' ? rows : list;
		const given = reader.given(source.property);
		const found = source.accept(given);
		if (!Array.isArray(found)) return given.refuse('must be a list', 'It needs an employee and seconds for each part.');
		return found.map((one: unknown, index) => partOf(given.part(one, `${given.label}, row ${index + 1}`)));
	},
};

function partOf(given: Given): Part {
	if (!isPlainObject(given.value)) return given.refuse('has no employee', 'A part needs an employee and seconds.');
	const { employee: chosen, USER_ID, EXTENSION, duration: own, SECONDS, recording: sound } = given.value;
	const who =
		chosen ?? (USER_ID === undefined ? { mode: 'extension', value: EXTENSION } : { mode: 'id', value: USER_ID });
	return {
		employee: employeeOf(given.part(who)),
		duration: duration.accept(given.part(own ?? SECONDS)),
		recording: recording.accept(given.part(sound)),
	};
}
