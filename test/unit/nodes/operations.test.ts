import { carryOut as carry, type Answers } from '../../support/converse';

const EXTENSION = { mode: 'extension', value: '102' };
const BEN = { ID: '2', NAME: 'Ben', LAST_NAME: 'Carter', UF_PHONE_INNER: '102', ACTIVE: true };
const rows = (...employees: unknown[]) => ({ chosen: employees.map((employee) => ({ employee })) });

const carryOut = (name: string, parameters: object, methods: Answers['methods'] = {}) =>
	carry(name, parameters, { methods });

const CARD_GONE = 'The cards did not change: the call is unknown or finished already';
const SHOW = 'telephony.externalCall.show';
const HIDE = 'telephony.externalCall.hide';

describe('cards', () => {
	it.each([
		['call show', SHOW, 'SHOWN', 'No card was opened: the call is unknown or finished already'],
		['call hide', HIDE, 'HIDDEN', 'No card was closed: the call is unknown or finished already'],
	])('%s', (name, method, key, warning) => {
		expect(carryOut(name, { callId: 'a', employees: {} }, { [method]: true })).toMatchObject({
			value: { json: { CALL_ID: 'a', USER_ID: [], [key]: true }, warnings: [] },
			calls: [[method, { CALL_ID: 'a', USER_ID: undefined }]],
		});
		expect(
			carryOut(name, { callId: 'a', employees: rows('3', EXTENSION) }, { [method]: false, 'user.get': [BEN] }),
		).toMatchObject({
			value: { json: { CALL_ID: 'a', USER_ID: [3, 2], [key]: false }, warnings: [warning] },
			calls: [
				['user.get', { FILTER: { UF_PHONE_INNER: '102', ACTIVE: true } }],
				[method, { CALL_ID: 'a', USER_ID: [3, 2] }],
			],
		});
		expect(carryOut(name, { callId: 'a', employees: rows(EXTENSION) }, { 'user.get': [] }).value).toEqual({
			refused: 'No active employee has the extension 102',
			hint: 'Choose the employee from the list, or check the expression on this item.',
		});
	});

	it.each<[string, object, object, unknown[]]>([
		[
			'nobody else was named',
			{},
			{ ANSWERED_BY: 7, HIDDEN_FROM: [], SHOWN: true },
			[
				[HIDE, { CALL_ID: 'a', USER_ID: undefined }],
				[SHOW, { CALL_ID: 'a', USER_ID: 7 }],
			],
		],
		[
			'others were rung',
			rows('7', '8', '9'),
			{ ANSWERED_BY: 7, HIDDEN_FROM: [8, 9], SHOWN: true },
			[
				[HIDE, { CALL_ID: 'a', USER_ID: [8, 9] }],
				[SHOW, { CALL_ID: 'a', USER_ID: 7 }],
			],
		],
		[
			'only the one who answered was rung',
			rows('7'),
			{ ANSWERED_BY: 7, HIDDEN_FROM: [], SHOWN: true },
			[[SHOW, { CALL_ID: 'a', USER_ID: 7 }]],
		],
	])('call answeredBy, when %s', (_name, employees, json, calls) => {
		const done = carryOut('call answeredBy', { callId: 'a', employee: 7, employees }, { [SHOW]: true, [HIDE]: true });
		expect(done).toMatchObject({ value: { json, warnings: [] }, calls });
	});

	it.each([
		[true, false],
		[false, true],
	])('warn where one did not change', (shown, hidden) => {
		const methods = { [SHOW]: shown, [HIDE]: hidden };
		expect(
			carryOut('call answeredBy', { callId: 'a', employee: 7, employees: rows('8') }, methods).value,
		).toMatchObject({ json: { SHOWN: shown }, warnings: [CARD_GONE] });
		expect(carryOut('call transfer', { callId: 'a', fromEmployee: 7, toEmployee: 8 }, methods).value).toEqual({
			json: { CALL_ID: 'a', FROM_USER_ID: 7, TO_USER_ID: 8, SHOWN: shown },
			warnings: [CARD_GONE],
		});
	});

	it('move from one to another, hidden first', () => {
		const { value, calls } = carryOut(
			'call transfer',
			{ callId: 'a', fromEmployee: 7, toEmployee: 8 },
			{ [SHOW]: true, [HIDE]: true },
		);
		expect(value).toMatchObject({ warnings: [] });
		expect(calls).toEqual([
			[HIDE, { CALL_ID: 'a', USER_ID: 7 }],
			[SHOW, { CALL_ID: 'a', USER_ID: 8 }],
		]);
	});

	it('do not move to whom they belong', () => {
		const same = { message: 'From and To are the same employee', description: 'Choose two employees.' };
		expect(() => carryOut('call transfer', { callId: 'a', fromEmployee: 7, toEmployee: '7' })).toThrow(
			expect.objectContaining(same),
		);
		const found = carryOut(
			'call transfer',
			{ callId: 'a', fromEmployee: 2, toEmployee: EXTENSION },
			{ 'user.get': [BEN] },
		);
		expect(found.value).toEqual({ refused: same.message, hint: same.description });
		expect(found.calls.map(([method]) => method)).toEqual(['user.get']);
	});

	it.each(['call transfer', 'call answeredBy'])('%s needs somebody with the extension', (name) => {
		const parameters = { callId: 'a', employee: EXTENSION, fromEmployee: EXTENSION, toEmployee: 3, employees: {} };
		expect(carryOut(name, parameters, { 'user.get': [] }).value).toMatchObject({
			refused: 'No active employee has the extension 102',
		});
	});
});

