import type { IDataObject } from 'n8n-workflow';
import type { Decoded, DecodedMap } from '../../bitrix24/phpForm';
import type { FieldType, OutputFields } from '../common/outputSchema';

/** How a field of an event, which always arrives as text, becomes a value. */
type Coercion = 'text' | 'id' | 'number' | 'boolean' | 'entities';

/** One event of Bitrix24. */
export interface EventKind {
	/** Bitrix24's code, upper case as it arrives. */
	code: string;
	name: string;
	/** What n8n's node panel says. */
	action: string;
	description: string;
	/** Every documented field; an absent one is null. */
	fields: Record<string, Coercion>;
	/** Fields that are there only when the portal sends them. Further ones are passed on as they are. */
	optional?: Record<string, Coercion>;
	/** Tells of something that goes on right now: late, it is worth nothing. The others stay true. */
	live?: boolean;
}

/** Code of a click on a phone number. */
export const CLICK = 'ONEXTERNALCALLSTART';

/**
 * The one catalogue of events, most used first, as the node panel lists them too: one entry each. Fields from the
 * contract data, `events`.
 */
export const events: EventKind[] = [
	{
		code: CLICK,
		name: 'Click-to-Call',
		action: 'On click on a phone number (click-to-call)',
		description:
			'An employee clicked a phone number, and this application is the outgoing number. The call is registered already: only Finish is due. A client is known when CRM_ENTITY_ID is there: CRM_ENTITY_TYPE may come without. PHONE_NUMBER_INTERNATIONAL of a short number has no plus.',
		live: true,
		fields: {
			CALL_ID: 'text',
			PHONE_NUMBER: 'text',
			PHONE_NUMBER_INTERNATIONAL: 'text',
			EXTENSION: 'text',
			USER_ID: 'id',
			LINE_NUMBER: 'text',
			CRM_ENTITY_TYPE: 'text',
			CRM_ENTITY_ID: 'id',
			CALL_LIST_ID: 'id',
			IS_MOBILE: 'boolean',
		},
		optional: { CRM_CREATED_LEAD: 'id', CRM_CREATED_ENTITIES: 'entities' },
	},
	{
		code: 'ONVOXIMPLANTCALLEND',
		name: 'Call Ended',
		action: 'On end of any call',
		description: 'Any call was written into the history, also one of the built-in telephony',
		fields: {
			CALL_ID: 'text',
			CALL_TYPE: 'number',
			PHONE_NUMBER: 'text',
			PORTAL_NUMBER: 'text',
			PORTAL_USER_ID: 'id',
			CALL_DURATION: 'number',
			CALL_START_DATE: 'text',
			CALL_FAILED_CODE: 'text',
			CALL_FAILED_REASON: 'text',
			COST: 'number',
			COST_CURRENCY: 'text',
			CRM_ACTIVITY_ID: 'id',
		},
	},
	{
		code: 'ONEXTERNALCALLBACKSTART',
		name: 'Callback Form',
		action: 'On callback form sent by a visitor',
		description:
			'A visitor asked for a call back on a line of this application. The call is not registered yet: use Register, then Finish. A client is known when CRM_ENTITY_ID is there.',
		fields: {
			PHONE_NUMBER: 'text',
			TEXT: 'text',
			VOICE: 'text',
			LINE_NUMBER: 'text',
			CRM_ENTITY_TYPE: 'text',
			CRM_ENTITY_ID: 'id',
		},
	},
	{
		code: 'ONVOXIMPLANTCALLINIT',
		name: 'Call Initialised',
		action: 'On any call that begins to ring',
		description: 'Any call begins to ring, also one of the built-in telephony',
		live: true,
		fields: { CALL_ID: 'text', CALL_TYPE: 'number', CALLER_ID: 'text' },
		optional: { REST_APP_ID: 'id', ACCOUNT_SEARCH_ID: 'text', PHONE_NUMBER: 'text' },
	},
	{
		code: 'ONVOXIMPLANTCALLSTART',
		name: 'Call Started',
		action: 'On start of any conversation',
		description: 'Any conversation begins; for calls of your phone system, when they are registered',
		live: true,
		fields: { CALL_ID: 'text', USER_ID: 'id' },
	},
	{
		code: 'ONAPPUNINSTALL',
		name: 'Application Uninstalled',
		action: 'On removal of the application',
		description: 'An administrator removed the application from Bitrix24',
		fields: { LANGUAGE_ID: 'text', CLEAN: 'boolean' },
	},
];

const OUTPUT: Record<Coercion, FieldType> = {
	text: 'string?',
	id: 'integer?',
	number: 'number?',
	boolean: 'boolean',
	entities: 'list',
};

/** What an item of an event holds, for the editor: the event's fields, then what every item has. */
export function outputOf(kind: EventKind): OutputFields {
	return {
		...Object.fromEntries(Object.entries(kind.fields).map(([name, coercion]) => [name, OUTPUT[coercion]])),
		event: 'string',
		time: 'string',
		portal: 'object',
	};
}

const toId = (value: Decoded | undefined): number | null =>
	typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) && Number(value) !== 0
		? Number(value)
		: null;

const COERCIONS: Record<Coercion, (value: Decoded | undefined) => IDataObject[string]> = {
	text: (value) => (value === undefined ? null : plain(value)),
	id: toId,
	number: (value) =>
		typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : null,
	entities: (value) =>
		Object.values(typeof value === 'object' ? value : {}).map((entity) =>
			typeof entity === 'string'
				? { ENTITY_TYPE: entity }
				: { ENTITY_TYPE: plain(entity.ENTITY_TYPE ?? ''), ENTITY_ID: toId(entity.ENTITY_ID) },
		),
	boolean: (value) => value === '1' || value === 'Y' || value === 'true',
};

/**
 * Turns the data of an event into an output item.
 *
 * @param data the decoded block `data`. Older portals send fewer keys; the absent ones are null (IS_MOBILE is false).
 * @returns every documented field typed, then whatever else the portal sent.
 */
export function typed(kind: EventKind, data: DecodedMap): IDataObject {
	const known = Object.entries(kind.fields).map(([name, coercion]) => [name, COERCIONS[coercion](data[name])] as const);
	const further = safeEntries(data)
		.filter(([name]) => !Object.hasOwn(kind.fields, name))
		.map(([name, value]) => [name, COERCIONS[coercionOf(kind, name)](value)] as const);
	return Object.fromEntries([...known, ...further]);
}

function coercionOf({ optional = {} }: EventKind, name: string): Coercion {
	return (Object.hasOwn(optional, name) ? optional[name] : undefined) ?? 'text';
}

/** A decoded value as an item can hold it. */
export type Plain = string | Plain[] | { [name: string]: Plain };

/** Gives maps their prototype back; lists, which arrive as maps with keys from 0 without gaps, become lists. */
export function plain(value: Decoded): Plain {
	if (typeof value === 'string') return value;
	const entries = safeEntries(value);
	const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
	return isList
		? entries.map(([, inner]) => plain(inner))
		: Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

/** Without names that every object of JavaScript has, such as `toString`: whoever works with the item calls those. */
function safeEntries(map: DecodedMap): [string, Decoded][] {
	return Object.entries(map).filter(([name]) => !(name in Object.prototype));
}
