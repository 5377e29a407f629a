import type { IDataObject } from 'n8n-workflow';
import { encodeForm, type FormValue } from '../../bitrix24/phpForm';
import { until } from '../../tools/n8n/driver';
import { connectedCredential } from '../support/connect';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const CLICK = 'ONEXTERNALCALLSTART';
const publish = async (parameters: IDataObject = {}): Promise<void> =>
	await holder.world.publish({ events: [CLICK], delivery: 'both', ...parameters });
const bound = (): string[] =>
	holder.world.portal.state.handlers.map(({ event, offline }) => `${event} ${offline ? 'queue' : 'address'}`).sort();
const queue = () => holder.world.portal.state.offlineEvents;
const callIds = (): unknown[] => holder.world.started.map(({ CALL_ID }) => CALL_ID);
const undelivered = (phoneNumber: string): string => {
	const { portal } = holder.world;
	// As while n8n is down: the queue keeps the event, and nothing is sent.
	const [handler] = portal.state.handlers.splice(
		portal.state.handlers.findIndex(({ offline }) => !offline),
		1,
	);
	const { callId } = portal.control.click({ userId: 2, phoneNumber });
	if (handler) portal.state.handlers.push(handler);
	return callId;
};

let end = async (): Promise<void> => undefined;
const fetching = async (): Promise<void> => {
	end = await holder.world.fetching();
};
afterEach(async () => {
	await end();
	end = async () => undefined;
});

async function emptied(): Promise<void> {
	await until(
		() => Promise.resolve(queue().length === 0 || undefined),
		() => `${queue().length} events are left`,
	);
}

describe('binding', () => {
	it.each([
		['push', ['address']],
		['poll', ['queue']],
		['both', ['address', 'queue']],
	])('%s binds %j, and unpublishing unbinds it', async (delivery, ways) => {
		await publish({ delivery });
		expect(bound()).toEqual(ways.map((way) => `${CLICK} ${way}`));
		expect(await holder.world.hook('checkExists')).toBe(true);
		await holder.world.unpublish();
		expect(bound()).toEqual([]);
		expect(await holder.world.hook('checkExists')).toBe(false);
	});

	it('of another way unbinds the one before', async () => {
		for (const [delivery, ways] of [
			['both', ['address', 'queue']],
			['poll', ['queue']],
			['push', ['address']],
		] as const) {
			await publish({ delivery });
			expect(bound()).toEqual(ways.map((way) => `${CLICK} ${way}`));
		}
	});

	it('needs an administrator, and says so', async () => {
		const { world } = holder;
		world.credential = await connectedCredential(world.portal, 2);
		await expect(publish({ delivery: 'poll' })).rejects.toThrow(
			/^Delivery Poll needs an administrator of Bitrix24, .* Connect the credential as an administrator and publish/,
		);
		await expect(publish()).rejects.toThrow(/^Delivery Both needs an administrator/);
		expect(bound()).toEqual([]);
	});

	it('of an event that the queue does not take is refused for Poll, and left to push for Both', async () => {
		const unfit = { events: ['ONAPPUNINSTALL', CLICK] };
		await expect(publish({ ...unfit, delivery: 'poll' })).rejects.toThrow(
			/cannot keep the event ONAPPUNINSTALL for fetching\. Take it away from Events, or set Delivery to Push or Both\.$/,
		);
		await publish(unfit);
		expect(bound()).toEqual(['ONAPPUNINSTALL address', `${CLICK} address`, `${CLICK} queue`]);
		await holder.world.unpublish();
		expect(bound()).toEqual([]);
	});

	it('needs no public address for Poll', async () => {
		holder.world.publicUrl = 'http://localhost:5678';
		await publish({ delivery: 'poll' });
		expect(bound()).toEqual([`${CLICK} queue`]);
	});

	it('of a wrong word is refused', async () => {
		await expect(publish({ delivery: 'sometimes' })).rejects.toThrow(
			'The option Delivery is the text “sometimes”. Choose Push, Poll or Both',
		);
	});

	it('stays for another trigger of the application that fetches the same event', async () => {
		const { world } = holder;
		await publish({ delivery: 'poll' });
		const endFirst = await world.fetching();
		await until(
			() => Promise.resolve(world.asked().includes('event.offline.get') || undefined),
			() => 'nothing was fetched',
		);
		const first = world.stored;
		Object.assign(world, { workflowId: 'w2', stored: '{}' });
		await publish({ delivery: 'poll' });
		await world.unpublish();
		expect(bound()).toEqual([`${CLICK} queue`]);
		await endFirst();
		Object.assign(world, { workflowId: 'w1', stored: first });
		await world.unpublish();
		expect(bound()).toEqual([]);
	});
});

describe('a start of n8n', () => {
	it('keeps the trigger when the portal is away, and binds anew what is lost', async () => {
		const { world } = holder;
		await publish({ delivery: 'push', verifyDelivery: true });
		world.portal.control.addFault({ kind: 'html502', target: 'event.get', count: 1 });
		expect(await world.hook('checkExists', 'production', 'init')).toBe(true);
		world.portal.control.addFault({ kind: 'html502', target: 'event.get', count: 1 });
		expect(await world.hook('checkExists', 'production', 'update')).toBe(false);
		const { credential } = world;
		world.credential = {};
		expect(await world.hook('checkExists', 'production', 'init')).toBe(true);
		world.credential = credential;
		world.portal.state.handlers.splice(0);
		expect(await world.hook('checkExists', 'production', 'init')).toBe(false);
	});
});

