import { Type } from '@fastify/type-provider-typebox';
import { FAULT_KINDS } from '../faults';
import { oneOf, orNull } from './checked';

/** Most employees that are added at once, and longest move of the clock: ten years. */
const MOST_EMPLOYEES = 10_000;
const TEN_YEARS = 10 * 366 * 24 * 3600;

const exact = { additionalProperties: false } as const;
const text = Type.String();
const id = Type.Integer();
const flag = Type.Boolean();
const optional = { text: Type.Optional(text), id: Type.Optional(id), flag: Type.Optional(flag) };
const texts = Type.Array(text);
/** A figure from zero on. */
const amount = Type.Number({ minimum: 0 });

const outgoingNumber = Type.Object({ applicationId: id, lineNumber: text });

const employee = Type.Partial(
	Type.Object({
		active: flag,
		isAdmin: flag,
		firstName: text,
		lastName: text,
		email: text,
		position: text,
		gender: oneOf(['M', 'F', '']),
		extension: text,
		workPhone: text,
		mobile: text,
		department: text,
		timeman: oneOf(['OPENED', 'CLOSED', 'PAUSED', 'EXPIRED', 'UNAVAILABLE', 'NOT_INSTALLED']),
		type: oneOf(['employee', 'bot', 'extranet']),
		rights: Type.Object({
			callDetail: oneOf(['all', 'own', 'none']),
			outgoingCall: flag,
			manageNumbers: flag,
			crm: flag,
		}),
		defaultLine: outgoingNumber,
	}),
).properties;

const application = Type.Partial(
	Type.Object({
		name: text,
		clientId: text,
		clientSecret: text,
		handlerUrl: text,
		installUrl: text,
		scopes: texts,
		installed: flag,
		active: flag,
		status: oneOf(['L', 'F', 'D', 'T', 'P', 'S']),
		dateFinish: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
		paymentExpired: flag,
		version: Type.Integer(),
		applicationToken: text,
		allowedUsers: Type.Array(id),
	}),
).properties;

/**
 * Bodies of the control interface, by what they ask for. What is written into the portal's state may have known names
 * only.
 */
export const BODIES = {
	click: Type.Object({
		userId: id,
		phoneNumber: text,
		entityType: optional.text,
		entityId: optional.id,
		lineNumber: optional.text,
		isMobile: optional.flag,
		callListId: optional.id,
	}),
	callback: Type.Object({ lineNumber: text, phoneNumber: text, text: optional.text, userId: optional.id }),
	dismissCard: Type.Object({ callId: text, userId: id }),
	switches: Type.Record(Type.String(), Type.Unknown()),
	settings: Type.Partial(
		Type.Object({
			host: Type.String({ minLength: 1 }),
			formerHosts: texts,
			memberId: text,
			language: text,
			timeZone: text,
			countryCode: text,
			trunkPrefix: text,
			license: text,
			leadsEnabled: flag,
			crmInstalled: flag,
			leadCreationError: text,
			offlineExtended: flag,
			authConnector: flag,
			restAvailable: flag,
			portalDeleted: flag,
			overload: flag,
			infocallLimitReached: flag,
			infocallProviderRefuses: flag,
			historyBroken: flag,
			linesBroken: flag,
			diskBroken: oneOf(['', 'directory', 'save']),
			builtInLines: Type.Record(text, text),
			linesWithoutSettings: texts,
			defaultLine: orNull(outgoingNumber),
		}),
		exact,
	),
	limits: Type.Partial(
		Type.Object({ intensity: flag, bucket: amount, leakPerSecond: amount, operating: flag, requestSeconds: amount }),
		exact,
	),
	fault: Type.Object({
		kind: oneOf(FAULT_KINDS),
		target: optional.text,
		count: Type.Optional(Type.Integer({ minimum: 1 })),
		seconds: Type.Optional(amount),
		code: optional.text,
	}),
	someId: Type.Object({ id: optional.id }),
	employeeId: Type.Object({ userId: optional.id }),
	tokens: Type.Object({ kind: Type.Optional(oneOf(['access', 'refresh', 'both'])) }),
	application: Type.Object({ id: optional.id, ...application }, exact),
	newApplication: Type.Object(application, exact),
	install: Type.Object({ id: optional.id, userId: optional.id }),
	remove: Type.Object({ id: optional.id, clean: optional.flag }),
	defaultLine: Type.Object({ line: Type.Optional(orNull(outgoingNumber)), userId: optional.id }),
	employees: Type.Object(
		{ count: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_EMPLOYEES })), ...employee },
		exact,
	),
	employee: Type.Object({ id, ...employee }, exact),
	client: Type.Object(
		{
			type: oneOf(['CONTACT', 'COMPANY', 'LEAD']),
			name: optional.text,
			title: optional.text,
			phones: Type.Optional(texts),
			assignedById: optional.id,
			source: optional.text,
		},
		exact,
	),
	move: Type.Object({ host: Type.String({ minLength: 1 }) }),
	clock: Type.Object({ advance: Type.Optional(Type.Number({ minimum: 0, maximum: TEN_YEARS })) }),
} as const;
