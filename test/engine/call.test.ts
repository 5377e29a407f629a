import type { INode } from 'n8n-workflow';
import { FINISH, REGISTER, useCalls } from './calls';
import { byExtension, byId } from './world';

const { world, call, registered } = useCalls();

describe('register', () => {
	it('announces a call and opens the card', async () => {
		const run = await call('register', REGISTER, [{ number: '+49 40 66969-441', pbx: 'a1' }]);
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([
			{
				CALL_ID: expect.stringMatching(/^externalCall\.[0-9a-f]{32}\.\d+$/) as string,
				CRM_CREATED_LEAD: null,
				CRM_CREATED_ENTITIES: [],
				CRM_ENTITY_TYPE: 'CONTACT',
				CRM_ENTITY_ID: 1,
			},
		]);
		expect([...world.portal.state.calls.values()]).toMatchObject([
			{ externalCallId: 'a1', userId: 2, type: 2, phoneNumber: '+494066969441' },
		]);
		expect(world.portal.state.cards).toMatchObject([{ userId: 2 }]);
	});

	it('sends every documented parameter', async () => {
		await call(
			'register',
			{
				...REGISTER,
				employee: byExtension('103'),
				type: 1,
				show: false,
				additionalFields: {
					callStartDate: '2026-03-01T10:00:00',
					crmCreate: true,
					crmSource: 'WEB',
					lineNumber: '+4940669690',
					clientType: 'COMPANY',
					clientId: '1',
					callListId: 1,
					addToChat: false,
				},
			},
			[{ number: '+499999', pbx: 'a2' }],
		);
		expect([...world.portal.state.calls.values()]).toMatchObject([
			{
				userId: 3,
				type: 1,
				lineNumber: '+4940669690',
				crmEntityType: 'COMPANY',
				crmEntityId: 1,
				startDate: Date.parse('2026-03-01T10:00:00-05:00'),
			},
		]);
		expect(world.portal.state.cards).toEqual([]);
	});

	it.each([
		['picker value', '2026-03-01T10:00:00', '2026-03-01T09:00:00Z'],
		['ISO text', '2026-03-01T10:00:00+03:00', '2026-03-01T07:00:00Z'],
		[
			'expression yielding a date object',
			'={{ DateTime.fromISO("2026-03-01T10:00:00", { zone: "Asia/Tokyo" }) }}',
			'2026-03-01T01:00:00Z',
		],
	])('starts at the right moment: %s', async (_name, callStartDate, expected) => {
		const run = await world.engine.run(
			world.credential,
			{
				parameters: {
					resource: 'call',
					operation: 'register',
					...REGISTER,
					additionalFields: { callStartDate },
				} as unknown as INode['parameters'],
			},
			[{ number: '+4912345', pbx: 'x' }],
			{ timezone: 'Europe/Berlin' },
		);
		expect(run.error).toBeUndefined();
		expect([...world.portal.state.calls.values()][0]?.startDate).toBe(Date.parse(expected));
	});
});

