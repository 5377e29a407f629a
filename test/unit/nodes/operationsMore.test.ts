import { carryOut as carry, type Answers } from '../../support/converse';

const carryOut = (name: string, parameters: object, methods: Answers['methods'] = {}) =>
	carry(name, parameters, { methods });
const person = (ID: string, UF_PHONE_INNER?: string, more: object = {}) => ({
	ID,
	NAME: 'Ada',
	UF_PHONE_INNER,
	...more,
});

describe('Attach Transcript', () => {
	const method = 'telephony.call.attachTranscription';
	const attach = (transcript: unknown, more: object = {}) =>
		carryOut('call attachTranscript', { callId: 'a', transcript, ...more }, { [method]: { TRANSCRIPT_ID: '8' } });
	const said = (row: object) => attach([row]).calls[0]?.[1].MESSAGES;

	it('sends utterances and the price', () => {
		const { value, calls } = attach(
			[
				{ side: 'employee', start: 1.9, stop: 2.1, text: ' Hi ' },
				{ side: 'client', start: 0, text: '' },
			],
			{ additionalFields: { cost: 2, costCurrency: 'EUR' } },
		);
		expect(calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					MESSAGES: [{ SIDE: 'User', START_TIME: 1, STOP_TIME: 3, MESSAGE: 'Hi' }],
					COST: 2,
					COST_CURRENCY: 'EUR',
				},
			],
		]);
		expect(value).toEqual({ json: { CALL_ID: 'a', TRANSCRIPT_ID: 8, UTTERANCES: 1 } });
	});

	it.each([
		['user', 'User'],
		['Employee', 'User'],
		['AGENT', 'User'],
		['client', 'Client'],
		[' customer ', 'Client'],
	])('knows the side %s', (side, SIDE) => {
		expect(said({ side, start: 0, stop: 1, text: 'x' })).toMatchObject([{ SIDE }]);
	});

	it.each<[object, object]>([
		[
			{ SIDE: 'User', START_TIME: 1, STOP_TIME: 4, MESSAGE: 'x' },
			{ START_TIME: 1, STOP_TIME: 4, MESSAGE: 'x' },
		],
		[
			{ speaker: 'client', start: '2', end: '3', message: 7 },
			{ START_TIME: 2, STOP_TIME: 3, MESSAGE: '7' },
		],
		[{ side: 'client', start: 2, text: 'x' }, { STOP_TIME: 3 }],
		[
			{ side: 'client', start: 0, stop: 0, text: 'x' },
			{ START_TIME: 0, STOP_TIME: 1 },
		],
		[{ side: null, speaker: 'client', start: 0, stop: null, end: 5, text: 'x' }, { STOP_TIME: 5 }],
	])('reads %j', (row, expected) => {
		expect(said(row)).toMatchObject([expected]);
	});

	const ROW = 'Each utterance of the Transcript needs side (employee or client), start and stop (seconds) and text.';
	it.each<[unknown, string, string]>([
		['', 'The transcript is empty', 'Give at least one utterance with a text.'],
		[[{ side: 'client', start: 0, text: ' ' }], 'The transcript is empty', 'Give at least one utterance with a text.'],
		[
			'{',
			'Transcript is no valid JSON',
			'It is the text “{” on this item. Check quotes and commas, or give it as an expression.',
		],
		[{}, 'Transcript must be a list', `It is an object on this item. ${ROW}`],
		[['x'], 'Utterance 1 has no side', `It is the text “x” on this item. ${ROW}`],
		[[{ text: 'x', start: 0 }], 'Utterance 1 has no side', `It is an object on this item. ${ROW}`],
		[[{ side: 'client', start: 0 }], 'Utterance 1 has no text', `It is an object on this item. ${ROW}`],
		[
			[{ side: 'client', start: -1, text: 'x' }],
			'Utterance 1: start must be seconds',
			`It is the number -1 on this item. ${ROW}`,
		],
		[
			[{ side: 'client', start: 0, stop: 'x', text: 'x' }],
			'Utterance 1: stop must be seconds',
			`It is the text “x” on this item. ${ROW}`,
		],
	])('refuses %j', (transcript, message, description) => {
		expect(() => attach(transcript)).toThrow(expect.objectContaining({ message, description }));
	});
});

