import fc from 'fast-check';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const CLICK = ['ONEXTERNALCALLSTART'];
const wrong = `?signature=${'x'.repeat(43)}`;

const publishClick = async (options: object = {}) => await holder.world.publish({ events: CLICK, options } as never);
const bodyWith = (change: (body: URLSearchParams) => void): string => {
	const body = new URLSearchParams(holder.world.delivery.body);
	change(body);
	return body.toString();
};

describe('a delivery', () => {
	it('starts the workflow and is answered at once, with the credential unread', async () => {
		const { world } = holder;
		await publishClick();
		world.credentialReads = 0;
		const callId = await world.click();
		expect(world.started).toMatchObject([{ CALL_ID: callId, USER_ID: 2, event: 'ONEXTERNALCALLSTART' }]);
		expect(world.delivery).toMatchObject({ status: 200, answer: '' });
		expect(world.credentialReads).toBe(0);
	});

	it('is accepted only when n8n has stored the execution, so that nothing is lost which was answered with 200', async () => {
		const { world } = holder;
		await publishClick();
		world.storesNothing = true;
		await world.click();
		expect(world.delivery.status).toBe(500);
	});

	it.each([
		['unsigned', '', 403, 'The signature does not fit'],
		['43 wrong characters', wrong, 403, 'The signature does not fit'],
		['42 characters', wrong.slice(0, -1), 403, 'The signature does not fit'],
		['two signatures', `${wrong}&signature=x`, 403, 'The signature does not fit'],
	])('%s is refused, with the credential unread and nothing started', async (_name, query, status, message) => {
		const { world } = holder;
		await publishClick();
		await world.click();
		world.credentialReads = 0;
		expect(await world.post(world.delivery.body, query)).toEqual({ status, text: JSON.stringify({ message }) });
		expect(world.credentialReads).toBe(0);
		expect(world.started).toHaveLength(1);
		expect(world.thrown).toEqual([]);
	});

	it.each<[string, (body: URLSearchParams) => void, string]>([
		['another portal', (body) => body.set('auth[member_id]', 'f'.repeat(32)), 'The event comes from another portal'],
		['another event', (body) => body.set('event', 'ONAPPUNINSTALL'), 'This trigger does not listen to this event'],
		['no form', (body) => [...body.keys()].forEach((key) => body.delete(key)), 'The event comes from another portal'],
	])('that is signed but of %s is refused, with the credential unread', async (_name, change, message) => {
		const { world } = holder;
		await publishClick();
		await world.click();
		world.credentialReads = 0;
		expect(await world.post(bodyWith(change), world.query)).toEqual({ status: 403, text: JSON.stringify({ message }) });
		expect(world.credentialReads).toBe(0);
	});

	it('past 64 kB is refused, signed or not', async () => {
		const { world } = holder;
		await publishClick();
		await world.click();
		const answer = { status: 413, text: '{"message":"The body has more than 65536 bytes"}' };
		expect(await world.post('a'.repeat(65_537), world.query)).toEqual(answer);
		expect(await world.post('a'.repeat(65_537))).toEqual(answer);
		expect((await world.post('a'.repeat(65_536))).status).toBe(403);
	});

	it('fits the application token that the credential had at activation', async () => {
		const { world } = holder;
		world.credential.applicationToken = ' wrong ';
		await publishClick();
		await world.click();
		expect(world.delivery).toMatchObject({ status: 403, answer: '{"message":"The application token does not fit"}' });
		const token = new URLSearchParams(world.delivery.body).get('auth[application_token]') ?? '';
		await world.unpublish();
		world.credential.applicationToken = ` ${token} `;
		await publishClick();
		expect(JSON.stringify(world.stored)).not.toContain(token);
		world.credential.applicationToken = 'changed';
		await world.click('+4930555');
		expect(world.delivery.status).toBe(200);
	});

	it('with names that JavaScript has itself throws nothing', async () => {
		const { world } = holder;
		await publishClick({ duplicateWindow: 0 });
		await world.click();
		const name = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), 'CRM_CREATED_ENTITIES', '0');
		await fc.assert(
			fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 4 }), async (path) => {
				const body = bodyWith((one) => one.set(`data${path.map((part) => `[${part}]`).join('')}`, 'polluted'));
				expect((await world.post(body, world.query)).status).toBe(200);
			}),
			{ numRuns: 60 },
		);
		await world.settled();
		expect(world.thrown).toEqual([]);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('is judged by what activation kept, whatever became of the credential', async () => {
		const { world } = holder;
		await publishClick();
		world.credential.clientSecret = 'changed';
		delete world.credential.oauthTokenData;
		await world.click();
		expect(world.started).toHaveLength(1);
	});

	it('of another workflow says nothing here, though its static data was imported', async () => {
		const { world } = holder;
		await publishClick();
		const { query } = world;
		await world.click();
		world.workflowId = 'w2';
		world.credentialReads = 0;
		expect((await world.post(world.delivery.body, query)).status).toBe(403);
		expect(world.credentialReads).toBe(1);
	});
});

