import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { assertReply, type Bench, type Chapter, type Proof } from '../bench';

const NAME = 'telephony.externalCall.register';
const base = { USER_ID: 1, PHONE_NUMBER: '+494066969441', TYPE: 2 };
const unknown = { ...base, PHONE_NUMBER: '+12025550199' };

const register = (bench: Bench, parameters: Record<string, unknown>): Promise<Record<string, unknown>> =>
	bench.ok(NAME, { ...base, ...parameters });
/** The live call that a registration made. */
async function call(bench: Bench, parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
	const result = await register(bench, parameters);
	return { ...bench.portal.state.calls.get(String(result.CALL_ID)) };
}
const cardsOf = (bench: Bench): number[] => bench.portal.state.cards.map((card) => card.userId);

/** PHP truthiness: what hides and what does not. */
const truthiness =
	(
		name: string,
		applied: (bench: Bench, result: Record<string, unknown>) => boolean,
		extra: Record<string, unknown>,
	): Proof =>
	async (bench) => {
		let number = 0;
		for (const [value, expected] of [
			[0, false],
			['0', false],
			[false, false],
			['', false],
			[1, true],
			['1', true],
			[true, true],
			['N', true],
			['false', true],
		] as const) {
			number += 1;
			const result = await register(bench, {
				...extra,
				PHONE_NUMBER: `+1202555${String(1000 + number)}`,
				[name]: value,
			});
			assert.equal(applied(bench, result), expected, `${name}=${JSON.stringify(value)}`);
			bench.portal.state.cards.length = 0;
		}
	};

