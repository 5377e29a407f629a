import { NUMBER, posted, useReports } from './reports';
import { byId, many } from './world';

const { world, report, history } = useReports();

it('logs an incoming call that Bitrix24 does not know, once', async () => {
	const item = posted({
		UNIQUEID: '17.2',
		DIRECTION: 'in',
		DIALSTATUS: 'NOANSWER',
		ANSWEREDTIME: '',
		START: String(Math.floor(Date.now() / 1000) - 60),
	});
	expect((await report(item)).json).toMatchObject([
		{ FINISHED: true, LOGGED: true, CALL_FAILED_CODE: '304', EXTERNAL_CALL_ID: '17.2' },
	]);
	expect((await report(item)).json).toMatchObject([{ FINISHED: true, LOGGED: false }]);
	expect(history()).toHaveLength(1);
});

describe('a call that came in', () => {
	const incoming = { UNIQUEID: '17.3', DIRECTION: 'in', LINE: '4940669690' };
	const ENDED = { DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7', TALKED: '103:7', RUNG: '102&103&999' };
	async function rung(): Promise<string> {
		const { json } = await world.run('call', 'register', {
			employee: byId(2),
			phoneNumber: NUMBER,
			type: 2,
			externalCallId: '17.3',
			show: false,
		});
		const callId = String(json[0]?.CALL_ID);
		await world.run('call', 'show', { callId, employees: many(byId('2,3')) });
		return callId;
	}

	it('closes the cards of all who were rung, whoever answered', async () => {
		const CALL_ID = await rung();
		expect((await report(posted({ ...incoming, ...ENDED, CALL_ID }))).json).toMatchObject([
			{ CALL_ID, PORTAL_USER_ID: 3, CALL_DURATION: 7 },
		]);
		expect(world.cards()).toEqual([]);
	});

	it.each([
		['BUSY', 'All phones were busy'],
		['NOANSWER', 'Nobody answered'],
		['CANCEL', 'The caller gave up'],
		['', 'The caller gave up'],
		['CHANUNAVAIL', 'No phone was registered'],
	])('is missed when it ends with “%s”', async (DIALSTATUS, reason) => {
		const CALL_ID = await rung();
		expect((await report(posted({ ...incoming, CALL_ID, DIALSTATUS, RUNG: '102' }))).json).toMatchObject([
			{ CALL_FAILED_CODE: '304', REASON: reason },
		]);
		expect(world.portal.state.missedCalls).toMatchObject([{ callId: CALL_ID }]);
	});

	it('is logged on its line, in whatever spelling, and on none that there is not', async () => {
		expect((await report(posted({ ...incoming, ...ENDED }))).json).toMatchObject([
			{ LOGGED: true, PORTAL_NUMBER: '+4940669690', PORTAL_USER_ID: 3 },
		]);
		expect((await report(posted({ ...incoming, ...ENDED, UNIQUEID: '17.4', LINE: '12345' }))).json).toMatchObject([
			{ LOGGED: true, PORTAL_NUMBER: expect.stringContaining('REST_APP') as string },
		]);
		expect(world.portal.state.lines.some(({ createdSilently }) => createdSilently)).toBe(false);
	});

	it('is logged of a hidden number too, once, and makes no client', async () => {
		const clients = world.portal.state.clients.length;
		const item = posted({ ...incoming, ...ENDED, NUMBER: 'anonymous' });
		for (const LOGGED of [true, false])
			expect((await report(item, { crmCreate: true })).json).toMatchObject([{ LOGGED }]);
		expect(history().map(({ phoneNumber }) => phoneNumber)).toEqual(['0']);
		expect(world.portal.state.clients).toHaveLength(clients);
	});

	it('is logged once when it was registered too late for the phone system to know', async () => {
		await rung();
		expect((await report(posted({ ...incoming, ...ENDED }))).json).toMatchObject([
			{ LOGGED: true, EXTERNAL_CALL_ID: '17.3' },
		]);
		expect((await report(posted({ ...incoming, ...ENDED }))).json).toMatchObject([{ LOGGED: false }]);
		expect(history()).toHaveLength(1);
	});
});

it('logs a call on the line that the application has, and on none that it has not', async () => {
	const log = async (LINE: string, UNIQUEID: string) =>
		(await report(posted({ UNIQUEID, LINE, DIRECTION: 'in', DIALSTATUS: 'NOANSWER', START: '1795259526' }))).json[0]
			?.PORTAL_NUMBER;
	expect(await log('4940669690', 'l1')).toBe('+4940669690');
	expect(await log('4940000000', 'l2')).toMatch(/^REST_APP/);
	expect(world.portal.state.lines.some(({ createdSilently }) => createdSilently)).toBe(false);
});
