import type { Core } from '../../core';
import { TelephonyError } from '../../errors';
import { parseDate } from '../../php/dates';
import { toText, type PhpValue } from '../../php/values';
import { lineByNumber, stripNumber } from '../../state/find';
import { createdLead } from '../../telephony/click';
import { registerCall } from '../../telephony/register';
import { cast, method } from '../method';
import { namedEmployee, requireActive } from './employee';

/** telephony.externalCall.register [DS telephony-external-call-register.md; S vi_rest.php, helper.php] */
export const register = method({
	name: 'telephony.externalCall.register',
	scopes: ['telephony'],
	context: 'docsApplication',
	keys: 'exact',
	params: {
		USER_ID: cast.int,
		USER_PHONE_INNER: cast.text,
		PHONE_NUMBER: cast.text,
		TYPE: cast.int,
		CALL_START_DATE: cast.text,
		CRM_CREATE: cast.bool,
		CRM: cast.bool,
		CRM_SOURCE: cast.text,
		CRM_ENTITY_TYPE: cast.text,
		CRM_ENTITY_ID: cast.int,
		SHOW: cast.raw,
		ADD_TO_CHAT: cast.raw,
		CALL_LIST_ID: cast.int,
		LINE_NUMBER: cast.text,
		EXTERNAL_CALL_ID: cast.raw,
	},
	run({ core, caller, params, connector }) {
		const { switches } = core;
		const userId = namedEmployee(core, params);
		if (params.TYPE < 1 || params.TYPE > 5) throw new TelephonyError('Unknown TYPE');
		const startDate = startOf(core, params.CALL_START_DATE);
		if (stripNumber(params.PHONE_NUMBER) === '') throw new TelephonyError('Unsupported phone number format');
		requireActive(core, userId);

		const applicationId = caller.application?.id ?? null;
		const lineNumber = params.LINE_NUMBER.trim();
		const lineForbids =
			switches.lineAutoCreateInRegister === 'used' &&
			params.TYPE === 1 &&
			lineByNumber(core.state, applicationId, lineNumber)?.crmAutoCreate === false;
		const { call, isDuplicate, leadCreationError } = registerCall(core, {
			applicationId,
			userId,
			phoneNumber: params.PHONE_NUMBER,
			type: params.TYPE,
			startDate,
			lineNumber,
			externalCallId: externalId(params.EXTERNAL_CALL_ID),
			crm: {
				entityType: params.CRM_ENTITY_TYPE,
				entityId: params.CRM_ENTITY_ID,
				create: (params.CRM_CREATE || params.CRM) && !lineForbids,
				source: params.CRM_SOURCE,
			},
			show: params.SHOW === undefined || params.SHOW === null ? true : cast.bool(params.SHOW),
			callListId: switches.registerCallList === 'stored' && params.CALL_LIST_ID > 0 ? params.CALL_LIST_ID : null,
			addToChat:
				switches.registerAddToChat === 'used' && params.ADD_TO_CHAT !== undefined
					? cast.bool(params.ADD_TO_CHAT)
					: null,
			origin: 'register',
			hops: caller.token?.hops ?? 0,
			connector,
		});
		return {
			CALL_ID: call.callId,
			CRM_CREATED_LEAD: createdLead(call),
			CRM_CREATED_ENTITIES: call.createdEntities.map((entity) => ({ ...entity })),
			CRM_ENTITY_TYPE: call.crmEntityType,
			CRM_ENTITY_ID: isDuplicate && call.crmEntityId !== null ? String(call.crmEntityId) : call.crmEntityId,
			LEAD_CREATION_ERROR: leadCreationError,
		};
	},
});

/** Milliseconds since 1970; without a date the call starts now. @throws TelephonyError */
function startOf({ clock, state }: Core, text: string): number {
	const date = text === '' ? clock.now() : parseDate(text, state.settings.timeZone, clock.now());
	if (date === undefined) throw new TelephonyError('CALL_START_DATE should be in the ISO-8601 format');
	return date;
}

function externalId(given: PhpValue | undefined): string | undefined {
	return given === undefined || given === null || given === '' ? undefined : toText(given);
}
