import { register } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { findRunning as findRunningCall } from '../../../../bitrix24/running';
import { phoneNumber } from '../../fields/call';
import { employee, employeeParameters } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields } from '../../fields/field';
import { optionalText } from '../../fields/kinds';
import { option } from '../../fields/option';
import { direction } from '../../fields/outcome';
import { defineOperation } from '../operation';

const countryCode = optionalText({
	displayName: 'Country Code',
	name: 'countryCode',
	placeholder: 'e.g. 49',
	description:
		'Country of your portal, to find the call also where the CRM has the number in national spelling. Costs Bitrix24 more time.',
}).check((code, given) => {
	if (code === undefined || /^\+?\d{1,3}$/.test(code)) return code?.replace('+', '');
	return given.refuse('is no country code', 'Give its digits, for example 49.');
});

/** The CALL_ID of a call that runs, for phone systems that do not carry it. */
export const findRunning = defineOperation({
	entry: {
		name: 'Find Running',
		value: 'findRunning',
		action: 'Find running call',
		description:
			'Find the CALL_ID of an unfinished call by employee, number and direction, for phone systems that do not carry it. Finds calls of the last 30 minutes.',
	},
	fields: [
		employee('Employee of the call: who clicked, or for whom it was registered'),
		phoneNumber.with({ description: 'Number of the client. It is also looked for with and without plus.' }),
		direction.with({ description: 'Whether the client called or was called' }),
		additionalFields([
			countryCode,
			option({
				displayName: 'If None Runs',
				name: 'ifNone',
				options: [
					{ name: 'Register One', value: 'register', description: 'Without a card, so that Finish has a call to end' },
					{
						name: 'Return Nothing',
						value: 'nothing',
						description: 'FOUND is false and CALL_ID empty, to go on with Log Call',
					},
				],
				default: 'nothing',
				description: 'What to do when there is no such call. Returns nothing unless added.',
			}),
		]),
	],
	output: { CALL_ID: 'string?', FOUND: 'boolean' },
	run: function* ({ employee, phoneNumber, direction, additionalFields: { countryCode, ifNone } }) {
		const incoming = direction === 'incoming';
		const sure = yield* known(employee);
		if ('refused' in sure) return sure;
		const who = employeeParameters(sure);
		const { callId, isNew } = yield* findRunningCall({ employee: who, phoneNumber, incoming, countryCode });
		if (!isNew) return { json: { CALL_ID: callId, FOUND: true } };
		if (ifNone !== 'register') return { json: { CALL_ID: null, FOUND: false } };
		const made = { ...who, PHONE_NUMBER: phoneNumber, TYPE: incoming ? 2 : 1, SHOW: 0, CRM_CREATE: 0 };
		const { CALL_ID } = yield* ask(register(made, true));
		return { json: { CALL_ID, FOUND: false } };
	},
});
