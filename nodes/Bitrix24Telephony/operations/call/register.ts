import { register as registerCall, SAME_CALL_WINDOW } from '../../../../bitrix24/methods/calls';
import { ask } from '../../../../bitrix24/plan';
import { CALL_TYPES, externalCallId, phoneNumber } from '../../fields/call';
import { optionalChoice } from '../../fields/choice';
import { crmSource } from '../../fields/clients';
import { employee, employeeParameters } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields, notice } from '../../fields/field';
import { flag, flagOffUnlessAdded, flagOnUnlessAdded, optionalDate, optionalText } from '../../fields/kinds';
import { callLine, createLine, lineOf } from '../../fields/line';
import { option, optionalOption } from '../../fields/option';
import type { ItemReader } from '../../itemReader';
import { defineOperation } from '../operation';

/** `telephony.externalCall.register`: announce a call that runs on the PBX. */
export const register = defineOperation({
	entry: {
		name: 'Register',
		value: 'register',
		action: 'Register call',
		description:
			'Announce a call of your phone system: finds the client, creates one if asked to, and opens the card. Do not use it after a click-to-call: that call is registered already and only needs Finish.',
	},
	fields: [
		notice(
			'registerNotice',
			'A call that started with a click in Bitrix24 is registered already. Use its CALL_ID with Finish instead; registering it again logs a second call.',
		),
		employee('Employee who makes or receives the call. The card opens for this employee.'),
		phoneNumber,
		option({
			displayName: 'Direction',
			name: 'type',
			options: CALL_TYPES,
			default: 2,
			description: 'Direction and kind of the call',
		}),
		externalCallId.with({
			description:
				'ID of the call on the phone system. Without it, Bitrix24 takes two calls of the same employee and number within 30 minutes for one.',
		}),
		flag({
			displayName: 'Show Card',
			name: 'show',
			default: true,
			description: 'Whether the card opens for the employee at once',
		}),
		additionalFields([
			flagOnUnlessAdded({
				displayName: 'Add to Chat',
				name: 'addToChat',
				default: true,
				description:
					'Whether the call appears in the employee’s chat. Bitrix24 documents it here but acts on it in Finish only.',
			}),
			optionalChoice({
				displayName: 'Call List',
				name: 'callListId',
				description: 'Call list that the call belongs to. Bitrix24 documents it; some portals ignore it.',
				search: 'searchCallLists',
				code: 'ID',
				example: '3',
			}),
			optionalText({
				displayName: 'Client ID',
				name: 'clientId',
				placeholder: 'e.g. 42',
				description:
					'ID of the contact, company or lead. Needs Client Type. Without both, Bitrix24 searches by number.',
			}).check((id, given) => (id === undefined ? undefined : given.integer(0))),
			optionalOption({
				displayName: 'Client Type',
				name: 'clientType',
				options: [
					{ name: 'Company', value: 'COMPANY' },
					{ name: 'Contact', value: 'CONTACT' },
					{ name: 'Lead', value: 'LEAD' },
				],
				default: 'CONTACT',
				description: 'Kind of the client. Counts only with a Client ID: an event may name a kind and no client.',
			}),
			flagOffUnlessAdded({
				displayName: 'Create Client',
				name: 'crmCreate',
				default: true,
				description:
					'Whether Bitrix24 creates a lead (or a contact with a deal, where leads are off) when nobody has this number',
			}),
			createLine,
			callLine('lineNumber'),
			crmSource,
			optionalDate({
				displayName: 'Start',
				name: 'callStartDate',
				description: 'When the call started; now, when empty. Without an offset the workflow’s time zone counts.',
			}),
		]),
	],
	warns: true,
	output: {
		CALL_ID: 'string',
		CRM_CREATED_LEAD: 'integer?',
		CRM_CREATED_ENTITIES: 'list',
		CRM_ENTITY_TYPE: 'string',
		CRM_ENTITY_ID: 'integer?',
	},
	read: ({ additionalFields: more, ...call }, reader) => {
		refuseClick(reader);
		return {
			...call,
			// A repeat finds the same call again while that is young; an older one would open a second card.
			isRepeatable: !call.show || isRecent(more.callStartDate, reader.now),
			knownLine: more.createLine ? undefined : more.lineNumber,
			more: {
				CALL_START_DATE: more.callStartDate,
				CRM_CREATE: more.crmCreate ? 1 : 0,
				CRM_SOURCE: more.crmSource,
				ADD_TO_CHAT: more.addToChat ? 1 : 0,
				CALL_LIST_ID: more.callListId,
				LINE_NUMBER: more.lineNumber,
				...client(reader, more),
			},
		};
	},
	run: function* ({ employee, phoneNumber, type, externalCallId, show, knownLine, isRepeatable, more }) {
		const found = knownLine ? yield* lineOf(knownLine) : { line: more.LINE_NUMBER };
		if ('refused' in found) return found;
		const who = yield* known(employee);
		if ('refused' in who) return who;
		const parameters = {
			...employeeParameters(who),
			PHONE_NUMBER: phoneNumber,
			TYPE: type,
			EXTERNAL_CALL_ID: externalCallId,
			SHOW: show ? 1 : 0,
			...more,
			LINE_NUMBER: found.line,
		};
		const json = yield* ask(registerCall(parameters, isRepeatable));
		const refused = json.LEAD_CREATION_ERROR;
		return {
			json,
			warnings: refused ? [`The call is registered, but no client was created: ${String(refused)}`] : [],
			hints: isIncoming(type) && !externalCallId ? [NO_EXTERNAL_ID] : [],
		};
	},
});

const NO_EXTERNAL_ID =
	'Without an external call ID, Bitrix24 takes two calls of this employee and number within 30 minutes for one';

function isRecent(start: string | undefined, now: number): boolean {
	return start === undefined || now - Date.parse(start) < SAME_CALL_WINDOW;
}

function isIncoming(type: number): boolean {
	return type === 2 || type === 3;
}

/** A click-to-call is registered by the portal itself; a second registration would log a second call. */
function refuseClick(reader: ItemReader): void {
	if (reader.input.event !== 'ONEXTERNALCALLSTART' || typeof reader.input.CALL_ID !== 'string') return;
	reader.refuse(
		'This call is registered already',
		'It started with a click in Bitrix24, which registered it. Use its CALL_ID with Finish.',
	);
}

function client(
	reader: ItemReader,
	{ clientId: id, clientType: type }: { clientId?: number; clientType?: string },
): Record<string, string | number> {
	if (!id) return {};
	if (type) return { CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: id };
	return reader.refuse(
		'Client ID needs a Client Type',
		'Add the field Client Type and choose contact, company or lead.',
	);
}
