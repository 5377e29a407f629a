import assert from 'node:assert/strict';
import type { Click } from '../../../../sandbox/portal';
import type { Bench, Proofs } from '../bench';

const EVENT = 'ONEXTERNALCALLSTART';
/** A line that makes no client of an unknown number. */
const NO_CLIENT = { phoneNumber: '+12025550199', lineNumber: '+442079460500' };

/** The data of the one event that a click sends. */
async function clicked(bench: Bench, wanted: Partial<Click>): Promise<(name: string) => string | undefined> {
	const handler = await bench.handler(EVENT);
	bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442', ...wanted });
	const fields = await bench.onlyEvent(handler);
	await bench.ok('event.unbind', { event: EVENT, handler: `${handler.url}/hook` });
	return (name) => fields[`data[${name}]`];
}

/** Number as the CRM has it, and its international form on a German portal. */
const FORMS = [
	['+44 20 7946-0111', '+442079460111'],
	['0044 20 79460111', '+442079460111'],
	['(040) 66969-442', '+494066969442'],
	['4940 66969442', '+494066969442'],
	['112', '112'],
	['*97', '*97'],
] as const;

/** What is particular about a click, beside the fields that every event has. */
export const clickProofs: Proofs = {
	'data:PHONE_NUMBER': async (bench) => {
		for (const [written] of FORMS)
			assert.equal((await clicked(bench, { phoneNumber: written }))('PHONE_NUMBER'), written);
	},
	'data:PHONE_NUMBER_INTERNATIONAL': async (bench) => {
		for (const [written, expected] of FORMS)
			assert.equal((await clicked(bench, { phoneNumber: written }))('PHONE_NUMBER_INTERNATIONAL'), expected);
		bench.portal.control.setSettings({ countryCode: '7', trunkPrefix: '8' });
		assert.equal(
			(await clicked(bench, { phoneNumber: '8 (495) 123-45-67' }))('PHONE_NUMBER_INTERNATIONAL'),
			'+74951234567',
		);
	},
	'data:CRM_ENTITY_TYPE': async (bench) => {
		for (const [value, type] of [
			['empty', ''],
			['LEAD', 'LEAD'],
		] as const) {
			bench.portal.control.setSwitch('typeWithoutClient', value);
			const known = await clicked(bench, { entityType: 'CONTACT', entityId: 2 });
			assert.deepEqual([known('CRM_ENTITY_TYPE'), known('CRM_ENTITY_ID')], ['CONTACT', '2']);
			const unknown = await clicked(bench, NO_CLIENT);
			assert.deepEqual([unknown('CRM_ENTITY_TYPE'), unknown('CRM_ENTITY_ID')], [type, '0']);
		}
	},
	'data:CRM_CREATED_LEAD': async (bench) =>
		assert.match((await clicked(bench, { phoneNumber: '+12025550199' }))('CRM_CREATED_LEAD') ?? '', /^\d+$/),
	'data:CRM_CREATED_ENTITIES': async (bench) =>
		assert.equal(
			(await clicked(bench, { phoneNumber: '+12025550199' }))('CRM_CREATED_ENTITIES][0][ENTITY_TYPE'),
			'LEAD',
		),
	delivery: async (bench) => {
		const handler = await bench.handler(EVENT);
		const click = (): string => bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442' }).callId;
		const first = click();
		await bench.portal.control.idle();
		bench.portal.control.advance(336);
		assert.equal(click(), first);
		await bench.portal.control.idle();
		await bench.ok('telephony.externalCall.finish', { CALL_ID: first, USER_ID: 2, DURATION: 0 });
		assert.notEqual(click(), first);
		await bench.portal.control.idle();
		const seen = handler.received.map(({ fields }) => ({
			callId: fields.get('data[CALL_ID]'),
			ts: Number(fields.get('ts')),
		}));
		assert.deepEqual(
			seen.map(({ callId }) => callId === first),
			[true, true, false],
		);
		assert.ok(Math.abs((seen[1]?.ts ?? 0) - (seen[0]?.ts ?? 0) - 336) <= 1);
	},
	offline: async (bench) => {
		await bench.ok('event.bind', { event: EVENT, event_type: 'offline' });
		const { callId } = bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442' });
		assert.deepEqual(await fetched(bench), [[EVENT, callId]]);
	},
};

/** What is particular about an ordered callback. */
export const callbackProofs: Proofs = {
	offline: async (bench) => {
		await bench.ok('event.bind', { event: 'ONEXTERNALCALLBACKSTART', event_type: 'offline' });
		bench.portal.control.orderCallback({ lineNumber: '+4940669690', phoneNumber: '+494066969441' });
		assert.deepEqual(await fetched(bench), [['ONEXTERNALCALLBACKSTART', undefined]]);
	},
};

/**
 * What the offline queue gives: names of events with their CALL_ID. Asked inside a batch, as the product that lives on
 * it does.
 */
async function fetched(bench: Bench): Promise<[string, string | undefined][]> {
	interface Row {
		EVENT_NAME: string;
		EVENT_DATA: { CALL_ID?: string };
	}
	const { result } = await bench.ok<{ result: { queue: { events: Row[] } } }>('batch', {
		cmd: { queue: 'event.offline.get?limit=100' },
	});
	return result.queue.events.map(({ EVENT_NAME: name, EVENT_DATA: data }) => [name, data.CALL_ID]);
}
