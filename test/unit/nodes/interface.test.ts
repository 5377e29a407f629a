import type {
	ICredentialType,
	INodePropertyCollection,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { Bitrix24OAuth2Api } from '../../../credentials/Bitrix24OAuth2Api.credentials';
import { Bitrix24PortalApi } from '../../../credentials/Bitrix24PortalApi.credentials';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { Bitrix24Telephony } from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node';
import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { Bitrix24TelephonyTrigger } from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node';
import { REPORT } from '../../../nodes/PhoneSystemTrigger/events';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';
import { events } from '../../../nodes/Bitrix24TelephonyTrigger/events';

// Saved workflows hold the names, values and defaults of parameters, and their expressions the names of output fields:
// a change breaks them. Where one is meant, say it in CHANGELOG.md and record it: `npx jest --selectProjects unit -u
// --testPathPatterns interface`.

/** What is only there to be read may change at any time. */
const WORDS = new Set([
	...['displayName', 'description', 'hint', 'placeholder', 'action'],
	...['eventTriggerDescription', 'activationMessage', 'triggerPanel'],
]);

function facts(part: object): string {
	return JSON.stringify(part, (key, value: unknown) =>
		WORDS.has(key) || typeof value === 'function' ? undefined : value,
	);
}

/** One line a parameter, those inside collections below it. */
function lines(properties: readonly INodeProperties[], indent = ''): string[] {
	return properties.flatMap(({ name, options = [], ...rest }) => {
		const below = options.flatMap((option) => {
			if ('values' in option)
				return [`${indent}\t${option.name}:`, ...lines((option as INodePropertyCollection).values, `${indent}\t\t`)];
			return 'type' in option ? lines([option as INodeProperties], `${indent}\t`) : [];
		});
		// An expression may give the name of an option as well.
		const choices = options.filter((option): option is INodePropertyOptions => 'value' in option);
		const values = choices.map((option) => [option.value, option.name]);
		return [
			`${indent}${name}: ${facts(rest)}${values.length > 0 ? ` of ${facts(Object.fromEntries(values) as object)}` : ''}`,
			...below,
		];
	});
}

it.each<[string, INodeType]>([
	['action node', new Bitrix24Telephony()],
	['trigger', new Bitrix24TelephonyTrigger()],
	['trigger of phone systems', new PhoneSystemTrigger()],
])('the %s is what saved workflows know', (_name, { description: { properties, ...description }, methods }) => {
	const lists = Object.keys(methods?.listSearch ?? {});
	expect([facts(description), `lists: ${lists.join(' ')}`, ...lines(properties)].join('\n')).toMatchSnapshot();
});

it.each<ICredentialType>([new Bitrix24OAuth2Api(), new Bitrix24PortalApi(), new PhoneSystemApi()])(
	'the credential $name is what saved ones know',
	({ properties, ...credential }) => {
		expect([facts(credential), ...lines(properties)].join('\n')).toMatchSnapshot();
	},
);

it('what comes out has the names and types that expressions know', () => {
	const operations = resources.flatMap(({ value, operations: some }) =>
		some.flatMap(({ entry, output, outputBefore }) => [
			`${value} ${entry.value}: ${facts(output)}`,
			...(outputBefore === output ? [] : [`${value} ${entry.value} of version 1: ${facts(outputBefore)}`]),
		]),
	);
	expect(
		[...operations, ...events.map(({ code, ...event }) => `${code}: ${facts(event)}`), `report: ${facts(REPORT)}`].join(
			'\n',
		),
	).toMatchSnapshot();
});
