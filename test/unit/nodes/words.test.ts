import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { Bitrix24OAuth2Api } from '../../../credentials/Bitrix24OAuth2Api.credentials';
import { Bitrix24PortalApi } from '../../../credentials/Bitrix24PortalApi.credentials';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { Bitrix24Telephony } from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node';
import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { Bitrix24TelephonyTrigger } from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';

// One word for one thing, over everything that people see of nodes and credentials.

const nodes: INodeType[] = [new Bitrix24Telephony(), new Bitrix24TelephonyTrigger(), new PhoneSystemTrigger()];
const credentials = [new Bitrix24PortalApi(), new Bitrix24OAuth2Api(), new PhoneSystemApi()];

/** Every property that people see, also those inside collections. */
function every(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties
		.filter(({ type }) => type !== 'hidden')
		.flatMap((property) => {
			const inside = (property.options ?? []).flatMap((option) =>
				'values' in option
					? (option as INodePropertyCollection).values
					: 'type' in option
						? [option as INodeProperties]
						: [],
			);
			return [property, ...every(inside)];
		});
}

const OFFERED = new Set(['resource', 'operation']);
const ofNodes = every(nodes.flatMap(({ description }) => description.properties)).filter(
	({ name, type }) => !OFFERED.has(name) && type !== 'notice',
);
const ofCredentials = every(credentials.flatMap(({ properties }) => properties));

/** Pairs, gathered: each first with all its seconds, where there are several. */
function several(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
	const gathered = new Map<string, Set<string>>();
	for (const [one, other] of pairs) gathered.set(one, (gathered.get(one) ?? new Set()).add(other));
	return Object.fromEntries(
		[...gathered].filter(([, all]) => all.size > 1).map(([one, all]) => [one, [...all].sort()]),
	);
}

/** Told apart where two stand in one form, or where one is a filter or a unit. */
const NAMES_OF_ONE = {
	// What a credit changes besides, and what a new responsible one gets.
	entities: ['Also Responsible For', 'Change'],
	// Beside another employee; and the trigger's filter.
	employees: ['Employees', 'Fallback Employees', 'Only for Employees', 'Rung Employees'],
	// A point in time, and seconds from it.
	start: ['Start', 'Start (Seconds)'],
};

/** Names that saved workflows keep, of one thing: a call's direction, its id, its line, its start. */
const PARAMETERS_OF_ONE = {
	'Call ID': ['callId', 'reportedCallId'],
	Direction: ['direction', 'type'],
	Line: ['fromLine', 'line', 'lineNumber'],
	'Only for Employees': ['employees', 'onlyEmployees'],
	'Only for Lines': ['lines', 'onlyLines'],
	'Outcome Word': ['outcomeWord', 'word'],
	'Recording URL': ['recordUrl', 'recordingUrl'],
	Start: ['callStartDate', 'start'],
};

describe('one word for one thing', () => {
	it('a parameter has one name', () => {
		expect(several(ofNodes.map(({ name, displayName }) => [name, displayName] as const))).toEqual(NAMES_OF_ONE);
	});

	it('a name stands for one thing', () => {
		expect(several(ofNodes.map(({ name, displayName }) => [displayName, name] as const))).toEqual(PARAMETERS_OF_ONE);
	});

	it('an option has one name', () => {
		const pairs = ofNodes.flatMap(({ name, options = [] }) =>
			options
				.filter((option): option is INodePropertyOptions => 'value' in option)
				.map((option) => [`${name} ${option.value}`, option.name] as const),
		);
		expect(pairs.length).toBeGreaterThan(60);
		expect(several(pairs)).toEqual({});
	});

	it('a way of choosing has one name', () => {
		// Nodes of before have a code or a number under the name id, which n8n shows as “By ID”.
		const today = ofNodes.filter(({ displayOptions }) => displayOptions?.show?.['@version']?.[0] !== 1);
		const pairs = today.flatMap(({ modes = [] }) => modes.map(({ name, displayName }) => [name, displayName] as const));
		expect(Object.fromEntries(pairs)).toEqual({
			list: 'From List',
			id: 'By ID',
			extension: 'Ext.',
			phone: 'Phone',
			number: 'Number',
			code: 'Code',
		});
		expect(several(pairs)).toEqual({});
		expect(several(pairs.map(([name, displayName]) => [displayName, name] as const))).toEqual({});
	});
});

const textsOf = ({
	displayName,
	description,
	hint,
	placeholder,
	options = [],
	modes = [],
}: INodeProperties): string[] =>
	[
		displayName,
		description,
		hint,
		placeholder,
		...options.flatMap((option) => ['name' in option && 'value' in option ? option.name : '', optionText(option)]),
		...modes.flatMap((mode) => [mode.displayName, mode.hint]),
	].flatMap((text) => text ?? []);

function optionText(option: object): string {
	return 'description' in option ? String(option.description) : '';
}

describe('a phone system', () => {
	const notices = nodes.flatMap(({ description }) => description.properties.filter(({ type }) => type === 'notice'));
	const texts = [
		...nodes.flatMap(({ description: { displayName, description } }) => [displayName, description]),
		...resources.flatMap(({ operations }) => operations.flatMap(({ entry }) => Object.values(entry).map(String))),
		...[...ofNodes, ...notices, ...ofCredentials].flatMap(textsOf),
	];

	it('is called that, and a PBX beside it only where somebody may look for the word', () => {
		const rest = texts.map((text) => text.replace('phone system (PBX)', ''));
		expect(rest.filter((text) => /\bPBX\b/.test(text))).toEqual([]);
		expect(texts.filter((text) => text.includes('phone system (PBX)'))).toHaveLength(4);
	});
});

it('whatever proves something is hidden while it is typed', () => {
	const secrets = ofCredentials.filter(({ displayName }) => /\b(Key|Salt|Secret|Token|Password)\b/.test(displayName));
	expect(secrets.length).toBeGreaterThan(8);
	for (const { displayName, typeOptions } of secrets)
		expect([displayName, typeOptions?.password]).toEqual([displayName, true]);
});
