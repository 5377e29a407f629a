import { CLICK, usePublishing } from './publishing';

const { holder, publish, bound, here, movedTo } = usePublishing();

describe('Verify Delivery on Publishing', () => {
	it('waits for a test event, which starts nothing and leaves nothing bound', async () => {
		const { world } = holder;
		await publish({ verifyDelivery: true });
		await world.settled();
		expect(world.delivery).toMatchObject({ event: 'ONAPPTEST', status: 200, answer: '' });
		expect(bound()).toEqual(CLICK.map(here));
		expect(world.started).toEqual([]);
	});

	it('is asked at every publishing, although the binding is there', async () => {
		const { world } = holder;
		await publish();
		world.asked();
		await publish({ verifyDelivery: true });
		expect(world.asked()).toContain('event.test');
	});

	it('is left out in test listening', async () => {
		const { world } = holder;
		world.parameters = { events: CLICK, verifyDelivery: true };
		await world.hook('create', 'test');
		expect(world.asked()).toEqual(['event.bind']);
	});

	it('fails when Bitrix24 sends no test event, and leaves nothing bound', async () => {
		const { world } = holder;
		await publish();
		world.portal.control.addFault({ kind: 'html502', target: 'event.test', count: 99 });
		world.parameters = { events: CLICK, verifyDelivery: true };
		await expect(world.hook('create')).rejects.toThrow(
			/^This trigger cannot listen yet: the delivery of events could not be verified\. Bitrix24 did not answer what it was asked about the test event\. Publish .* switch Verify Delivery on Publishing off\.$/,
		);
		expect(bound()).toEqual(CLICK.map(here));
	});

	it('does not hear the test event of somebody else as its own', async () => {
		const { world } = holder;
		await publish({ verifyDelivery: true });
		await world.settled();
		const address = new URL(world.handlers[0]?.handler ?? '');
		const [first] = world.portal.state.handlers;
		for (const query of ['', '&check=abc'])
			world.portal.state.handlers.push({ ...first, event: 'ONAPPTEST', handler: address.href + query } as never);
		const body = world.delivery.body;
		await world.post(body, `${address.search}&check=other`);
		await world.settled();
		expect(world.handlers).toHaveLength(3);
		await world.post(body, `${address.search}&check=abc`);
		await world.settled();
		expect(world.handlers.map(({ handler }) => handler)).toEqual([address.href, address.href]);
		await world.post(body, address.search);
		await world.settled();
		expect(bound()).toEqual(CLICK.map(here));
		expect(world.thrown).toEqual([]);
	});

	it('is acknowledged for the address that was bound, and stays silent when the portal cannot be asked', async () => {
		const { world } = holder;
		await publish({ verifyDelivery: true });
		await world.settled();
		const [first] = world.portal.state.handlers;
		const search = new URL(String(first?.handler)).search;
		world.portal.state.handlers.push({ ...first, event: 'ONAPPTEST' } as never);
		movedTo('http://127.0.0.2:5678');
		const token = world.credential.oauthTokenData;
		delete world.credential.oauthTokenData;
		expect((await world.post(world.delivery.body, search)).status).toBe(200);
		await world.settled();
		expect(world.thrown).toEqual([]);
		expect(world.handlers).toHaveLength(2);
		world.credential.oauthTokenData = token as never;
		await world.post(world.delivery.body, search);
		await world.settled();
		expect(world.handlers).toHaveLength(1);
	});
});