describe('Register', () => {
	const REGISTER = { employee: 7, phoneNumber: '+49', type: 1, externalCallId: 'x', show: true };
	const method = 'telephony.externalCall.register';
	const sent = (parameters: object): Record<string, unknown> =>
		carryOut(
			'call register',
			{ ...REGISTER, ...parameters },
			{ [method]: { CALL_ID: 'a' }, 'telephony.externalLine.get': [{ NUMBER: '+1' }] },
		).calls.at(-1)?.[1] ?? {};
	const registered = (parameters: object, answer: object = { CALL_ID: 'a' }) =>
		carryOut('call register', { ...REGISTER, ...parameters }, { [method]: answer });

	it('sends what it was given', () => {
		expect(sent({})).toEqual({
			USER_ID: 7,
			PHONE_NUMBER: '+49',
			TYPE: 1,
			EXTERNAL_CALL_ID: 'x',
			SHOW: 1,
			CALL_START_DATE: undefined,
			CRM_CREATE: 0,
			CRM_SOURCE: undefined,
			ADD_TO_CHAT: 1,
			CALL_LIST_ID: undefined,
			LINE_NUMBER: undefined,
		});
		expect(
			sent({
				show: false,
				employee: EXTENSION,
				additionalFields: {
					crmCreate: true,
					addToChat: false,
					crmSource: 'WEB',
					callListId: '3',
					lineNumber: '+1',
					clientId: '5',
					clientType: 'LEAD',
					callStartDate: '2026-03-01T10:00:00Z',
				},
			}),
		).toEqual({
			USER_PHONE_INNER: '102',
			PHONE_NUMBER: '+49',
			TYPE: 1,
			EXTERNAL_CALL_ID: 'x',
			SHOW: 0,
			CALL_START_DATE: '2026-03-01T10:00:00Z',
			CRM_CREATE: 1,
			CRM_SOURCE: 'WEB',
			ADD_TO_CHAT: 0,
			CALL_LIST_ID: '3',
			LINE_NUMBER: '+1',
			CRM_ENTITY_TYPE: 'LEAD',
			CRM_ENTITY_ID: 5,
		});
	});

	it('names a client by both or not at all', () => {
		for (const additionalFields of [
			{ clientType: 'LEAD' },
			{ clientId: '', clientType: 'LEAD' },
			{ clientId: '0' },
			{ clientId: 0, clientType: 'LEAD' },
			{ clientId: null, clientType: 'LEAD' },
			{ clientId: null, clientType: '' },
		])
			expect(sent({ additionalFields })).not.toHaveProperty('CRM_ENTITY_TYPE');
		expect(() => sent({ additionalFields: { clientId: '5' } })).toThrow(
			expect.objectContaining({
				message: 'Client ID needs a Client Type',
				description: 'Add the field Client Type and choose contact, company or lead.',
			}),
		);
		expect(() => sent({ additionalFields: { clientId: 'x' } })).toThrow('Client ID must be a whole number from 0');
	});

	it('asks for the line first, unless it may be a new one', () => {
		const additionalFields = { lineNumber: '+2' };
		const lines = (...numbers: string[]) => ({
			[method]: { CALL_ID: 'a' },
			'telephony.externalLine.get': numbers.map((NUMBER) => ({ NUMBER })),
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+1', '+3')).value).toEqual({
			refused: 'The application has no line +2',
			hint: 'Its lines are +1, +3. Turn on Create Line for a new one.',
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines()).value).toEqual({
			refused: 'The application has no line +2',
			hint: 'It has no line yet. Add one with Line: Create, or turn on Create Line.',
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+2')).value).toMatchObject({
			json: { CALL_ID: 'a' },
		});
		const created = carryOut(
			'call register',
			{ ...REGISTER, additionalFields: { ...additionalFields, createLine: true } },
			lines(),
		);
		expect(created.calls.map(([called]) => called)).toEqual([method]);
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+2')).steps[0]).toMatchObject({
			shared: true,
		});
	});

	it.each([
		[{ show: false }, 'repeatable'],
		[{}, 'repeatable'],
		[{ additionalFields: { callStartDate: '2001-01-01' } }, 'once'],
		[{ show: false, additionalFields: { callStartDate: '2001-01-01' } }, 'repeatable'],
		[{ additionalFields: { callStartDate: '={{ now }}' } }, 'repeatable'],
	])('may be repeated while the portal would find the call again: %j', (parameters, effect) => {
		const recent = JSON.parse(JSON.stringify(parameters).replace('={{ now }}', new Date().toISOString())) as object;
		expect(registered(recent).steps.at(-1)).toMatchObject({ effect });
	});

	it('warns that no client was created', () => {
		expect(registered({}).value).toEqual({ json: { CALL_ID: 'a' }, warnings: [], hints: [] });
		expect(registered({}, { CALL_ID: 'a', LEAD_CREATION_ERROR: 'No' }).value).toMatchObject({
			warnings: ['The call is registered, but no client was created: No'],
		});
	});

	it.each([
		[1, 0],
		[2, 1],
		[3, 1],
		[4, 0],
		[5, 0],
	])('of type %i without an external id gives %i hints', (type, count) => {
		const { value } = registered({ type, externalCallId: '' });
		expect(value).toMatchObject({
			hints: Array(count).fill(
				'Without an external call ID, Bitrix24 takes two calls of this employee and number within 30 minutes for one',
			) as string[],
		});
		expect(registered({ type }).value).toMatchObject({ hints: [] });
	});
});

