import assert from 'node:assert/strict';
import { contract, type ContractEvent } from '../contract';
import type { Bench, Chapter, Proof } from '../bench';
import type { Receiver } from '../../support/client';
import { callbackProofs, clickProofs } from './click';

type Fields = Record<string, string>;
/** Makes an event happen. */
type Cause = (bench: Bench) => unknown;

const ANONYMOUS = ['application_token', 'client_endpoint', 'domain', 'member_id', 'server_endpoint'];
const WITH_USER = [...ANONYMOUS, 'access_token', 'expires', 'expires_in', 'scope', 'status', 'user_id'].sort();
const WITH_REFRESH = [...WITH_USER, 'refresh_token'].sort();

const register = (bench: Bench): Promise<unknown> => bench.registered({ USER_ID: 2 });
const finish = (bench: Bench): Promise<unknown> =>
	bench.finished({ USER_ID: 2, TYPE: 1 }, { DURATION: 0, STATUS_CODE: '304', FAILED_REASON: 'Call canceled' });
const click = (bench: Bench): void => {
	bench.portal.control.click({ userId: 2, phoneNumber: '+49 40 66969-442', entityType: 'CONTACT', entityId: 2 });
};
const remove = (bench: Bench): void => bench.portal.control.removeApplication(undefined, true);

async function caused(bench: Bench, event: string, cause: Cause): Promise<Receiver> {
	const handler = await bench.receiver();
	if (event === 'ONAPPINSTALL') bench.portal.control.setApplication({ installUrl: `${handler.url}/install` });
	else await bench.ok('event.bind', { event, handler: `${handler.url}/hook` });
	await cause(bench);
	await bench.portal.control.idle();
	return handler;
}

async function payload(bench: Bench, event: string, cause: Cause): Promise<Fields> {
	const handler = await caused(bench, event, cause);
	assert.deepEqual(
		handler.received.map((entry) => entry.fields.get('event')),
		[event],
	);
	return Object.fromEntries(handler.received[0]?.fields ?? []);
}

const keysOf = (fields: Fields, part: string): string[] =>
	Object.keys(fields)
		.flatMap((name) => new RegExp(`^${part}\\[(\\w+)\\]`).exec(name)?.[1] ?? [])
		.sort();

interface Plan {
	cause: Cause;
	/** Data field -> what it holds: exact text, or a pattern. */
	data: Record<string, string | RegExp>;
	auth: readonly string[];
	/** Only the handlers of the application that is meant. */
	sentTo: Proof;
	reasons?: Record<string, string>;
}

function chapter(event: ContractEvent, plan: Plan): Chapter {
	const proofs: Record<string, Proof> = {
		sentTo: plan.sentTo,
		auth: async (bench) =>
			assert.deepEqual(keysOf(await payload(bench, event.name, plan.cause), 'auth'), [...plan.auth].sort()),
	};
	for (const [name, expected] of Object.entries(plan.data)) {
		proofs[`data:${name}`] = async (bench) => {
			const value = (await payload(bench, event.name, plan.cause))[`data[${name}]`] ?? '(missing)';
			if (typeof expected === 'string') assert.equal(value, expected);
			else assert.match(value, expected);
		};
	}
	event.examples.forEach((example, index) => {
		proofs[`example:${index + 1}`] ??= async (bench) => {
			const fields = await payload(bench, event.name, plan.cause);
			const optional = new Set(event.data.filter((field) => field.optional === true).map((field) => field.name));
			for (const name of Object.keys(example.payload.data))
				assert.ok(
					`data[${name}]` in fields || `data[${name}][0]` in fields || optional.has(name),
					`data[${name}] is missing`,
				);
			const known = new Set(Object.keys(example.payload.auth));
			for (const name of plan.auth)
				assert.ok(known.has(name) || ['expires', 'user_id', 'status', 'application_token'].includes(name), name);
		};
	});
	return { proofs, ...(plan.reasons ? { reasons: plan.reasons } : {}) };
}

