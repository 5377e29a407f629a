import { check } from '../../../nodes/Bitrix24Telephony/operations/setup/check';
import { LEAN_VERSION } from '../../../nodes/Bitrix24Telephony/version';
import { carryOut as carry, converse, PORTAL, type Answers } from '../../support/converse';
import { readerOf } from '../../support/item';

// Forms and results of the node from version 1.1 on. What nodes of before do is tested beside.

const FINISH = 'telephony.externalCall.finish';
const REGISTER = 'telephony.externalCall.register';
const WAV = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(60, 1)]);
const FILE = { data: { data: '', fileName: 'a.wav', mimeType: 'audio/wav' } };

const carryOut = (name: string, parameters: object, answers: Answers = {}) =>
	carry(name, parameters, answers, FILE, LEAN_VERSION);

describe('Log Call', () => {
	const CALL = {
		direction: 'incoming',
		phoneNumber: '+49',
		employee: 7,
		start: '2026-03-01T10:00:00Z',
		duration: 3,
		outcome: 'ended',
	};
	const log = (parameters: object = {}, additionalFields: object = {}) =>
		carryOut(
			'call logCall',
			{ ...CALL, ...parameters, additionalFields },
			{
				methods: {
					'voximplant.statistic.get': [],
					[REGISTER]: { CALL_ID: 'c' },
					[FINISH]: { CALL_ID: 'c', ID: 1 },
					'telephony.call.attachTranscription': { TRANSCRIPT_ID: '8' },
					'telephony.externalCall.attachRecord': { FILE_ID: '9' },
				},
				claim: { isMine: true },
				inspect: { head: WAV },
			},
		);
	const sent = (method: string, ...given: Parameters<typeof log>) =>
		log(...given).calls.find(([name]) => name === method)?.[1];

	it('needs six fields, and is repeatable without another', () => {
		expect(log().value).toMatchObject({ json: { LOGGED: true, FILE_ID: null, TRANSCRIPT_ID: null } });
		expect(sent(REGISTER)).toMatchObject({ EXTERNAL_CALL_ID: expect.stringMatching(/^n8n-[0-9a-f]{32}$/) as string });
	});

	it('ignores what only nodes of before have at first level', () => {
		const old = {
			outcomeFrom: 'sip',
			outcomeWord: '486',
			externalCallId: 'x',
			recordingFrom: 'binary',
			transcript: '[',
		};
		expect(sent(REGISTER, old)).toMatchObject({ EXTERNAL_CALL_ID: expect.stringMatching(/^n8n-/) as string });
		expect(sent(FINISH, old)).toMatchObject({ STATUS_CODE: '200' });
	});

	it('takes its ID, or logs in any case', () => {
		expect(sent(REGISTER, {}, { externalCallId: 'x' })).toMatchObject({ EXTERNAL_CALL_ID: 'x' });
		const anyway = log({}, { skipLogged: false });
		expect(anyway.calls.map(([method]) => method)).toEqual([REGISTER, FINISH]);
		expect(anyway.calls[0]?.[1].EXTERNAL_CALL_ID).toBeUndefined();
	});

	it.each([
		[{ outcomeFrom: 'sip', word: '486' }, '486'],
		[{ outcomeFrom: 'asterisk', word: 'NOANSWER' }, '304'],
	])('ends with the word of a phone system %j in place of Outcome', (said, STATUS_CODE) => {
		expect(sent(FINISH, { duration: 0, outcome: 'answered' }, { outcomeWord: { said } })).toMatchObject({
			STATUS_CODE,
		});
	});

	it.each([
		[{}, 'Outcome Word has no word'],
		[{ said: { outcomeFrom: 'astersk', word: 'x' } }, 'Outcome From must be one of its options'],
		[{ said: { outcomeFrom: 'list', word: 'x' } }, 'Outcome From must be one of its options'],
	])('refuses the word %j', (outcomeWord, message) => {
		expect(() => log({}, { outcomeWord })).toThrow(expect.objectContaining({ message }));
	});

	it('attaches a file of the item, or an address', () => {
		expect(log({}, { recording: 'data' }).value).toMatchObject({ json: { FILE_ID: 9 } });
		expect(sent('telephony.externalCall.attachRecord', {}, { recording: 'https://a.example/b.mp3' })).toMatchObject({
			RECORD_URL: 'https://a.example/b.mp3',
		});
		expect(log({}, { recording: ' ' }).value).toMatchObject({ json: { FILE_ID: null } });
		expect(() => log({}, { recording: 'sound' })).toThrow(
			expect.objectContaining({ message: 'Recording: this item has no file in “sound”' }),
		);
	});

	it('attaches a transcript: a list, lines, or both', () => {
		const line = [{ side: 'employee', start: 2, stop: 3, text: 'Yes' }];
		const utterances = [{ side: 'client', start: 0, stop: 1, text: 'Hello?' }];
		const said = (additionalFields: object): unknown =>
			sent('telephony.call.attachTranscription', {}, additionalFields)?.MESSAGES;
		const first = { SIDE: 'Client', START_TIME: 0, STOP_TIME: 1, MESSAGE: 'Hello?' };
		const second = { SIDE: 'User', START_TIME: 2, STOP_TIME: 3, MESSAGE: 'Yes' };
		expect(said({ transcript: utterances })).toEqual([first]);
		expect(said({ transcriptLines: { line } })).toEqual([second]);
		expect(said({ transcript: utterances, transcriptLines: { line } })).toEqual([first, second]);
		expect(said({ transcript: '', transcriptLines: {} })).toBeUndefined();
	});
});

