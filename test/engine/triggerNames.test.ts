import { clock } from '../../nodes/common/clock';
import { knownEmployees } from '../../nodes/Bitrix24TelephonyTrigger/knownEmployees';
import { addEmployee } from '../../sandbox/portal/state/company';
import { useTriggerWorld } from './triggerWorld';

const SEARCH = 'telephony.externalCall.searchCrmEntities';
const holder = useTriggerWorld();
const publish = async (options: object, events = ['ONEXTERNALCALLSTART']): Promise<void> => {
	await holder.world.publish({ events, options } as never);
	holder.world.asked();
};

it('asks for no names without the option', async () => {
	const { world } = holder;
	await publish({});
	await world.click('+442079460111');
	expect(world.asked()).toEqual([]);
	expect(world.started[0]).not.toHaveProperty('EMPLOYEE_NAME');
});

it.each([true, 'true', 1, null])('adds the names once the option is added with %j', async (lookUpNames) => {
	const { world } = holder;
	await publish({ lookUpNames });
	await world.click('+442079460111');
	expect(world.asked().sort()).toEqual([SEARCH.toLowerCase(), 'user.get']);
	expect(world.started).toMatchObject([
		{ EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: '102', CLIENT_NAME: 'Sarah Bennett' },
	]);
	expect(world.started[0]).not.toHaveProperty('NOTE');
	expect(world.delivery).toMatchObject({ status: 200, answer: '' });
});

it('asks only for whom the event names', async () => {
	const { world } = holder;
	await publish({ lookUpNames: true }, [
		'ONAPPUNINSTALL',
		'ONVOXIMPLANTCALLSTART',
		'ONEXTERNALCALLBACKSTART',
		'ONEXTERNALCALLSTART',
	]);
	await world.click('+442079460111');
	world.asked();
	const click = world.portal.state.deliveries.find(({ event }) => event === 'ONEXTERNALCALLSTART')?.body;
	const send = async (event: string, without: string[]): Promise<string[]> => {
		world.started = [];
		knownEmployees.clear();
		const body = new URLSearchParams(click);
		for (const name of without) body.delete(`data[${name}]`);
		body.set('event', event);
		body.set('data[CALL_ID]', `${event} ${without.join()}`);
		await world.post(body.toString(), world.query);
		await world.settled();
		return world.asked();
	};
	expect(await send('ONAPPUNINSTALL', ['USER_ID', 'PHONE_NUMBER', 'PHONE_NUMBER_INTERNATIONAL'])).toEqual([]);
	expect(world.started).toMatchObject([{ EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: null }]);
	expect(world.started[0]).not.toHaveProperty('NOTE');
	expect(await send('ONVOXIMPLANTCALLSTART', ['PHONE_NUMBER', 'PHONE_NUMBER_INTERNATIONAL'])).toEqual(['user.get']);
	expect(world.started).toMatchObject([{ EMPLOYEE_NAME: 'Ben Carter', CLIENT_NAME: null }]);
	expect(await send('ONEXTERNALCALLBACKSTART', ['USER_ID', 'PHONE_NUMBER_INTERNATIONAL'])).toEqual([
		SEARCH.toLowerCase(),
	]);
	expect(world.started).toMatchObject([{ EMPLOYEE_NAME: null, CLIENT_NAME: 'Sarah Bennett' }]);
});

it.each([
	['user.get', { EMPLOYEE_NAME: null, EMPLOYEE_EXTENSION: null, CLIENT_NAME: 'Sarah Bennett' }],
	[SEARCH, { EMPLOYEE_NAME: 'Ben Carter', EMPLOYEE_EXTENSION: '102', CLIENT_NAME: null }],
])('goes out with what it got when %s fails, and with the reason', async (target, names) => {
	const { world } = holder;
	await publish({ lookUpNames: true });
	world.portal.control.addFault({ kind: 'html502', target, count: 99 });
	const callId = await world.click('+442079460111');
	expect(world.started).toMatchObject([
		{
			CALL_ID: callId,
			...names,
			NOTE: expect.stringMatching(/^Names could not be looked up: .*502/) as string,
		},
	]);
});

it('says beside the names which option cannot be read', async () => {
	const { world } = holder;
	await publish({ lookUpNames: true });
	world.parameters = { events: ['ONEXTERNALCALLSTART'], options: { lookUpNames: true, duplicateWindow: 'soon' } };
	delete world.credential.oauthTokenData;
	await world.click();
	expect(world.started).toMatchObject([
		{ NOTE: expect.stringMatching(/^The option Duplicate Window .* Names could not be looked up: /) as string },
	]);
});

