import type { IDataObject } from 'n8n-workflow';
import { events } from '../../nodes/Bitrix24TelephonyTrigger/events';
import { until } from '../../tools/n8n/driver';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const codes = events.map(({ code }) => code);

/** Listens for a test. @returns the item that comes */
async function listened(parameters: IDataObject, version = 1.3): Promise<IDataObject> {
	const { world } = holder;
	world.version = version;
	world.parameters = { testWith: 'sample', ...parameters };
	world.asked();
	expect(await world.hook('checkExists', 'test')).toBe(false);
	await world.hook('create', 'test');
	const [item] = await until(
		() => Promise.resolve(world.started.length > 0 ? world.started : undefined),
		() => 'no sample came',
	);
	return item ?? {};
}

describe('a test with a sample', () => {
	it.each(codes)('%s: a typed item, marked, and the portal is asked for nothing', async (code) => {
		const { fields } = events.find((event) => event.code === code) ?? { fields: {} };
		const item = await listened({ events: [code] });
		expect(item).toMatchObject({ event: code, SAMPLE: '1', NOTE: expect.stringContaining('made up') as string });
		for (const [name, coercion] of Object.entries(fields))
			// A click that belongs to no call list has none.
			expect([name, item[name] === null && name === 'CALL_LIST_ID' ? 'number' : typeof item[name]]).toEqual([
				name,
				coercion === 'boolean' ? 'boolean' : coercion === 'text' ? 'string' : 'number',
			]);
		expect(holder.world.asked()).toEqual([]);
		expect(holder.world.handlers).toEqual([]);
		await holder.world.hook('delete', 'test');
	});

	it('is ready to dial with, and passes the filters', async () => {
		const { world } = holder;
		world.publicUrl = '';
		const item = await listened({
			events: codes,
			delivery: 'poll',
			options: {
				onlyEmployees: { chosen: [{ employee: { __rl: true, mode: 'list', value: '3' } }] },
				onlyLines: { chosen: [{ line: { __rl: true, mode: 'id', value: '+4940669690' } }] },
			},
		});
		expect(item).toMatchObject({
			event: codes[0],
			USER_ID: 3,
			LINE_NUMBER: '+4940669690',
			EMPLOYEE_EXTENSION: '0000',
			DIAL_NUMBER: '12025550123',
		});
	});

	it('is for nodes of before as well, which look nothing up', async () => {
		const item = await listened({ events: codes }, 1.1);
		expect(item).toMatchObject({ PHONE_NUMBER: '+12025550123', SAMPLE: '1' });
		expect(item).not.toHaveProperty('EMPLOYEE_NAME');
	});

	it('is nothing that a published workflow would start with', async () => {
		const { world } = holder;
		await world.publish({ testWith: 'sample', events: codes.slice(0, 1) });
		expect(world.handlers).toHaveLength(1);
		const callId = await world.click();
		expect(world.started).toMatchObject([{ CALL_ID: callId }]);
		expect(world.started[0]).not.toHaveProperty('SAMPLE');
	});

	it('is refused for another word', async () => {
		holder.world.parameters = { testWith: 'maybe', events: codes };
		await expect(holder.world.hook('create', 'test')).rejects.toThrow(
			'The option When Testing is the text “maybe”. Choose Use a Sample or Wait for an Event',
		);
	});
});