describe('a row of the history', () => {
	const ROW = {
		ID: '5',
		CALL_ID: 'c',
		CALL_TYPE: '2',
		CALL_DURATION: '12',
		CALL_START_DATE: '2026-03-01T10:00:00+01:00',
		PHONE_NUMBER: '+49',
		PORTAL_USER_ID: '7',
		CALL_FAILED_CODE: '200',
		COST: '0.1',
	};
	const SIMPLE = [
		['CALL_START_DATE', '2026-03-01T10:00:00+01:00'],
		['DIRECTION', 'incoming'],
		['PHONE_NUMBER', '+49'],
		['PORTAL_USER_ID', 7],
		['CALL_DURATION', 12],
		['CALL_FAILED_CODE', '200'],
		['CALL_ID', 'c'],
		['CRM_ENTITY_TYPE', null],
		['CRM_ENTITY_ID', null],
		['RECORD_FILE_ID', null],
	];
	const methods = { 'voximplant.statistic.get': [ROW] };
	const first = (name: string, parameters: object): unknown => {
		const [item] = [carryOut(name, parameters, { methods }).value].flat();
		return item && 'json' in item ? Object.entries(item.json) : item;
	};

	it.each(['call getMany', 'call get'])(
		'of %s has ten columns, the best first, or all as the portal has them',
		(name) => {
			expect(first(name, { callId: 'c' })).toEqual(SIMPLE);
			expect(first(name, { callId: 'c', simplify: false })).toEqual(Object.entries(ROW));
		},
	);
});

describe('lines', () => {
	it('are deleted as n8n says it', () => {
		const { value } = carryOut('line delete', { line: '+1' }, { methods: { 'telephony.externalLine.delete': [] } });
		expect(value).toEqual({ json: { deleted: true } });
	});

	it.each([
		[{}, 50],
		[{ limit: 2 }, 2],
		[{ returnAll: true, limit: 2 }, 60],
	])('are listed with %j', (parameters, count) => {
		const methods = {
			'telephony.externalLine.get': Array.from({ length: 60 }, (_, index) => ({ NUMBER: `+${index}` })),
		};
		expect(carryOut('line getMany', parameters, { methods }).value).toHaveLength(count);
	});
});

describe('Call ID', () => {
	it.each([undefined, null, '', ' '])('says what to do when %j comes, as after an HTTP Request', (callId) => {
		expect(() => carryOut('call finish', { callId, employee: 7 })).toThrow(
			expect.objectContaining({
				message: 'Call ID is empty',
				description: expect.stringMatching(
					/HTTP Request.*\$\('Bitrix24 Telephony Trigger'\)\.item\.json\.CALL_ID/,
				) as string,
			}),
		);
	});
});

