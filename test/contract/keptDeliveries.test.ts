import { startPortal } from '../../sandbox/portal';
import { Client, startReceiver } from './support/client';

const EVENT = 'ONEXTERNALCALLSTART';

test('the latest deliveries are kept, and every one that has still to be sent', async () => {
	const portal = await startPortal();
	const receiver = await startReceiver();
	try {
		const { control, state } = portal;
		await Client.of(portal).result('event.bind', { event: EVENT, handler: receiver.url });
		const click = (phoneNumber: string) => control.click({ userId: 2, phoneNumber });
		control.addFault({ kind: 'eventLate', target: EVENT, seconds: 60 });
		click('+494066969441');
		control.addFault({ kind: 'eventOutOfOrder', target: EVENT });
		click('+494066969442');
		const waiting = state.deliveries.slice();
		control.addFault({ kind: 'eventLost', target: EVENT, count: 1100 });
		for (let lost = 0; lost < 1100; lost += 1) click('+494066969443');
		expect(state.deliveries).toHaveLength(1000);
		expect(state.deliveries.slice(0, 2)).toEqual(waiting);
		control.advance(60);
		click('+494066969444');
		await control.idle();
		expect(waiting.map(({ state: now }) => now)).toEqual(['answered', 'answered']);
		expect(receiver.received).toHaveLength(3);
		expect(state.deliveries).toHaveLength(1000);
	} finally {
		await portal.stop();
		await receiver.stop();
	}
});