describe('Finish', () => {
	const FINISH = {
		callId: 'a',
		employee: 7,
		duration: 5,
		outcomeFrom: 'list',
		outcome: 'ended',
		direction: 'incoming',
		addToChat: true,
	};
	const method = 'telephony.externalCall.finish';
	const finished = (parameters: object, answer: object = { CALL_ID: 'a' }) =>
		carryOut('call finish', { ...FINISH, ...parameters }, { [method]: answer });

	it('sends what it was given', () => {
		expect(finished({}).calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					USER_ID: 7,
					DURATION: 5,
					STATUS_CODE: '200',
					ADD_TO_CHAT: 1,
					COST: undefined,
					COST_CURRENCY: undefined,
					FAILED_REASON: undefined,
					RECORD_URL: undefined,
					VOTE: undefined,
				},
			],
		]);
		const additionalFields = { cost: 1.5, costCurrency: 'EUR', failedReason: 'r', recordUrl: 'https://a', vote: 3 };
		expect(finished({ employee: EXTENSION, duration: '', addToChat: false, additionalFields }).calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					USER_PHONE_INNER: '102',
					DURATION: 0,
					STATUS_CODE: '304',
					ADD_TO_CHAT: 0,
					COST: 1.5,
					COST_CURRENCY: 'EUR',
					FAILED_REASON: 'r',
					RECORD_URL: 'https://a',
					VOTE: 3,
				},
			],
		]);
		expect(finished({ duration: 0, direction: 'outgoing' }).calls[0]?.[1].STATUS_CODE).toBe('603-S');
	});

	it('leaves the unprintable date out, and names what went wrong besides', () => {
		expect(finished({}, { CALL_ID: 'a', CALL_START_DATE: {}, ERRORS: { x: 'No', y: 7 } }).value).toEqual({
			json: { CALL_ID: 'a', ERRORS: { x: 'No', y: 7 }, ALREADY_FINISHED: false },
			warnings: ['The call is finished, but: No', 'The call is finished, but: 7'],
			hints: [],
		});
		expect(finished({}, { CALL_ID: 'a', CALL_START_DATE: 'now', ERRORS: [] }).value).toEqual({
			json: { CALL_ID: 'a', CALL_START_DATE: 'now', ERRORS: [], ALREADY_FINISHED: false },
			warnings: [],
			hints: [],
		});
	});

	it('says that it was finished before', () => {
		expect(finished({}, { CALL_ID: 'a', ALREADY_FINISHED: true }).value).toMatchObject({
			json: { ALREADY_FINISHED: true },
			hints: ['The call was finished before; this is what the history says of it. Nothing was logged twice.'],
		});
	});

	it.each([
		[{}, true],
		[{ ifFinished: 'return' }, true],
		[{ ifFinished: 'fail' }, false],
	])('takes one that is finished for success: %j', (additionalFields, accepted) => {
		const [step] = finished({ additionalFields }).steps;
		const read =
			step && 'evidence' in step ? step.evidence?.read([{ CALL_ID: 'a' }], { CALL_ID: 'a' }, false) : undefined;
		expect(read !== undefined).toBe(accepted);
	});
});