describe('clients', () => {
	const CLIENT = {
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: 1,
		NAME: 'Julia',
		ASSIGNED_BY_ID: 2,
		ASSIGNED_BY: { ID: '2', USER_PHONE_INNER: '102', TIMEMAN_STATUS: 'OPENED' },
	};
	const SHOWN = {
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: 1,
		CLIENT_NAME: 'Julia',
		MANAGER_ID: 2,
		MANAGER_EXTENSION: '102',
		MANAGER_STATUS: 'OPENED',
	};
	const NOBODY = {
		CRM_ENTITY_TYPE: null,
		CRM_ENTITY_ID: null,
		CLIENT_NAME: null,
		MANAGER_ID: null,
		MANAGER_EXTENSION: null,
		MANAGER_STATUS: null,
	};
	const method = 'telephony.externalCall.searchCrmEntities';

	it('are found by number', () => {
		const { value, calls } = carryOut('client find', { phoneNumber: '+49' }, { [method]: [CLIENT, { NAME: 'x' }] });
		expect(calls).toEqual([[method, { PHONE_NUMBER: '+49' }]]);
		expect(value).toEqual({ json: { PHONE_NUMBER: '+49', FOUND: true, ...SHOWN, CLIENTS: [CLIENT, { NAME: 'x' }] } });
		expect(carryOut('client find', { phoneNumber: '+49' }, { [method]: [] }).value).toEqual({
			json: { PHONE_NUMBER: '+49', FOUND: false, ...NOBODY, CLIENTS: [] },
		});
	});

	const client = (manager: object) => [{ ...CLIENT, ASSIGNED_BY: { ...CLIENT.ASSIGNED_BY, ...manager } }];
	const responsible = { RING: true, EXTENSION: '102', USER_ID: 2, REASON: 'responsible', FOUND: true, AT_WORK: true };
	const fallback = { RING: true, EXTENSION: '103', USER_ID: 3, REASON: 'fallback' };
	const nobody = { RING: false, EXTENSION: null, USER_ID: null, REASON: 'nobody' };
	const third = [person('3', '103')];
	it.each<[string, unknown, unknown, boolean, object]>([
		['at work', client({}), third, false, responsible],
		['whose working time is not known', client({ TIMEMAN_STATUS: 'UNAVAILABLE' }), third, true, responsible],
		['without working time', client({ TIMEMAN_STATUS: 'NOT_INSTALLED' }), third, true, responsible],
		[
			'without working time, not to be rung',
			client({ TIMEMAN_STATUS: 'NOT_INSTALLED' }),
			third,
			false,
			{ ...fallback, AT_WORK: false },
		],
		['who pauses', client({ TIMEMAN_STATUS: 'PAUSED' }), third, true, { ...fallback, FOUND: true, AT_WORK: false }],
		['without a word on work', client({ TIMEMAN_STATUS: undefined }), third, true, { ...fallback, AT_WORK: false }],
		['without an extension', client({ USER_PHONE_INNER: undefined }), third, true, { ...fallback, AT_WORK: true }],
		['who is nobody', [{ ...CLIENT, ASSIGNED_BY: null }], third, true, { ...fallback, AT_WORK: false }],
		['of a stranger', [], third, true, { ...fallback, FOUND: false, ...NOBODY }],
		['of a stranger, to one without extension', [], [person('3')], true, nobody],
		['of a stranger, to one who was dismissed', [], [person('3', '103', { ACTIVE: false })], true, nobody],
		['of a stranger, to one that there is not', [], [], true, nobody],
		['of a stranger, to one that cannot be looked up', [], undefined, true, nobody],
	])('ring an employee %s', (_name, clients, employees, ringUnknown, expected) => {
		const { value, steps } = carryOut(
			'client route',
			{ phoneNumber: '+49', employees: { chosen: [{ employee: 3 }] }, ringUnknown },
			{ [method]: clients, ...(employees === undefined ? {} : { 'user.get': employees }) },
		);
		expect(value).toMatchObject({ json: { PHONE_NUMBER: '+49', ...expected } });
		const asked = { method: 'user.get', optional: 'warn', parameters: { FILTER: { ID: 3 } } };
		// Who can be rung at once does not wait for the look-up of others.
		expect(steps).toMatchObject(expected === responsible ? [{ method }] : [{ method }, asked]);
	});

	const people = {
		2: person('2', '102'),
		3: person('3', '103'),
		4: person('4', '10-4'),
		5: person('5', '105'),
		6: person('6'),
	};
	const route = (clients: unknown, ringAll: boolean) =>
		carryOut(
			'client route',
			{ phoneNumber: '+49', employees: { chosen: [{ employee: '2,3,3,4,5,6,9' }] }, ringAll },
			{
				[method]: clients,
				'user.get': ({ FILTER: { ID } }: { FILTER: { ID: number } }) =>
					Object.entries(people)
						.filter(([id]) => id === String(ID))
						.map(([, one]) => one),
			},
		).value;
	it.each<[string, object[], boolean, object]>([
		['one after the other', client({}), true, { EXTENSION: '102', RING_ORDER: '102/103&105' }],
		['one alone', client({}), false, { EXTENSION: '102', RING_ORDER: '102' }],
		['all of the group', [], true, { EXTENSION: '102', USER_ID: 2, REASON: 'fallback', RING_ORDER: '102&103&105' }],
		['the first of the group', [], false, { EXTENSION: '102', RING_ORDER: '102' }],
		[
			'the group, for one whom the order cannot name',
			client({ USER_PHONE_INNER: 'anna' }),
			true,
			{ EXTENSION: 'anna', RING_ORDER: '103&105' },
		],
	])('ring %s', (_name, clients, ringAll, expected) => {
		expect(route(clients, ringAll)).toMatchObject({ json: expected });
	});

	it('ring nobody', () => {
		expect(
			carryOut('client route', { phoneNumber: '+49', employees: {}, ringAll: true }, { [method]: [] }).value,
		).toMatchObject({ json: { ...nobody, RING_ORDER: null } });
	});
});