describe('what the user wants', () => {
	it('drops repeats of a call and events of others, and says so with a 200', async () => {
		const { world } = holder;
		const said = (why: string) => ({ status: 200, answer: JSON.stringify({ message: `Nothing started: ${why}.` }) });
		await publishClick({ employees: '3', lines: '' });
		await world.click('+4930777', 2);
		expect(world.started).toEqual([]);
		expect(world.delivery).toMatchObject(said('the event is of employee 2, and Only for Employees has 3'));
		const callId = await world.click('+4930778', 3);
		expect(await world.click('+4930778', 3)).toBe(callId);
		expect(world.started).toHaveLength(1);
		expect(world.delivery).toMatchObject(said('this call was taken less than 30 s ago (Duplicate Window)'));
	});

	it('counts an employee by number, however it is written', async () => {
		await publishClick({ employees: '02' });
		await holder.world.click();
		await holder.world.click('+4930555', 3);
		expect(holder.world.started).toMatchObject([{ USER_ID: 2 }]);
		expect(holder.world.started[0]).not.toHaveProperty('NOTE');
	});

	it('starts the workflow when an expression goes wrong after publishing, and says so', async () => {
		const { world } = holder;
		await publishClick({ lookUpNames: false });
		world.parameters = { events: CLICK, options: { lookUpNames: 'maybe', employees: 'Ben', duplicateWindow: 0 } };
		await world.click();
		expect(world.started).toMatchObject([
			{
				USER_ID: 2,
				NOTE:
					'The option Look Up Names is the text “maybe”. Give true or false. Until then it counts as not added. ' +
					'The option Only for Employees is the text “Ben”. Give the IDs of employees as numbers; Employee > Get Many lists them. Until then it counts as not added.',
			},
		]);
		world.parameters = { events: CLICK, options: { lookUpNames: '={{ $("Nobody").first().json.x }}' } };
		await world.click('+4930556');
		expect(world.started).toMatchObject([
			{},
			{ NOTE: expect.stringMatching(/^The options could not be read, so none counts: /) as string },
		]);
		expect(world.delivery).toMatchObject({ status: 200, answer: '' });
		expect(world.thrown).toEqual([]);
	});

	it('keeps repeats without a window', async () => {
		await publishClick({ duplicateWindow: 0 });
		await holder.world.click();
		await holder.world.click();
		expect(holder.world.started).toHaveLength(2);
	});

	it.each([
		[{}, 310, 0],
		[{}, 290, 1],
		[{ ignoreOlderThan: 60 }, 70, 0],
		[{ ignoreOlderThan: 0 }, 86_400, 1],
		[{ ignoreOlderThan: null }, 310, 0],
	])('with %j a click that is %d s old starts %d executions', async (options, age, count) => {
		const { world } = holder;
		await publishClick({ duplicateWindow: 0, ...options });
		await world.click();
		world.started = [];
		const body = bodyWith((one) => one.set('ts', String(Math.floor(Date.now() / 1000) - age)));
		const { status, text } = await world.post(body, world.query);
		expect([status, text]).toEqual([
			200,
			count > 0
				? ''
				: expect.stringMatching(/Nothing started: the event is \d+ s old, and Ignore Events Older Than is/),
		]);
		await world.settled();
		expect(world.started).toHaveLength(count);
	});

	it('takes an event without a time, and a call that ended long ago', async () => {
		const { world } = holder;
		await world.publish({ events: [...CLICK, 'ONVOXIMPLANTCALLEND'], options: { duplicateWindow: 0 } });
		await world.click();
		world.started = [];
		await world.post(
			bodyWith((one) => one.delete('ts')),
			world.query,
		);
		await world.post(
			bodyWith((one) => {
				one.set('ts', '1');
				one.set('event', 'ONVOXIMPLANTCALLEND');
			}),
			world.query,
		);
		await world.settled();
		expect(world.started.map(({ event }) => event)).toEqual(['ONEXTERNALCALLSTART', 'ONVOXIMPLANTCALLEND']);
	});
});

describe('test listening', () => {
	it('drops no repeats, and leaves production alone', async () => {
		const { world } = holder;
		await publishClick();
		await world.hook('create', 'test');
		expect(world.handlers).toHaveLength(2);
		await world.click();
		await world.click();
		expect(world.started).toHaveLength(3);
		await world.hook('delete', 'test');
		expect(world.handlers.map(({ handler }) => new URL(handler).pathname)).toEqual(['/webhook/hook/bitrix24']);
		expect(world.staticData).toHaveProperty('subscription');
	});

	it('is undone also when n8n has forgotten it', async () => {
		const { world } = holder;
		await world.publish({ events: CLICK });
		await world.unpublish();
		await world.hook('create', 'test');
		world.forgetTest();
		await world.hook('delete', 'test');
		expect(world.handlers).toEqual([]);
	});

	it('takes no address of production', async () => {
		const { world } = holder;
		await publishClick();
		await world.click();
		const { query } = world;
		await world.unpublish();
		await world.hook('create', 'test');
		expect(world.query).not.toBe(query);
		expect((await world.post(world.delivery.body, query, {}, 'webhook-test')).status).toBe(403);
	});
});
