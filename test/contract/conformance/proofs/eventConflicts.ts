import assert from 'node:assert/strict';
import { Bench, type Proofs } from '../bench';
import { both } from './bothWays';
import { purged } from './offlineQueue';

const eventKeys = async (bench: Bench): Promise<string[]> => {
	const handler = await bench.handler('ONEXTERNALCALLSTART');
	bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442' });
	return Object.keys(await bench.onlyEvent(handler));
};

/** Whether `ts` of a click that the queue held back for a minute is the time of sending, and not that of the click. */
const tellsSending = async (bench: Bench): Promise<boolean> => {
	const handler = await bench.handler('ONEXTERNALCALLSTART');
	bench.portal.control.addFault({ kind: 'eventLate', target: 'ONEXTERNALCALLSTART', seconds: 60 });
	const { createdAt } = bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442' });
	bench.portal.control.advance(61);
	return Number((await bench.onlyEvent(handler)).ts) - createdAt / 1000 > 59;
};

/** C07 to C11, C18, C20, C25, C28 and C35: both ways of what concerns events, their handlers and their queue. */
export const eventConflicts: Proofs = {
	C07: async (bench) => {
		const handler = await bench.handler('ONEXTERNALCALLSTART');
		bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442', lineNumber: '+4940669690' });
		const fields = await bench.onlyEvent(handler);
		assert.deepEqual([fields['data[PHONE_NUMBER]'], fields['data[LINE_NUMBER]']], ['+494066969442', '+4940669690']);
	},
	C08: both(
		'refreshTokenInEvents',
		'present',
		async (bench) => (await eventKeys(bench)).includes('auth[refresh_token]'),
		false,
		true,
	),
	C09: async (bench) => {
		const keys = await eventKeys(bench);
		assert.ok(keys.includes('auth[server_endpoint]') && keys.includes('event_handler_id'));
		const other = await Bench.open({ serverEndpointInEvents: 'absent', handlerIdInEvents: 'absent' });
		try {
			const fewer = await eventKeys(other);
			assert.ok(!fewer.includes('auth[server_endpoint]') && !fewer.includes('event_handler_id'));
		} finally {
			await other.close();
		}
	},
	C10: both(
		'unbindWithoutHandler',
		'all',
		async (bench) => {
			for (const path of ['a', 'b'])
				await bench.ok('event.bind', { event: 'ONAPPTEST', handler: `https://a.example/${path}` });
			const { body } = await bench.call('event.unbind', { event: 'ONAPPTEST' });
			return body.error ?? body.result;
		},
		'ERROR_ARGUMENT',
		{ count: 2 },
	),
	C11: both(
		'offlineClearLooksAt',
		'id',
		async (bench) => {
			for (const event of ['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART'])
				await bench.ok('event.bind', { event, event_type: 'offline' });
			await bench.registered();
			const { process_id: process, events } = await bench.ok<{
				process_id: string;
				events: { ID: string; MESSAGE_ID: string }[];
			}>('event.offline.get', { clear: 0 });
			await bench.ok('event.offline.clear', {
				process_id: process,
				id: [events[0]?.ID],
				message_id: [events[1]?.MESSAGE_ID],
			});
			return (await bench.ok<{ EVENT_NAME: string }[]>('event.offline.list')).map((row) => row.EVENT_NAME);
		},
		['ONVOXIMPLANTCALLINIT'],
		['ONVOXIMPLANTCALLSTART'],
	),
	C18: both(
		'updateRemovesHandlers',
		'all',
		async (bench) => {
			for (const event of ['ONAPPTEST', 'ONAPPINSTALL'])
				await bench.ok('event.bind', { event, handler: 'https://a.example/' });
			bench.portal.control.updateApplication();
			return (await bench.ok<{ event: string }[]>('event.get')).map((handler) => handler.event);
		},
		['ONAPPTEST'],
		[],
	),
	C20: async (bench) => {
		await purged(bench, 34);
		const other = await Bench.open({ offlinePurgeDays: 30 });
		try {
			await purged(other, 30);
		} finally {
			await other.close();
		}
	},
	C25: both(
		'eventScopeSeparator',
		'space',
		async (bench) => {
			const handler = await bench.handler('ONAPPTEST');
			await bench.ok('event.test');
			return (await bench.onlyEvent(handler))['auth[scope]'];
		},
		'crm,telephony,user,call',
		'crm telephony user call',
	),
	C28: both(
		'offlineErrorMessageId',
		'optional',
		async (bench) => (await bench.call('event.offline.error', { process_id: 'x' })).status,
		400,
		200,
	),
	C35: both('eventTime', 'sent', tellsSending, false, true),
};