describe('the history', () => {
	const ROW = {
		ID: '9',
		CALL_ID: 'a',
		EXTERNAL_CALL_ID: 'x',
		CALL_TYPE: '2',
		CALL_DURATION: '12',
		COST: '',
		CALL_VOTE: null,
		PHONE_NUMBER: '+49',
		COMMENT: '',
		CRM_ENTITY_ID: '0',
	};
	const method = 'voximplant.statistic.get';

	it('gives numbers as numbers, and null for nothing', () => {
		const { value, calls } = carryOut('call get', { callId: 'a' }, { [method]: [ROW] });
		expect(calls).toEqual([[method, { FILTER: { CALL_ID: 'a' } }]]);
		expect(value).toEqual({
			json: {
				CALL_ID: 'a',
				EXTERNAL_CALL_ID: 'x',
				PHONE_NUMBER: '+49',
				PORTAL_NUMBER: null,
				CALL_START_DATE: null,
				CALL_FAILED_CODE: null,
				CALL_FAILED_REASON: null,
				COST_CURRENCY: null,
				CRM_ENTITY_TYPE: null,
				CALL_RECORD_URL: null,
				COMMENT: null,
				ID: 9,
				PORTAL_USER_ID: null,
				CALL_DURATION: 12,
				CALL_VOTE: null,
				COST: null,
				CRM_ENTITY_ID: 0,
				CRM_ACTIVITY_ID: null,
				TRANSCRIPT_ID: null,
				RECORD_FILE_ID: null,
				RECORD_DURATION: null,
				CALL_TYPE: 2,
				DIRECTION: 'incoming',
			},
		});
	});

	it.each([
		['1', 'outgoing'],
		['2', 'incoming'],
		['3', 'incoming'],
		['4', 'outgoing'],
		[3, 'incoming'],
	])('a call of type %j is %s', (CALL_TYPE, DIRECTION) => {
		expect(carryOut('call get', { callId: 'a' }, { [method]: [{ ...ROW, CALL_TYPE }] }).value).toMatchObject({
			json: { DIRECTION },
		});
	});

	it('finds by the external id, raw where that is wanted', () => {
		const { value, calls } = carryOut(
			'call get',
			{ findBy: 'EXTERNAL_CALL_ID', externalCallId: 'x', simplify: false },
			{ [method]: [{ ...ROW, EXTERNAL_CALL_ID: 'y' }, ROW] },
		);
		expect(value).toEqual({ json: ROW });
		expect(calls).toEqual([[method, { FILTER: { EXTERNAL_CALL_ID: 'x' } }]]);
		expect(() => carryOut('call get', { findBy: 'EXTERNAL_CALL_ID' })).toThrow();
	});

	it('takes no other call for it', () => {
		expect(carryOut('call get', { callId: 'a' }, { [method]: [{ ...ROW, CALL_ID: 'b' }] }).value).toEqual({
			refused: 'This call is not in the history',
			hint: 'A call comes into the history when it is finished. The employee who connected the credential sees only the calls that the telephony rights allow.',
		});
	});

	it('is filtered and sorted as asked', () => {
		const filters = {
			from: '2026-03-01',
			until: '2026-03-02',
			line: '+1',
			statusCode: '304',
			externalCallId: 'x',
			phoneNumber: '+49 30',
			type: [2, 3],
			answered: true,
			employee: EXTENSION,
		};
		const { value, calls } = carryOut(
			'call getMany',
			{ returnAll: false, limit: 5, filters, sort: 'CALL_START_DATE ASC', simplify: false },
			{ 'user.get': [BEN], [method]: [ROW] },
		);
		expect(value).toEqual([{ json: ROW }]);
		expect(calls).toEqual([
			['user.get', expect.anything()],
			[
				method,
				{
					FILTER: {
						'>=CALL_START_DATE': '2026-03-01T00:00:00+01:00',
						'<CALL_START_DATE': '2026-03-02T00:00:00+01:00',
						PORTAL_NUMBER: '+1',
						CALL_FAILED_CODE: '304',
						EXTERNAL_CALL_ID: 'x',
						'%PHONE_NUMBER': '4930',
						CALL_TYPE: [2, 3],
						'>CALL_DURATION': 0,
						PORTAL_USER_ID: 2,
					},
					SORT: 'CALL_START_DATE',
					ORDER: 'ASC',
				},
			],
		]);
	});

	it.each<[object, object]>([
		[{ answered: false }, { CALL_DURATION: 0 }],
		[{}, {}],
		[{ employee: 3 }, { PORTAL_USER_ID: 3 }],
	])('is asked with %j', (filters, expected) => {
		const { value, calls } = carryOut('call getMany', { filters }, { [method]: [ROW] });
		expect(calls).toEqual([[method, { FILTER: expect.anything() as object, SORT: 'CALL_START_DATE', ORDER: 'DESC' }]]);
		const filter = Object.entries(calls[0]?.[1].FILTER ?? {}).filter(([, one]) => one !== undefined);
		expect(Object.fromEntries(filter)).toEqual(expected);
		expect(value).toMatchObject([{ json: { CALL_DURATION: 12 } }]);
	});

	it('of an employee that there is not is not asked for', () => {
		expect(carryOut('call getMany', { filters: { employee: EXTENSION } }, { 'user.get': [] })).toMatchObject({
			value: { refused: 'No active employee has the extension 102' },
			calls: [['user.get', {}]],
		});
	});
});