/** Both the application that caused it and another one hear of it. */
const toAll =
	(event: string, cause: Cause): Proof =>
	async (bench) => {
		const own = await bench.handler(event);
		const other = await bench.receiver();
		const token = bench.tokenOf(1, bench.portal.control.addApplication({}).id);
		await bench.ok('event.bind', { event, handler: other.url }, { token });
		await cause(bench);
		for (const handler of [own, other]) assert.deepEqual(await bench.eventsOf(handler), [event]);
	};

/** Another application that is bound to the same event does not hear of it. */
const toOwner =
	(event: string, cause: Cause): Proof =>
	async (bench) => {
		const other = await bench.receiver();
		const token = bench.tokenOf(1, bench.portal.control.addApplication({}).id);
		await bench.ok('event.bind', { event, handler: other.url }, { token });
		const own = await caused(bench, event, cause);
		assert.deepEqual(await bench.eventsOf(own), [event]);
		assert.deepEqual(await bench.eventsOf(other), []);
	};

const ID = /^externalCall\.[0-9a-f]{32}\.\d+$/;
const order = (bench: Bench): void =>
	bench.portal.control.orderCallback({
		lineNumber: '+4940669690',
		phoneNumber: '+494066969442',
		text: 'Connecting you',
	});
const test = (bench: Bench): Promise<unknown> => bench.ok('event.test', { a: 1 });

const PLANS: Record<string, Plan> = {
	ONEXTERNALCALLSTART: {
		cause: click,
		auth: WITH_USER,
		sentTo: toOwner('ONEXTERNALCALLSTART', click),
		data: {
			EXTENSION: '',
			USER_ID: '2',
			CALL_LIST_ID: '0',
			LINE_NUMBER: '',
			IS_MOBILE: '0',
			CALL_ID: ID,
			CRM_ENTITY_ID: '2',
		},
	},
	ONEXTERNALCALLBACKSTART: {
		cause: order,
		auth: WITH_USER,
		sentTo: toOwner('ONEXTERNALCALLBACKSTART', order),
		data: {
			PHONE_NUMBER: '+494066969442',
			TEXT: 'Connecting you',
			VOICE: 'ukenglishfemale',
			CRM_ENTITY_TYPE: 'CONTACT',
			CRM_ENTITY_ID: '2',
			LINE_NUMBER: '+4940669690',
		},
	},
	ONVOXIMPLANTCALLINIT: {
		cause: register,
		auth: WITH_USER,
		sentTo: toAll('ONVOXIMPLANTCALLINIT', register),
		data: { CALL_ID: ID, CALL_TYPE: '2', CALLER_ID: '+494066969441', REST_APP_ID: '3' },
		reasons: {
			'data:ACCOUNT_SEARCH_ID': 'built-in telephony only, which the sandbox does not run',
			'data:PHONE_NUMBER': 'built-in telephony only, which the sandbox does not run',
		},
	},
	ONVOXIMPLANTCALLSTART: {
		cause: register,
		auth: WITH_USER,
		sentTo: toAll('ONVOXIMPLANTCALLSTART', register),
		data: { CALL_ID: ID, USER_ID: '2' },
	},
	ONVOXIMPLANTCALLEND: {
		cause: finish,
		auth: WITH_USER,
		sentTo: toAll('ONVOXIMPLANTCALLEND', finish),
		data: {
			CALL_ID: ID,
			CALL_TYPE: '1',
			PHONE_NUMBER: '+494066969441',
			PORTAL_NUMBER: 'REST_APP:3',
			PORTAL_USER_ID: '1',
			CALL_DURATION: '0',
			CALL_START_DATE: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d$/,
			COST: '0',
			COST_CURRENCY: '',
			CALL_FAILED_CODE: '304',
			CALL_FAILED_REASON: 'Call canceled',
			CRM_ACTIVITY_ID: /^\d+$/,
		},
	},
	ONAPPINSTALL: {
		cause: (bench) => bench.portal.control.installApplication(),
		auth: WITH_REFRESH,
		data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' },
		sentTo: async (bench) => {
			const fields = await payload(bench, 'ONAPPINSTALL', (one) => one.portal.control.installApplication());
			assert.ok(!('event_handler_id' in fields));
		},
	},
	ONAPPUPDATE: {
		cause: (bench) => bench.portal.control.updateApplication(),
		auth: WITH_REFRESH,
		data: { VERSION: '2', PREVIOUS_VERSION: '1', LANGUAGE_ID: 'en' },
		sentTo: toOwner('ONAPPUPDATE', (bench) => bench.portal.control.updateApplication(3)),
	},
	ONAPPUNINSTALL: {
		cause: remove,
		auth: ANONYMOUS,
		data: { LANGUAGE_ID: 'en', CLEAN: '1' },
		sentTo: async (bench) => {
			const named = await bench.receiver();
			await bench.ok('event.bind', { event: 'ONAPPUNINSTALL', handler: named.url, auth_type: 2 });
			const handler = await caused(bench, 'ONAPPUNINSTALL', remove);
			assert.equal((await bench.onlyEvent(named))['auth[access_token]'], undefined);
			assert.deepEqual(
				[handler.received.length, bench.portal.state.handlers.length, bench.portal.state.lines.length],
				[1, 0, 0],
			);
		},
	},
	ONAPPTEST: { cause: test, auth: WITH_USER, sentTo: toOwner('ONAPPTEST', test), data: {} },
	ONUSERADD: {
		cause: (bench) => {
			bench.portal.control.addEmployee({ firstName: 'Klaus' });
		},
		auth: WITH_USER,
		data: {},
		sentTo: toAll('ONUSERADD', (bench) => {
			bench.portal.control.addEmployee({});
		}),
	},
	ONOFFLINEEVENT: {
		cause: async (bench) => {
			await bench.ok('event.bind', { event: 'ONVOXIMPLANTCALLINIT', event_type: 'offline' });
			await register(bench);
		},
		auth: WITH_REFRESH,
		data: {},
		sentTo: async (bench) => {
			await bench.ok('event.bind', { event: 'ONVOXIMPLANTCALLINIT', event_type: 'offline' });
			const handler = await bench.receiver();
			await bench.ok('event.bind', { event: 'ONOFFLINEEVENT', handler: handler.url, options: { minTimeout: 600 } });
			for (const type of [1, 2, 3]) await bench.registered({ TYPE: type });
			assert.equal((await bench.eventsOf(handler)).length, 1);
			bench.portal.control.advance(601);
			assert.equal((await bench.eventsOf(handler)).length, 2);
		},
	},
};