describe('employees', () => {
	const ADA = {
		USER_ID: 1,
		NAME: 'Ada',
		EXTENSION: null,
		ACTIVE: false,
		EMAIL: null,
		WORK_PHONE: null,
		PERSONAL_MOBILE: null,
		PERSONAL_PHONE: null,
		WORK_POSITION: null,
	};

	it('are shown with null for what is empty', () => {
		const find = (row: object) => carryOut('employee find', { employee: 1 }, { 'user.get': [row] }).value;
		expect(find({ ID: '1', NAME: 'Ada', UF_PHONE_INNER: '' })).toEqual({ json: ADA });
		const all = { EMAIL: 'e', WORK_PHONE: 'w', PERSONAL_MOBILE: 'm', PERSONAL_PHONE: 'p', WORK_POSITION: 'o' };
		expect(find({ ID: 1, LAST_NAME: 'L', ACTIVE: true, UF_PHONE_INNER: '101', ...all })).toEqual({
			json: { ...ADA, NAME: 'L', EXTENSION: '101', ACTIVE: true, ...all },
		});
		expect(find({ ID: 1, NAME: 'Ada', ACTIVE: 'Y' })).toMatchObject({ json: { ACTIVE: true } });
		expect(find({ ID: 1, NAME: 'Ada', ACTIVE: 'N' })).toMatchObject({ json: { ACTIVE: false } });
	});

	it('that there are not are refused', () => {
		expect(carryOut('employee find', { employee: 9 }, { 'user.get': [] }).value).toMatchObject({
			refused: 'No employee has the ID 9',
		});
	});

	it.each<[object, string, object]>([
		[{}, 'user.get', {}],
		[{ activeOnly: true }, 'user.get', { ACTIVE: true }],
		[{ search: 'Ada' }, 'user.search', { FIND: 'Ada' }],
		[{ activeOnly: true, search: 'Ada' }, 'user.search', { ACTIVE: true, FIND: 'Ada' }],
	])('are listed with %j', (filters, method, FILTER) => {
		expect(carryOut('employee getMany', { filters }, { [method]: [] }).calls).toEqual([
			[method, { FILTER, sort: 'ID', order: 'ASC', start: 0 }],
		]);
	});

	it('with an extension are counted after the others are left out', () => {
		const rows = [person('1'), person('2', '102'), person('3', ''), person('4', '104'), person('5', '105')];
		const ids = (parameters: object) =>
			[carryOut('employee getMany', parameters, { 'user.get': rows }).value]
				.flat()
				.map((one) => (one as { json: { USER_ID: number } }).json.USER_ID);
		expect(ids({ limit: 2, filters: { withExtension: true } })).toEqual([2, 4]);
		expect(ids({ returnAll: true, filters: { withExtension: true } })).toEqual([2, 4, 5]);
		expect(ids({ limit: 2 })).toEqual([1, 2]);
		expect(ids({ returnAll: true })).toEqual([1, 2, 3, 4, 5]);
	});
});