describe('finish', () => {
	it('logs the call and leaves the unprintable date out', async () => {
		const [callId] = await registered(['+494066969441']);
		const run = await call('finish', FINISH, [{ CALL_ID: callId, seconds: 95 }]);
		expect(run.json).toMatchObject([
			{ CALL_ID: callId, CALL_DURATION: 95, CALL_FAILED_CODE: '200', PORTAL_USER_ID: 2, CRM_ENTITY_ID: 1 },
		]);
		expect(run.json[0]).not.toHaveProperty('CALL_START_DATE');
		expect(world.portal.state.history).toMatchObject([{ callId, duration: 95, failedCode: '200', addedToChat: true }]);
		expect(world.portal.state.cards).toEqual([]);
	});

	it('sends the further fields and the outcome in the words of the PBX', async () => {
		const [callId] = await registered(['+494066969441']);
		await call(
			'finish',
			{
				...FINISH,
				outcomeFrom: 'asterisk',
				outcomeWord: 'BUSY',
				addToChat: false,
				additionalFields: { cost: 1.5, costCurrency: 'EUR', failedReason: 'engaged', vote: 4 },
			},
			[{ CALL_ID: callId, seconds: '' }],
		);
		expect(world.portal.state.history).toMatchObject([
			{
				failedCode: '486',
				duration: 0,
				cost: 1.5,
				costCurrency: 'EUR',
				failedReason: 'engaged',
				vote: 4,
				addedToChat: false,
			},
		]);
	});

	it('ends a call with an unknown word all the same, and warns, or fails when asked to', async () => {
		const [first, second] = await registered(['+494066969441', '+494066969442']);
		const unknown = { ...FINISH, outcomeFrom: 'zadarma', outcomeWord: 'teapot' };
		const run = await call('finish', unknown, [{ CALL_ID: first, seconds: 0 }]);
		const WARNINGS = ['“teapot” is no outcome of Zadarma (Disposition), so the call ended as other'];
		expect(run.json).toMatchObject([{ CALL_ID: first, CALL_FAILED_CODE: 'OTHER', WARNINGS }]);
		const strict = await call('finish', { ...unknown, additionalFields: { ifUnknownOutcome: 'fail' } }, [
			{ CALL_ID: second, seconds: 0 },
		]);
		expect(strict.error?.message).toBe('Outcome Word is no final outcome of Zadarma (Disposition)');
		expect(world.portal.state.history).toHaveLength(1);
	});

	it('refuses a CALL_ID that is no text before anything is sent', async () => {
		const [callId] = await registered(['+494066969441']);
		const run = await call('finish', FINISH, [
			{ CALL_ID: callId, seconds: 1 },
			{ CALL_ID: 42, seconds: 1 },
		]);
		expect(run.error).toMatchObject({ message: 'Call ID must be text', context: { itemIndex: 1 } });
		expect(run.error?.description).toContain('the number 42');
		expect(world.portal.state.history).toEqual([]);
	});

	it('shows the portal’s own text and what to do', async () => {
		const run = await call('finish', FINISH, [{ CALL_ID: 'externalCall.unknown.1', seconds: 1 }]);
		expect(run.error).toMatchObject({
			message: 'Call is not found (call should be registered prior to finishing',
			httpCode: '400',
			context: { itemIndex: 0 },
		});
		expect(run.error?.description).toContain('finished once only');
	});

	it('takes more than the burst in shared requests, and pairs each answer', async () => {
		const calls = await registered(Array.from({ length: 125 }, (_, index) => `+49301000${index}`));
		expect(new Set(calls).size).toBe(125);
		const before = world.portal.state.requests.filter(({ inBatch }) => !inBatch).length;
		const run = await call(
			'finish',
			FINISH,
			calls.map((CALL_ID, seconds) => ({ CALL_ID, seconds })),
		);
		expect(run.items().map(({ json, pairedItem }) => [json.CALL_ID, json.CALL_DURATION, pairedItem])).toEqual(
			calls.map((callId, item) => [callId, item, { item }]),
		);
		expect(world.portal.state.requests.filter(({ inBatch }) => !inBatch).length - before).toBeLessThan(60);
	});

	it('warns when no CRM activity came about, or fails if asked to', async () => {
		const [first, second] = await registered(['+490001', '+490002']);
		const run = await call('finish', FINISH, [{ CALL_ID: first, seconds: 1 }]);
		expect(run.json[0]?.WARNINGS).toEqual([expect.stringContaining('The call is finished, but')]);
		expect(run.hints).toMatchObject([{ message: expect.stringContaining('Item 0') as string }]);
		const strict = await call('finish', { ...FINISH, options: { treatWarningsAsErrors: true } }, [
			{ CALL_ID: second, seconds: 1 },
		]);
		expect(strict.error?.message).toContain('The call is finished, but');
		expect(strict.error?.description).toContain('do not run this item again');
	});
});

describe('show', () => {
	it('opens the card for many, by id, list of ids and extension', async () => {
		const [callId] = await registered(['+494066969441']);
		const employees = { chosen: [{ employee: byId('3, 4') }, { employee: byExtension('105') }, { employee: byId(3) }] };
		const run = await call('show', { callId, employees });
		expect(run.json).toEqual([{ CALL_ID: callId, USER_ID: [3, 4, 5], SHOWN: true }]);
		expect(world.portal.state.cards.map(({ userId }) => userId).sort()).toEqual([2, 3, 4, 5]);
	});

	it('names the extension that nobody has', async () => {
		const [callId] = await registered(['+494066969441']);
		const run = await call('show', { callId, employees: { chosen: [{ employee: byExtension('106') }] } });
		expect(run.error?.message).toBe('No active employee has the extension 106');
	});

	it('warns about a call that is over', async () => {
		const run = await call('show', { callId: 'externalCall.gone.1', employees: {} });
		expect(run.json).toMatchObject([{ SHOWN: false, WARNINGS: [expect.stringContaining('unknown or finished')] }]);
	});
});

describe('a call that is finished already', () => {
	it('comes out as the history has it, so that a broken run is simply run again', async () => {
		const calls = await registered(Array.from({ length: 20 }, (_, index) => `+49305000${index}`));
		const items = calls.map((CALL_ID) => ({ CALL_ID, seconds: 5 }));
		await call('finish', FINISH, items.slice(0, 5));
		const run = await call('finish', FINISH, items);
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ ALREADY_FINISHED }) => ALREADY_FINISHED === true)).toEqual(
			items.map((_, index) => index < 5),
		);
		expect(run.json.map(({ CALL_ID, CALL_DURATION }) => [CALL_ID, CALL_DURATION])).toEqual(
			items.map(({ CALL_ID }) => [CALL_ID, 5]),
		);
		expect(run.hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining('Items 0-4: The call was finished before'),
		);
		expect(world.portal.state.history).toHaveLength(20);
	});

	it('fails where that is wanted', async () => {
		const [callId] = await registered(['+494066969441']);
		await call('finish', FINISH, [{ CALL_ID: callId, seconds: 5 }]);
		const run = await call('finish', { ...FINISH, additionalFields: { ifFinished: 'fail' } }, [
			{ CALL_ID: callId, seconds: 5 },
		]);
		expect(run.error?.message).toContain('Call is not found');
	});
});