/** telephony.externalCall.register */
export const registerChapter: Chapter = {
	valid: () => ({ ...unknown }),
	stages: { 1: () => undefined, 3: () => undefined, 4: () => undefined },
	triggers: {
		'Current authorization type is denied for this method': (bench) =>
			bench.call(NAME, base, { webhook: bench.webhook }),
		'USER_ID or USER_PHONE_INNER should be set': (bench) =>
			bench.call(NAME, { PHONE_NUMBER: '1', TYPE: 2, USER_PHONE_INNER: '999' }),
		'Unknown TYPE': (bench) => bench.call(NAME, { ...base, TYPE: 6 }),
		'CALL_START_DATE should be in the ISO-8601 format': (bench) =>
			bench.call(NAME, { ...base, CALL_START_DATE: 'the day after' }),
		'Unsupported phone number format': (bench) => bench.call(NAME, { ...base, PHONE_NUMBER: 'abc' }),
		'User is not found or is not active': (bench) => bench.call(NAME, { ...base, USER_ID: 6 }),
	},
	proofs: {
		'param:USER_ID': async (bench) => {
			assert.equal((await call(bench, { USER_ID: 2, USER_PHONE_INNER: '103' })).userId, 2);
			for (const id of [6, 4711])
				assertReply(await bench.call(NAME, { ...base, USER_ID: id }), 400, {
					error_description: 'User is not found or is not active',
				});
		},
		'cast:USER_ID': async (bench) => {
			assert.equal((await call(bench, { USER_ID: '2abc' })).userId, 2);
			assert.equal((await call(bench, { USER_ID: 'abc', USER_PHONE_INNER: '103' })).userId, 3);
		},
		'param:USER_PHONE_INNER': async (bench) => {
			assert.equal((await call(bench, { USER_ID: 0, USER_PHONE_INNER: '103' })).userId, 3);
			assertReply(await bench.call(NAME, { ...base, USER_ID: '', USER_PHONE_INNER: '106' }), 400, {
				error_description: 'USER_ID or USER_PHONE_INNER should be set',
			});
		},
		'param:PHONE_NUMBER': async (bench) => {
			assert.equal((await call(bench, { PHONE_NUMBER: 'tel: +49 (40) 66969-441;12' })).phoneNumber, '+494066969441;12');
			assertReply(await bench.call(NAME, { ...base, PHONE_NUMBER: undefined }), 400, {
				error_description: 'Unsupported phone number format',
			});
		},
		'param:TYPE': async (bench) => {
			assert.equal((await call(bench, { TYPE: '3' })).type, 3);
			assertReply(await bench.call(NAME, { ...base, TYPE: undefined }), 400, { error_description: 'Unknown TYPE' });
		},
		'enum:TYPE': async (bench) => {
			for (const type of [1, 2, 3, 4, 5]) assert.equal((await call(bench, { TYPE: type })).type, type);
			for (const type of [0, 6, -1, 'x'])
				assertReply(await bench.call(NAME, { ...base, TYPE: type }), 400, { error_description: 'Unknown TYPE' });
		},
		'param:CALL_START_DATE': async (bench) => {
			const dates: Record<string, number> = {
				'2026-03-10T11:19:38+03:00': Date.UTC(2026, 2, 10, 8, 19, 38),
				'2026-03-10T11:19:38Z': Date.UTC(2026, 2, 10, 11, 19, 38),
				'2026-03-10T11:19:38': Date.UTC(2026, 2, 10, 10, 19, 38),
				'2026-03-10 11:19:38': Date.UTC(2026, 2, 10, 10, 19, 38),
				'10.03.2026 11:19:38': Date.UTC(2026, 2, 10, 10, 19, 38),
				'@1773130778': 1773130778000,
			};
			for (const [text, time] of Object.entries(dates))
				assert.equal((await call(bench, { CALL_START_DATE: text })).startDate, time, text);
		},
		'default:CALL_START_DATE': async (bench) => {
			for (const date of [undefined, ''])
				assert.ok(
					Math.abs(
						Number((await call(bench, { ...unknown, CALL_START_DATE: date })).startDate) - DateTime.now().toMillis(),
					) < 60_000,
				);
		},
		'param:CRM_CREATE': async (bench) => {
			const result = await register(bench, { ...unknown, CRM_CREATE: 1 });
			const lead = bench.portal.state.clients.find(
				(client) => client.type === 'LEAD' && client.id === result.CRM_CREATED_LEAD,
			);
			assert.deepEqual(
				[lead?.phones, result.CRM_CREATED_ENTITIES, result.CRM_ENTITY_TYPE],
				[['+12025550199'], [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: lead?.id }], 'LEAD'],
			);
			assert.equal((await register(bench, { CRM_CREATE: 1 })).CRM_CREATED_LEAD, null);
			bench.portal.control.setSettings({ leadsEnabled: false });
			const simple = await register(bench, { PHONE_NUMBER: '+12025550198', CRM_CREATE: 1 });
			assert.equal(simple.CRM_CREATED_LEAD, null);
			assert.deepEqual(
				(simple.CRM_CREATED_ENTITIES as { ENTITY_TYPE: string }[]).map((entity) => entity.ENTITY_TYPE),
				['CONTACT', 'DEAL'],
			);
		},
		'default:CRM_CREATE': async (bench) => assert.deepEqual((await register(bench, unknown)).CRM_CREATED_ENTITIES, []),
		'cast:CRM_CREATE': truthiness('CRM_CREATE', (_, result) => result.CRM_CREATED_LEAD !== null, { TYPE: 1 }),
		'enum:CRM_CREATE': truthiness('CRM_CREATE', (_, result) => result.CRM_CREATED_LEAD !== null, { TYPE: 1 }),
		'param:CRM': async (bench) =>
			assert.notEqual((await register(bench, { ...unknown, CRM: 1 })).CRM_CREATED_LEAD, null),
		'param:CRM_SOURCE': async (bench) => {
			const { CRM_CREATED_LEAD: id } = await register(bench, { ...unknown, CRM_CREATE: 1, CRM_SOURCE: 'PARTNER' });
			assert.equal(
				bench.portal.state.clients.find((client) => client.type === 'LEAD' && client.id === id)?.source,
				'PARTNER',
			);
		},
		'param:CRM_ENTITY_TYPE': async (bench) => {
			const named = await register(bench, { ...unknown, CRM_ENTITY_TYPE: 'COMPANY', CRM_ENTITY_ID: 2 });
			assert.deepEqual([named.CRM_ENTITY_TYPE, named.CRM_ENTITY_ID], ['COMPANY', 2]);
			assert.equal((await register(bench, { CRM_ENTITY_TYPE: 'COMPANY' })).CRM_ENTITY_TYPE, 'CONTACT');
		},
		'enum:CRM_ENTITY_TYPE': async (bench) => {
			for (const type of ['CONTACT', 'COMPANY', 'LEAD'])
				assert.equal(
					(await register(bench, { CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: 1, EXTERNAL_CALL_ID: type })).CRM_ENTITY_TYPE,
					type,
				);
		},
		'param:CRM_ENTITY_ID': async (bench) =>
			assert.equal((await register(bench, { CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: '2' })).CRM_ENTITY_ID, 2),
		'param:SHOW': async (bench) => {
			await register(bench, { SHOW: 0 });
			assert.deepEqual(cardsOf(bench), []);
			await register(bench, { SHOW: 1 });
			assert.deepEqual(cardsOf(bench), [1]);
		},
		'default:SHOW': async (bench) => {
			await register(bench, {});
			assert.deepEqual(cardsOf(bench), [1]);
		},
		'cast:SHOW': truthiness('SHOW', (bench) => cardsOf(bench).length === 1, {}),
		'enum:SHOW': truthiness('SHOW', (bench) => cardsOf(bench).length === 1, {}),
		'param:ADD_TO_CHAT': async (bench) => {
			await bench.finished({ ADD_TO_CHAT: 1 });
			assert.deepEqual(bench.portal.state.chatMessages, []);
			bench.portal.control.setSwitch('registerAddToChat', 'used');
			await bench.finished({ ADD_TO_CHAT: 1 });
			assert.equal(bench.portal.state.chatMessages.length, 1);
		},
		'default:ADD_TO_CHAT': async (bench) => {
			await bench.finished({});
			assert.deepEqual(bench.portal.state.chatMessages, []);
		},
		'param:CALL_LIST_ID': async (bench) => {
			assert.equal((await call(bench, { CALL_LIST_ID: 1 })).callListId, null);
			bench.portal.control.setSwitch('registerCallList', 'stored');
			assert.equal((await call(bench, { ...unknown, CALL_LIST_ID: 1 })).callListId, 1);
		},
		'param:LINE_NUMBER': async (bench) => {
			const { lines } = bench.portal.state;
			assert.equal((await call(bench, { LINE_NUMBER: ' +4940669690 ' })).portalNumber, '+4940669690');
			assert.equal(lines.length, 2);
			assert.equal((await call(bench, { LINE_NUMBER: 'mistyped' })).portalNumber, 'mistyped');
			assert.deepEqual(lines.map((line) => [line.number, line.createdSilently]).slice(2), [['mistyped', true]]);
			assert.equal((await call(bench, { ...unknown, LINE_NUMBER: '' })).portalNumber, 'REST_APP:3');
		},
		'param:EXTERNAL_CALL_ID': async (bench) => {
			const first = await call(bench, { EXTERNAL_CALL_ID: 'pbx-1' });
			assert.equal(first.externalCallId, 'pbx-1');
			assert.notEqual((await call(bench, { EXTERNAL_CALL_ID: 'pbx-2' })).callId, first.callId);
		},
		order: async (bench) => {
			const wrong: Record<string, unknown> = { USER_ID: 0, TYPE: 9, CALL_START_DATE: 'never', PHONE_NUMBER: 'x' };
			assertReply(await bench.call(NAME, wrong, { webhook: bench.webhook }), 403, { error: 'WRONG_AUTH_TYPE' });
			for (const [text, name, right] of [
				['USER_ID or USER_PHONE_INNER should be set', 'USER_ID', 6],
				['Unknown TYPE', 'TYPE', 2],
				['CALL_START_DATE should be in the ISO-8601 format', 'CALL_START_DATE', ''],
				['Unsupported phone number format', 'PHONE_NUMBER', '1'],
				['User is not found or is not active', 'USER_ID', 1],
			] as const) {
				assertReply(await bench.call(NAME, wrong), 400, { error_description: text });
				wrong[name] = right;
			}
			await bench.ok(NAME, wrong);
		},
		'behaviour:1': async (bench) => {
			const first = (await register(bench, { EXTERNAL_CALL_ID: 'a', LINE_NUMBER: 'L1' })).CALL_ID;
			for (const same of [{}, { EXTERNAL_CALL_ID: 'a' }, { LINE_NUMBER: 'L1' }, { PHONE_NUMBER: '+49 40 66969-441' }])
				assert.equal((await register(bench, same)).CALL_ID, first, JSON.stringify(same));
			for (const other of [
				{ EXTERNAL_CALL_ID: 'b' },
				{ LINE_NUMBER: 'L2' },
				{ TYPE: 1 },
				{ USER_ID: 2 },
				{ PHONE_NUMBER: '+494066969442' },
			])
				assert.notEqual((await register(bench, other)).CALL_ID, first, JSON.stringify(other));
			const elsewhere = await bench.ok(NAME, base, { token: bench.tokenWith(['telephony']) });
			assert.notEqual(elsewhere.CALL_ID, first);
			assert.equal(typeof (await register(bench, {})).CRM_ENTITY_ID, 'string');
			await bench.ok('telephony.externalCall.finish', { CALL_ID: first, USER_ID: 1 });
			assert.notEqual((await register(bench, { EXTERNAL_CALL_ID: 'a' })).CALL_ID, first);
		},
		'behaviour:2': async (bench) => {
			const handler = await bench.handler('ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART');
			await register(bench, { SHOW: 0 });
			// Two deliveries at one moment may arrive in any order.
			const first = ['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART'];
			assert.deepEqual((await bench.eventsOf(handler)).sort(), first);
			await register(bench, { SHOW: 1 });
			assert.deepEqual((await bench.eventsOf(handler)).slice(first.length), ['ONVOXIMPLANTCALLINIT']);
			assert.equal(bench.portal.state.calls.has(handler.received[2]?.fields.get('data[CALL_ID]') ?? ''), false);
			assert.deepEqual(cardsOf(bench), [1]);
		},
		'behaviour:3': async (bench) => {
			const old = { CALL_START_DATE: DateTime.now().minus({ minutes: 31 }).toISO() };
			assert.notEqual((await register(bench, old)).CALL_ID, (await register(bench, old)).CALL_ID);
			const recent = { TYPE: 1, CALL_START_DATE: DateTime.now().minus({ minutes: 20 }).toISO() };
			const first = (await register(bench, recent)).CALL_ID;
			assert.equal((await register(bench, recent)).CALL_ID, first);
			bench.portal.control.advance(11 * 60);
			assert.notEqual((await register(bench, recent)).CALL_ID, first);
		},
		'behaviour:4': async (bench) => {
			const result = await register(bench, { PHONE_NUMBER: '102', CRM_CREATE: 1 });
			assert.deepEqual([result.CRM_ENTITY_TYPE, result.CRM_CREATED_LEAD], ['', null]);
			assert.equal(bench.portal.state.calls.get(String(result.CALL_ID))?.isInternal, true);
		},
		'behaviour:5': async (bench) => {
			const seen: string[] = [];
			bench.portal.changes.on('change', ({ kind, action, event }) =>
				seen.push(kind === 'delivery' && action === 'queued' ? String(event) : `${kind} ${action}`),
			);
			await bench.handler('ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART');
			seen.length = 0;
			await register(bench, { ...unknown, CRM_CREATE: 1 });
			assert.deepEqual(
				seen.filter((name) => /^ON|client|card/.test(name)),
				['ONVOXIMPLANTCALLINIT', 'client created', 'ONVOXIMPLANTCALLSTART', 'card opened'],
			);
		},
		'behaviour:6': async (bench) => assert.equal((await call(bench, {})).portalNumber, 'REST_APP:3'),
		'example:2': async (bench) => {
			bench.portal.control.setSettings({ leadCreationError: 'Lead creation is disabled for local users' });
			const result = await register(bench, { ...unknown, CRM_CREATE: 1 });
			assert.match(String(result.CALL_ID), /^externalCall\.[0-9a-f]{32}\.\d{10}$/);
			assert.deepEqual(
				{ ...result, CALL_ID: 0 },
				{
					CALL_ID: 0,
					CRM_CREATED_LEAD: null,
					CRM_CREATED_ENTITIES: [],
					CRM_ENTITY_TYPE: '',
					CRM_ENTITY_ID: null,
					LEAD_CREATION_ERROR: 'Lead creation is disabled for local users',
				},
			);
		},
	},
};
