import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/common/clock';
import { addEmployee } from '../../sandbox/portal/state/company';
import { hex } from '../../sandbox/portal/state/ids';
import { connectedCredential } from '../support/connect';
import { byExtension, byId, many, useWorld } from './world';

const world = useWorld();
const { run, registered } = world;
const byPhone = (value: unknown): IDataObject => ({ __rl: true, mode: 'phone', value }) as IDataObject;
const ENDED = { duration: 5, outcomeFrom: 'list', outcome: 'ended', direction: 'incoming' };
const asked = (): number => world.portal.state.requests.filter(({ method }) => method === 'user.get').length;
const find = async (employee: IDataObject, items?: IDataObject[]) => await run('employee', 'find', { employee }, items);

/** From now on the portal answers nothing. */
function silence(method = 'user.get'): void {
	world.portal.control.addFault({ kind: 'html502', target: method, count: 9999 });
}

// What is remembered of the portal of one test is not known of that of the next.
beforeEach(async () => {
	world.portal.state.settings.memberId = hex(32);
	world.credential = await connectedCredential(world.portal);
});

describe('an employee by phone', () => {
	it.each([
		['102', 2],
		['+491523990102', 2],
		['0152 3990102', 2],
		['+49 (40) 66969-102', 2],
		['004940 66969107', 7],
		['491523990104', 4],
	])('is found by %s', async (phone, id) => {
		expect((await find(byPhone(phone))).json).toMatchObject([{ USER_ID: id }]);
	});

	it.each(['+491523990199', '9102', '106', '+49152399010'])('is nobody with %s', async (phone) => {
		expect((await find(byPhone(phone))).error?.message).toBe(`No active employee has the phone ${phone}`);
	});

	it('is not guessed among several with one phone, but a mobile is surer than a switchboard', async () => {
		for (const lastName of ['One', 'Two'])
			addEmployee(world.portal.state, { firstName: 'Desk', lastName, workPhone: '+494066969900' });
		const { error } = await find(byPhone('+494066969900'));
		expect(error?.message).toBe('Several employees have the phone +494066969900');
		expect(error?.description).toContain('Desk One, Desk Two');
		addEmployee(world.portal.state, { firstName: 'Mobile', mobile: '0 40 66969900' });
		await clock.sleep(301_000);
		expect((await find(byPhone('+494066969900'))).json).toMatchObject([{ NAME: 'Mobile' }]);
	});

	it('fits every operation', async () => {
		const ben = byPhone('0152 3990102');
		const call = { employee: ben, phoneNumber: '+494066969441' };
		const callId = String(
			(await run('call', 'register', { ...call, type: 2, externalCallId: 'x', show: true })).json[0]?.CALL_ID,
		);
		expect(world.cards()).toEqual([2]);
		expect((await run('call', 'findRunning', { ...call, direction: 'incoming' })).json).toEqual([
			{ CALL_ID: callId, FOUND: true },
		]);
		await run('call', 'transfer', { callId, fromEmployee: ben, toEmployee: byPhone('0152 3990104') });
		expect(world.cards()).toEqual([4]);
		await run('call', 'show', { callId, employees: many(byPhone('0152 3990102, 103')) });
		expect(world.cards()).toEqual([2, 3, 4]);
		await run('call', 'answeredBy', { callId, employee: ben, employees: many(byId(3), byId(4)) });
		expect(world.cards()).toEqual([2]);
		expect((await run('call', 'finish', { ...ENDED, callId, employee: ben })).json).toMatchObject([
			{ PORTAL_USER_ID: 2 },
		]);
		const past = {
			...call,
			direction: 'incoming',
			start: '2026-03-01T10:00:00Z',
			externalCallId: 'y',
			skipLogged: true,
			recordingFrom: 'none',
			transcript: '[]',
		};
		expect((await run('call', 'logCall', { ...ENDED, ...past })).json).toMatchObject([
			{ PORTAL_USER_ID: 2, LOGGED: true },
		]);
		expect((await run('call', 'getMany', { filters: { employee: ben } })).json).toHaveLength(2);
		const route = { phoneNumber: '+493099999999', employees: many(ben), ringUnknown: true };
		expect((await run('client', 'route', route)).json).toMatchObject([
			{ RING: true, EXTENSION: '102', REASON: 'fallback' },
		]);
		const hand = { findBy: 'client', clientType: 'CONTACT', clientId: '3', employee: ben };
		expect((await run('client', 'setResponsible', hand)).json).toMatchObject([{ USER_ID: 2 }]);
	});

	it('refuses before anything is registered', async () => {
		const call = { employee: byPhone('+4900'), phoneNumber: '+494066969441', type: 2, externalCallId: 'x', show: true };
		const { error } = await run('call', 'register', call);
		expect(error?.message).toBe('No active employee has the phone +4900');
		expect(world.portal.state.calls.size).toBe(0);
	});

	it('asks for the list once in five minutes, and anew for somebody who is not on it', async () => {
		const { json } = await find(byPhone('={{ $json.phone }}'), [{ phone: '101' }, { phone: '102' }, { phone: '103' }]);
		expect(json).toMatchObject([{ USER_ID: 1 }, { USER_ID: 2 }, { USER_ID: 3 }]);
		expect(asked()).toBe(1);
		const { id } = addEmployee(world.portal.state, { mobile: '+491523990188' });
		expect((await find(byPhone('01523990188'))).json).toMatchObject([{ USER_ID: id }]);
		await find(byPhone('102'));
		expect(asked()).toBe(2);
		await clock.sleep(301_000);
		await find(byPhone('102'));
		expect(asked()).toBe(3);
	});

	it('is found among more than fit one page', async () => {
		for (let index = 0; index < 120; index += 1)
			addEmployee(world.portal.state, { mobile: `+49170000${String(1000 + index)}` });
		expect((await find(byPhone('0170 000 1119'))).json).toMatchObject([{ PERSONAL_MOBILE: '+491700001119' }]);
	});
});

describe('while the portal does not answer', () => {
	const HINT = {
		message: expect.stringMatching(
			/Bitrix24 does not answer\. The employee is whom it named \d+ minutes ago/,
		) as string,
	};

	it('an employee is whom it named last, by extension, id or phone', async () => {
		await find(byPhone('102'));
		silence();
		for (const one of [byExtension('102'), byId(2), byPhone('102'), byPhone('0152 3990102')]) {
			const { json, hints, error } = await find(one);
			expect([json[0]?.USER_ID, error?.message]).toEqual([2, undefined]);
			// The list is young enough not to ask.
			expect(hints).toMatchObject('value' in one && one.mode === 'phone' ? [] : [HINT]);
		}
		await clock.sleep(301_000);
		expect((await find(byPhone('102'))).hints).toMatchObject([HINT]);
	});

	it('nobody is remembered whom it never named', async () => {
		silence();
		expect((await find(byExtension('102'))).error).toBeDefined();
		expect((await find(byPhone('102'))).error).toBeDefined();
	});

	it('a card goes to whom it named last', async () => {
		const callId = await registered();
		const show = { callId, employees: many(byExtension('103'), byExtension('104')) };
		await run('call', 'show', show);
		silence();
		world.portal.control.addFault({ kind: 'error', target: 'user.get', code: 'OVERLOAD_LIMIT', count: 9999 });
		const { json } = await run('call', 'hide', show);
		expect(json).toMatchObject([{ USER_ID: [3, 4], HIDDEN: true }]);
	});
});
