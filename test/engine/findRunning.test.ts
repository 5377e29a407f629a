import type { IDataObject } from 'n8n-workflow';
import { byExtension, byId, useWorld } from './world';

const world = useWorld();
const CLIENT = '+494066969441';

const find = async (more: IDataObject = {}, items?: IDataObject[]) =>
	await world.run(
		'call',
		'findRunning',
		{ employee: byId(2), phoneNumber: '494066969441', direction: 'outgoing', ...more },
		items,
	);
const click = (phoneNumber = CLIENT): string => world.portal.control.click({ userId: 2, phoneNumber }).callId;
const registrations = (): number =>
	world.portal.state.requests.filter(({ method }) => method === 'telephony.externalCall.register').length;

beforeEach(() => {
	const applicationId = world.portal.state.settings.defaultLine?.applicationId ?? 0;
	const clicks = { event: 'ONEXTERNALCALLSTART', handler: '', offline: true };
	world.portal.state.handlers.push({
		id: 1,
		applicationId,
		...clicks,
		authType: 0,
		connector: '',
		minTimeout: 0,
		userId: 1,
	});
});

describe('Find Running', () => {
	it('finds the call of a click, however the phone system writes the number, and opens no card', async () => {
		const callId = click();
		const cards = world.cards();
		for (const phoneNumber of ['494066969441', '+49 40 66969441', '00494066969441']) {
			expect((await find({ phoneNumber, employee: byExtension('102') })).json).toEqual([
				{ CALL_ID: callId, FOUND: true },
			]);
		}
		expect(world.cards()).toEqual(cards);
		expect(world.portal.state.history).toEqual([]);
	});

	it('asks once a spelling when the call is older than this second', async () => {
		const callId = click();
		world.portal.control.advance(2);
		const before = registrations();
		expect((await find()).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
		expect(registrations() - before).toBe(2);
	});

	it('finds nothing where nothing runs, also when asked again, and what it leaves is found by nobody', async () => {
		for (let times = 0; times < 3; times += 1) expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		const left = [...world.portal.state.calls.keys()];
		world.portal.control.advance(5);
		expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		expect(world.cards()).toEqual([]);
		const callId = click();
		expect(left).not.toContain(callId);
		expect((await find()).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
	});

	it('finds a registered incoming call, whatever its external id', async () => {
		const callId = await world.registered(CLIENT);
		expect((await find({ direction: 'incoming' })).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
		expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		expect((await find({ direction: 'incoming', employee: byId(3) })).json).toEqual([{ CALL_ID: null, FOUND: false }]);
	});

	it('finds no finished call, and none that started more than 30 minutes ago', async () => {
		const callId = click();
		world.portal.control.advance(29 * 60);
		expect((await find()).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
		world.portal.control.advance(2 * 60);
		expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		const second = click();
		await world.run('call', 'finish', {
			callId: second,
			employee: byId(2),
			duration: 4,
			outcomeFrom: 'list',
			outcome: 'ended',
			direction: 'outgoing',
		});
		expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		expect(world.portal.state.history).toHaveLength(1);
	});

	it('finds a number that the CRM has in national spelling, when it knows the country', async () => {
		const callId = click('(040) 66969-441');
		expect((await find()).json).toEqual([{ CALL_ID: null, FOUND: false }]);
		expect((await find({ additionalFields: { countryCode: '+49' } })).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
		expect((await find({ additionalFields: { countryCode: 'DE' } })).error?.message).toBe(
			'Country Code is no country code',
		);
	});

	it('registers one when asked to, which starts now and can be finished', async () => {
		const additionalFields = { ifNone: 'register' };
		const [{ CALL_ID: callId, FOUND: found } = {}] = (await find({ additionalFields })).json;
		expect(found).toBe(false);
		expect((await find({ additionalFields })).json).toEqual([{ CALL_ID: callId, FOUND: true }]);
		expect(world.cards()).toEqual([]);
		await world.run('call', 'finish', {
			callId,
			employee: byId(2),
			duration: 4,
			outcomeFrom: 'list',
			outcome: 'ended',
			direction: 'outgoing',
		});
		const [row] = world.portal.state.history;
		expect(Math.abs((row?.startDate ?? 0) - Date.now())).toBeLessThan(3_600_000);
	});

	it('tells an employee who is not there', async () => {
		expect((await find({ employee: byExtension('999') })).error?.message).toContain('USER_PHONE_INNER');
	});

	it('answers many items at once, each for its own', async () => {
		const numbers = Array.from({ length: 40 }, (_, index) => `+4930231250${String(index).padStart(2, '0')}`);
		const calls = numbers.map((number, index) => (index % 2 ? click(number) : null));
		const { json } = await find(
			{ phoneNumber: '={{ $json.number }}' },
			numbers.map((number) => ({ number: number.slice(1) })),
		);
		expect(json).toEqual(calls.map((callId) => ({ CALL_ID: callId, FOUND: callId !== null })));
	});
});