describe('Finish', () => {
	const CALL = { callId: 'a', employee: 7, duration: 5, outcomeFrom: 'list', outcome: 'ended', direction: 'incoming' };
	const chat = (parameters: object): unknown =>
		carryOut('call finish', { ...CALL, ...parameters }, { methods: { [FINISH]: { CALL_ID: 'a' } } }).calls.map(
			([, sent]) => (sent as { ADD_TO_CHAT?: unknown }).ADD_TO_CHAT,
		);

	it('has the chat among the further fields, on unless added', () => {
		expect(chat({})).toEqual([1]);
		expect(chat({ additionalFields: { addToChat: false } })).toEqual([0]);
		expect(chat({ additionalFields: { addToChat: true } })).toEqual([1]);
	});

	it('ignores the switch that nodes of before have at first level', () => {
		expect(chat({ addToChat: false })).toEqual([1]);
	});
});

describe('Check Setup', () => {
	const CLICK = 'ONEXTERNALCALLSTART';
	const ADDRESS = 'https://n8n.example.com/webhook/a';
	const HEALTHY = {
		'app.info': { INSTALLED: true },
		scope: ['telephony', 'user', 'crm', 'call'],
		profile: { ADMIN: true, NAME: 'Ada' },
		'server.time': new Date().toISOString(),
		'telephony.externalLine.get': [],
		'event.get': [{ event: CLICK, handler: `${ADDRESS}?signature=a` }],
	};
	const findings = (methods: object, parameters: object = { checkDeliveries: false }) => {
		const reader = readerOf({ ...parameters }, {}, LEAN_VERSION);
		const { value } = converse(check.begin(reader), {
			methods: { ...HEALTHY, ...methods },
			probes: { [ADDRESS]: { status: 403, body: '' } },
		});
		return [value].flat().flatMap((one) => ('json' in one ? [one.json] : []));
	};

	it('begins with one line: ready, as far as it was checked', () => {
		expect(findings({})[0]).toEqual({
			CHECK: 'Verdict',
			RESULT: 'ok',
			ADVICE: 'Nothing to do',
			DETAIL: 'Ready, as far as it was checked: whether Bitrix24 reaches this n8n was not',
		});
	});

	it('is ready when a test event arrived', () => {
		// The trigger takes the binding of the test event away.
		const tests: object[] = [];
		const methods = {
			'event.bind': (binding: object) => tests.push(binding) > 0,
			'event.get': () => [...HEALTHY['event.get'], ...tests],
			'event.test': () => tests.splice(0).length > 0,
		};
		expect(findings(methods, {})[0]).toMatchObject({
			RESULT: 'ok',
			DETAIL: 'Ready: clicks on phone numbers reach this n8n',
		});
	});

	it('is ready when clicks are fetched in time', () => {
		const queue = {
			'event.get': [{ event: CLICK, connector_id: '', offline: 1 }],
			'feature.get': { value: 'Y' },
			'event.offline.list': [],
		};
		expect(findings(queue)[0]).toMatchObject({ DETAIL: 'Ready: clicks on phone numbers reach this n8n' });
	});

	it('counts problems and warnings, shows them first, and says where to begin', () => {
		const rows = findings({ 'app.info': { INSTALLED: false }, scope: ['telephony', 'user'], 'event.get': [] });
		expect(rows[0]).toMatchObject({
			RESULT: 'problem',
			DETAIL: '2 problems: Application, Click-to-Call; 2 warnings: Permission crm, Permission call',
			ADVICE: 'Begin with Application, the next line',
		});
		expect(rows.map(({ RESULT }) => RESULT).slice(0, 6)).toEqual([
			'problem',
			'problem',
			'problem',
			'warning',
			'warning',
			'ok',
		]);
	});

	it('does not call itself ready where only warnings stand in the way', () => {
		const elsewhere = { 'event.get': [{ event: CLICK, handler: 'https://other.example.com/webhook/a?signature=a' }] };
		expect(findings(elsewhere)[0]).toMatchObject({
			RESULT: 'warning',
			DETAIL: 'Clicks on phone numbers start nothing here; 1 warning: Click-to-Call',
		});
	});

	it('shows advice before detail, and where in Bitrix24 to look', () => {
		const rows = findings({});
		for (const row of rows) expect(Object.keys(row).slice(0, 4)).toEqual(['CHECK', 'RESULT', 'ADVICE', 'DETAIL']);
		const links = Object.fromEntries(rows.map(({ CHECK, LINK }) => [CHECK, LINK]));
		expect(links).toMatchObject({
			Application: `${PORTAL}/`,
			'Permission crm': `${PORTAL}/`,
			'Click-to-Call': `${PORTAL}/telephony/lines.php`,
			Clocks: undefined,
		});
	});
});