const NOT_SENT = 'the sandbox has nothing that would cause this event';

/** A chapter for every event of the contract. */
export const eventChapters: Record<string, Chapter> = Object.fromEntries(
	contract.events.map((event) => {
		const plan = PLANS[event.name];
		if (!plan) return [event.name, { proofs: {}, reasons: { '*': NOT_SENT } }];
		const made = chapter(event, plan);
		const extra: Record<string, Proof> =
			event.name === 'ONAPPTEST'
				? {
						'data:QUERY': async (bench) =>
							assert.equal((await payload(bench, 'ONAPPTEST', test))['data[QUERY][a]'], '1'),
					}
				: event.name === 'ONUSERADD'
					? {
							'data:(user fields)': async (bench) =>
								assert.equal((await payload(bench, 'ONUSERADD', plan.cause))['data[NAME]'], 'Klaus'),
							'example:1': async (bench) => {
								const fields = await payload(bench, 'ONUSERADD', plan.cause);
								for (const name of ['ID', 'ACTIVE', 'EMAIL', 'NAME', 'LAST_NAME', 'WORK_POSITION', 'DATE_REGISTER'])
									assert.ok(`data[${name}]` in fields, name);
							},
						}
					: event.name === 'ONEXTERNALCALLSTART'
						? clickProofs
						: event.name === 'ONEXTERNALCALLBACKSTART'
							? callbackProofs
							: event.name === 'ONVOXIMPLANTCALLINIT'
								? {
										'example:1': async (bench) =>
											assert.deepEqual(keysOf(await payload(bench, event.name, register), 'data'), [
												'CALLER_ID',
												'CALL_ID',
												'CALL_TYPE',
												'REST_APP_ID',
											]),
									}
								: {};
		return [event.name, { ...made, proofs: { ...made.proofs, ...extra } }];
	}),
);