describe('fetching', () => {
	it('starts nothing for Push', async () => {
		await publish({ delivery: 'push' });
		holder.world.asked();
		await fetching();
		expect(holder.world.asked()).toEqual([]);
	});

	it('gives the same item as a delivery', async () => {
		const { world } = holder;
		await publish({ delivery: 'push', options: { duplicateWindow: 0 } });
		await world.click();
		const [pushed] = world.started.splice(0);
		await publish({ delivery: 'poll', options: { duplicateWindow: 0 } });
		await world.click();
		await fetching();
		await emptied();
		const { portal, time, LATE, AGE, ...said } = world.started[0] ?? {};
		const { portal: pushedPortal, time: pushedTime, ...pushedSaid } = pushed ?? {};
		expect(said).toEqual(pushedSaid);
		expect([portal, typeof time, LATE, typeof AGE]).toEqual([
			{ ...(pushedPortal as IDataObject), status: null, scope: null },
			typeof pushedTime,
			expect.any(Boolean),
			'number',
		]);
	});

	it('takes what was not delivered, marked as late', async () => {
		const { world } = holder;
		await publish();
		const missed = undelivered('+4930111');
		for (const event of queue()) event.timestamp = Date.now() - 60_000;
		await fetching();
		await emptied();
		expect(world.started).toEqual([expect.objectContaining({ CALL_ID: missed, LATE: true })]);
		expect(Number(world.started[0]?.AGE)).toBeGreaterThanOrEqual(60);
	});

	it('knows a delivery that comes after all', async () => {
		const { world } = holder;
		await publish({ options: { duplicateWindow: 0 } });
		const missed = undelivered('+4930116');
		const [{ data, event, timestamp } = {}] = queue().map((row) =>
			Object.assign(row, { timestamp: Date.now() - 60_000 }),
		);
		await fetching();
		await emptied();
		const auth = { member_id: world.portal.state.settings.memberId };
		const body = (ts: number) => encodeForm({ event, data: data as FormValue, ts, auth });
		const query = world.portal.state.handlers.map(({ handler }) => handler).find(Boolean) ?? '';
		const seconds = Math.floor(Number(timestamp) / 1000);
		expect((await world.post(body(seconds), new URL(query).search)).status).toBe(200);
		await world.settled();
		expect(callIds()).toEqual([missed]);
		// A second click is another one.
		await world.post(body(seconds + 5), new URL(query).search);
		await until(
			() => Promise.resolve(world.started.length > 1 || undefined),
			() => 'nothing was started',
		);
		expect(callIds()).toEqual([missed, missed]);
	});

	it('drops what was delivered, in this process or in one that does not fetch', async () => {
		const { world } = holder;
		await publish();
		const elsewhere = await world.click('+4930112');
		await emptied();
		await fetching();
		const here = await world.click('+4930113');
		await emptied();
		expect(callIds()).toEqual([elsewhere, here]);
		expect(world.started.map(({ LATE }) => LATE)).toEqual([false, false]);
	});

	it('does not start what is in the history: it was finished before a crash could tell', async () => {
		const { world } = holder;
		await publish();
		const missed = undelivered('+4930114');
		for (const event of queue()) event.timestamp = Date.now() - 60_000;
		const { accessToken } = world.portal.control.issueTokens(1);
		const body = new URLSearchParams({ auth: accessToken, CALL_ID: missed, USER_ID: '2', DURATION: '5' });
		expect(
			(await fetch(`${world.portal.url}/rest/telephony.externalCall.finish`, { method: 'POST', body })).status,
		).toBe(200);
		await fetching();
		await emptied();
		expect(world.started).toEqual([]);
	});

	it.each([
		[true, [true]],
		[false, []],
	])('of what is too old is reported on request (%s)', async (reportTooLate, marks) => {
		const { world } = holder;
		await publish({ options: reportTooLate ? { reportTooLate } : {} });
		undelivered('+4930115');
		for (const event of queue()) event.timestamp = Date.now() - 3_600_000;
		await fetching();
		await emptied();
		expect(world.started.map(({ TOO_LATE }) => TOO_LATE)).toEqual(marks);
	});

	it('tells once that the credential is gone, and goes on trying', async () => {
		const { world } = holder;
		await publish({ delivery: 'poll' });
		world.credential = {};
		await fetching();
		await until(
			() => Promise.resolve(world.thrown.length > 0 || undefined),
			() => 'nothing was said',
		);
		expect(String(world.thrown)).toContain(
			'Events cannot be fetched from Bitrix24. It keeps them meanwhile, and this trigger goes on trying. The Bitrix24 credential is not connected',
		);
		expect(world.thrown).toHaveLength(1);
	});

	it('tells what the portal refuses, with what to do', async () => {
		const { world } = holder;
		await publish({ delivery: 'poll' });
		world.portal.control.addFault({
			kind: 'error',
			code: 'insufficient_scope',
			target: 'event.offline.get',
			count: 99,
		});
		await fetching();
		await until(
			() => Promise.resolve(world.thrown.length > 0 || undefined),
			() => 'nothing was said',
		);
		expect(String(world.thrown)).toMatch(
			/this trigger goes on trying\. .*permission.* Reason: .* \(event\.offline\.get\)$/,
		);
	});

	it('fails no execution when the portal is away for a while', async () => {
		const { world } = holder;
		await publish({ delivery: 'poll' });
		world.portal.control.addFault({ kind: 'html502', target: 'event.offline.get', count: 1 });
		const callId = await world.click('+4930118');
		await fetching();
		await emptied();
		expect([callIds(), world.thrown]).toEqual([[callId], []]);
	});
});