it('goes out when the credential is not connected any more', async () => {
	const { world } = holder;
	await publish({ lookUpNames: true });
	delete world.credential.oauthTokenData;
	await world.click();
	expect(world.started).toMatchObject([
		{ EMPLOYEE_NAME: null, NOTE: 'Names could not be looked up: The Bitrix24 credential is not connected.' },
	]);
	expect(world.thrown).toEqual([]);
});

it('is answered when the execution with its names is stored, but without waiting for a slow portal', async () => {
	const { world } = holder;
	await publish({ lookUpNames: true });
	world.storesNothing = true;
	await world.click('+442079460111');
	expect(world.delivery.status).toBe(500);

	const { deadline } = clock;
	// Two seconds are over at once, ten never.
	clock.deadline = async (milliseconds) => (milliseconds > 2_000 ? await deadline(milliseconds) : undefined);
	try {
		await world.click('+442079460112');
		expect(world.delivery.status).toBe(200);
	} finally {
		clock.deadline = deadline;
	}
});

describe('in a node of today', () => {
	beforeEach(() => {
		holder.world.version = 1.2;
	});

	it('looks names up by default, and asks for an employee once in some minutes', async () => {
		const { world } = holder;
		await publish({});
		await world.click('+442079460111');
		expect(world.asked().sort()).toEqual([SEARCH.toLowerCase(), 'user.get']);
		for (const number of ['+442079460112', '+442079460113', '+442079460114']) await world.click(number);
		expect(world.asked()).toEqual([SEARCH, SEARCH, SEARCH].map((one) => one.toLowerCase()));
		expect(world.started.map(({ EMPLOYEE_EXTENSION }) => EMPLOYEE_EXTENSION)).toEqual(['102', '102', '102', '102']);
	});

	it('gives the number as the phone system wants it', async () => {
		const { world } = holder;
		await publish({ lookUpNames: false, dialForm: 'national', countryCode: '44' });
		await world.click('+442079460111');
		await world.click('+4940123456');
		await world.click('102', 1);
		expect(world.started.map(({ DIAL_NUMBER }) => DIAL_NUMBER)).toEqual(['02079460111', '004940123456', '102']);
	});

	it('is not published when it cannot dial as it is to', async () => {
		await expect(publish({ dialForm: 'national' })).rejects.toThrow('the option Country Code is empty');
	});

	it('asks nothing when that is switched off', async () => {
		const { world } = holder;
		await publish({ lookUpNames: false });
		await world.click();
		expect(world.asked()).toEqual([]);
		expect(world.started[0]).not.toHaveProperty('EMPLOYEE_EXTENSION');
	});

	it('gives a text for somebody without extension, and says so', async () => {
		const { world } = holder;
		const { id } = addEmployee(world.portal.state, { firstName: 'Ines', lastName: 'Roth' });
		await publish({});
		await world.click('+442079460999', id);
		expect(world.started).toMatchObject([
			{
				EMPLOYEE_NAME: 'Ines Roth',
				EMPLOYEE_EXTENSION: '',
				LINE_NUMBER: expect.any(String) as string,
				NOTE: 'Ines Roth has no extension in Bitrix24.',
			},
		]);
	});

	it('rings with the extension as last known when the portal does not answer', async () => {
		const { world } = holder;
		await publish({});
		await world.click('+442079460111');
		const { now } = clock;
		clock.now = () => now() + 6 * 60_000;
		try {
			world.portal.control.addFault({ kind: 'html502', target: 'user.get', count: 99 });
			await world.click('+442079460112');
		} finally {
			clock.now = now;
		}
		expect(world.started[1]).toMatchObject({
			EMPLOYEE_NAME: 'Ben Carter',
			EMPLOYEE_EXTENSION: '102',
			NOTE: expect.stringMatching(
				/^Names could not be looked up: .*502.* The employee is as this n8n last knew them\.$/,
			) as string,
		});
	});

	it('asks anew in a test', async () => {
		const { world } = holder;
		await publish({});
		await world.click();
		await world.unpublish();
		await world.hook('create', 'test');
		world.asked();
		await world.click();
		expect(world.asked()).toContain('user.get');
	});
});