describe('lines', () => {
	it('are added', () => {
		const method = 'telephony.externalLine.add';
		const { value, calls } = carryOut('line add', { number: '+1', autoCreate: false }, { [method]: { ID: '4' } });
		expect(calls).toEqual([[method, { NUMBER: '+1', NAME: '', CRM_AUTO_CREATE: 'N' }]]);
		expect(value).toEqual({ json: { ID: 4, NUMBER: '+1', NAME: '', CRM_AUTO_CREATE: false } });
		expect(carryOut('line add', { number: '+1', name: 'B' }, { [method]: { ID: 4 } }).value).toEqual({
			json: { ID: 4, NUMBER: '+1', NAME: 'B', CRM_AUTO_CREATE: true },
		});
		expect(carryOut('line add', { number: 'é'.repeat(25) }, { [method]: { ID: 4 } }).calls).toHaveLength(1);
		expect(() => carryOut('line add', { number: `${'é'.repeat(25)}1` })).toThrow(
			expect.objectContaining({
				message: 'Number is longer than 50 bytes',
				description: expect.stringMatching(/ on this item\. Bitrix24 would cut it\.$/) as string,
			}),
		);
	});

	it('are changed, in what was given only', () => {
		const method = 'telephony.externalLine.update';
		const sent = (updateFields: object) =>
			carryOut('line update', { line: '+1', updateFields }, { [method]: { ID: '4' } });
		expect(sent({ name: 'B' }).calls).toEqual([[method, { NUMBER: '+1', NAME: 'B', CRM_AUTO_CREATE: undefined }]]);
		expect(sent({ autoCreate: false }).calls).toEqual([
			[method, { NUMBER: '+1', NAME: undefined, CRM_AUTO_CREATE: 'N' }],
		]);
		expect(sent({ name: 'B' }).value).toEqual({ json: { NUMBER: '+1', UPDATED: true } });
		expect(() => sent({})).toThrow(
			expect.objectContaining({
				message: 'Nothing is to be changed',
				description: 'Add the field Name or Create Client.',
			}),
		);
	});

	it('are deleted and listed', () => {
		const gone = carryOut('line delete', { line: '+1' }, { 'telephony.externalLine.delete': [] });
		expect([gone.value, gone.calls]).toEqual([
			{ json: { NUMBER: '+1', DELETED: true } },
			[['telephony.externalLine.delete', { NUMBER: '+1' }]],
		]);
		expect(
			carryOut(
				'line getMany',
				{},
				{
					'telephony.externalLine.get': [
						{ NUMBER: '+1', CRM_AUTO_CREATE: 'Y' },
						{ NUMBER: '+2', CRM_AUTO_CREATE: 'N' },
					],
				},
			).value,
		).toEqual([{ json: { NUMBER: '+1', CRM_AUTO_CREATE: true } }, { json: { NUMBER: '+2', CRM_AUTO_CREATE: false } }]);
	});
});

describe('automatic calls', () => {
	const CALL = { fromLine: 'l', phoneNumber: '+49' };
	it.each([
		['callback', 'voximplant.callback.start'],
		['textCall', 'voximplant.infocall.startwithtext'],
	])('%s', (operation, method) => {
		const { value, calls } = carryOut(
			`autoCall ${operation}`,
			{ ...CALL, text: 'Hello', voice: 'ada' },
			{ [method]: { RESULT: true, CALL_ID: 'c' } },
		);
		expect(calls).toEqual([[method, { FROM_LINE: 'l', TO_NUMBER: '+49', TEXT_TO_PRONOUNCE: 'Hello', VOICE: 'ada' }]]);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: 'c', PHONE_NUMBER: '+49' } });
	});

	it('soundCall', () => {
		const method = 'voximplant.infocall.startwithsound';
		const { value, calls } = carryOut(
			'autoCall soundCall',
			{ ...CALL, soundUrl: 'https://a/b.mp3' },
			{ [method]: { RESULT: true, CALL_ID: 'c' } },
		);
		expect(calls).toEqual([[method, { FROM_LINE: 'l', TO_NUMBER: '+49', URL: 'https://a/b.mp3' }]]);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: 'c', PHONE_NUMBER: '+49' } });
		expect(() => carryOut('autoCall soundCall', { ...CALL, soundUrl: 'a.mp3' })).toThrow('Sound URL is no address');
	});

	it('a callback that the application is to make has no id', () => {
		const { value } = carryOut(
			'autoCall callback',
			{ ...CALL, text: 'Hello' },
			{ 'voximplant.callback.start': { RESULT: true, CALL_ID: null } },
		);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: null, PHONE_NUMBER: '+49' } });
	});

	it('voices', () => {
		expect(carryOut('autoCall getVoices', {}, { 'voximplant.tts.voices.get': { ada: 'Ada' } }).value).toEqual([
			{ json: { VOICE: 'ada', NAME: 'Ada' } },
		]);
	});
});
