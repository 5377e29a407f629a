import assert from 'node:assert/strict';
import { startPortal } from '../../../../sandbox/portal';
import { contract } from '../contract';
import type { Bench, Chapter } from '../bench';
import { Client, startReceiver, type Receiver } from '../../support/client';

const EVENT = 'ONEXTERNALCALLSTART';
/** Keys of a raw body in their order. */
const keys = (body: string): string[] => body.split('&').map((pair) => decodeURIComponent(pair.split('=')[0] ?? ''));
const click = (bench: Bench, phoneNumber = '+494066969442'): void => {
	bench.portal.control.click({ userId: 2, phoneNumber, entityType: 'CONTACT', entityId: 2 });
};

async function clicked(bench: Bench): Promise<Receiver> {
	const handler = await bench.handler(EVENT);
	click(bench);
	await bench.portal.control.idle();
	return handler;
}

/** How deliveries look and behave. */
export const deliveryChapter: Chapter = {
	proofs: {
		sample: async (bench) => {
			const body = (await clicked(bench)).received[0]?.body ?? '';
			assert.deepEqual(keys(body), keys(contract.eventDelivery.rawSample.body));
			assert.match(body, /^event=ONEXTERNALCALLSTART&event_handler_id=\d+&data%5BPHONE_NUMBER%5D=%2B494066969442&/);
		},
		sampleWithoutUser: async (bench) => {
			bench.portal.control.setSwitch('eventAuth', 'anonymous');
			assert.deepEqual(
				keys((await clicked(bench)).received[0]?.body ?? ''),
				keys(contract.eventDelivery.rawSampleWithoutUser.body),
			);
		},
		noServerEndpoint: async (bench) => {
			bench.portal.control.setSwitch('serverEndpointInEvents', 'absent');
			const expected = keys(contract.eventDelivery.rawSample.body).filter((key) => key !== 'auth[server_endpoint]');
			assert.deepEqual(keys((await clicked(bench)).received[0]?.body ?? ''), expected);
		},
		sampleInstall: async (bench) => {
			const handler = await bench.receiver();
			bench.portal.control.setApplication({ installUrl: handler.url });
			bench.portal.control.installApplication();
			await bench.portal.control.idle();
			assert.deepEqual(keys(handler.received[0]?.body ?? ''), keys(contract.eventDelivery.rawSampleInstall.body));
		},
		userAgent: async (bench) => {
			const [delivery] = (await clicked(bench)).received;
			assert.deepEqual([delivery?.headers['user-agent'], delivery?.version], [contract.eventDelivery.userAgent, '1.1']);
		},
		dateFinish: async (bench) => {
			for (const status of ['P', 'T', 'L'] as const) {
				bench.portal.control.setApplication({ status, dateFinish: 1_893_456_000 });
				const handler = await bench.handler('ONAPPTEST');
				await bench.ok('event.test');
				assert.equal((await bench.onlyEvent(handler))['auth[date_finish]'], status === 'L' ? undefined : '1893456000');
				await bench.ok('event.unbind', { event: 'ONAPPTEST', handler: `${handler.url}/hook` });
			}
		},
		retries: async (bench) => {
			const handler = await bench.handler(EVENT);
			handler.answer = () => ({ status: 500, body: 'broken' });
			click(bench);
			await bench.portal.control.idle();
			bench.portal.control.advance(24 * 3600);
			await bench.portal.control.idle();
			assert.equal(handler.received.length, 1);
			const [delivery] = bench.portal.state.deliveries;
			assert.deepEqual(
				[delivery?.status, delivery?.answer, delivery?.body],
				[500, 'broken', handler.received[0]?.body],
			);
			assert.ok((delivery?.took ?? -1) >= 0);
		},
		notInstalled: async (bench) => {
			bench.portal.control.setApplication({ installed: false });
			assert.equal((await clicked(bench)).received.length, 0);
		},
		encoding: async (bench) => {
			const handler = await bench.handler('ONAPPTEST');
			await bench.ok('event.test', { yes: true, no: false, nothing: null, list: [], empty: '', text: 'a b&c=ü~*' });
			await bench.portal.control.idle();
			const query = (handler.received[0]?.body ?? '').split('&').filter((pair) => pair.startsWith('data'));
			assert.deepEqual(
				query,
				['yes%5D=1', 'no%5D=0', 'empty%5D=', 'text%5D=a+b%26c%3D%C3%BC%7E%2A'].map(
					(pair) => `data%5BQUERY%5D%5B${pair}`,
				),
			);
		},
		applicationToken: async (bench) => {
			const handler = await clicked(bench);
			click(bench, '+442079460111');
			await bench.portal.control.idle();
			const tokens = handler.received.map((entry) => entry.fields.get('auth[application_token]'));
			assert.deepEqual(tokens, [tokens[0], tokens[0]]);
			assert.match(String(tokens[0]), /^[0-9a-f]{32}$/);
		},
		slow: async () => {
			const portal = await startPortal({ timeFactor: 0.001 });
			const handler = await startReceiver();
			try {
				const client = Client.of(portal);
				await client.result('event.bind', { event: 'ONAPPTEST', handler: handler.url });
				handler.answer = () => {
					portal.control.advance(60);
					return { status: 200, body: '' };
				};
				await client.result('event.test');
				await portal.control.idle();
				await client.result('event.test');
				assert.equal(portal.state.deliveries[1]?.state, 'queued');
				portal.control.advance(3600);
				await portal.control.idle();
				assert.equal(portal.state.deliveries[1]?.state, 'answered');
			} finally {
				await portal.stop();
				await handler.stop();
			}
		},
		offlineRepeats: async (bench) => {
			await bench.ok('event.bind', { event: 'ONEXTERNALCALLBACKSTART', event_type: 'offline' });
			for (const phoneNumber of ['+494066969441', '+494066969441', '+494066969442'])
				bench.portal.control.orderCallback({ lineNumber: '+4940669690', phoneNumber });
			const ids = (await bench.ok<{ MESSAGE_ID: string }[]>('event.offline.list')).map((row) => row.MESSAGE_ID);
			assert.deepEqual([ids.length, new Set(ids).size, /^[0-9a-f]{32}$/.test(String(ids[0]))], [2, 2, true]);
		},
		lost: async (bench) => {
			bench.portal.control.addFault({ kind: 'eventLost', target: EVENT });
			assert.equal((await clicked(bench)).received.length, 0);
			assert.equal(bench.portal.state.deliveries[0]?.state, 'lost');
		},
		doubled: async (bench) => {
			bench.portal.control.addFault({ kind: 'eventDoubled', target: EVENT });
			const { received } = await clicked(bench);
			assert.deepEqual(
				received.map((entry) => entry.body),
				[received[0]?.body, received[0]?.body],
			);
			assert.equal(received.length, 2);
		},
		late: async (bench) => {
			bench.portal.control.addFault({ kind: 'eventLate', target: EVENT, seconds: 60 });
			const handler = await clicked(bench);
			assert.equal(handler.received.length, 0);
			bench.portal.control.advance(61);
			await bench.portal.control.idle();
			assert.equal(handler.received.length, 1);
		},
		outOfOrder: async (bench) => {
			bench.portal.control.addFault({ kind: 'eventOutOfOrder', target: EVENT });
			const handler = await clicked(bench);
			click(bench, '+442079460111');
			await bench.portal.control.idle();
			assert.deepEqual(
				handler.received.map((entry) => entry.fields.get('data[PHONE_NUMBER]')),
				['+442079460111', '+494066969442'],
			);
		},
	},
};
