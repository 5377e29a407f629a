import { carryOut as carry, type Answers } from '../../support/converse';
import { isNotFound } from '../../../bitrix24/methods/calls';
import type { Step } from '../../../bitrix24/plan';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const HISTORY = 'voximplant.statistic.get';
const TRANSCRIPT = 'telephony.call.attachTranscription';
const RECORD = 'telephony.externalCall.attachRecord';
const WAV = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(60, 1)]);

const CALL = {
	direction: 'incoming',
	phoneNumber: '+49',
	employee: 7,
	start: '2026-03-01T10:00:00Z',
	duration: 3,
	outcomeFrom: 'list',
	outcome: 'ended',
	externalCallId: 'x',
	skipLogged: true,
	recordingFrom: 'none',
	transcript: '[]',
};
const PORTAL = {
	[REGISTER]: { CALL_ID: 'c' },
	[FINISH]: { CALL_ID: 'c', ID: 1 },
	[TRANSCRIPT]: { TRANSCRIPT_ID: '8' },
	[RECORD]: { FILE_ID: '9' },
};
const SPOKEN = { transcript: '[{"side":"client","start":0,"stop":1,"text":"Hi"}]' };
const RECORDED = { recordingFrom: 'binary' };
const ROW = { ID: '5', CALL_ID: 'old', EXTERNAL_CALL_ID: 'x', CALL_DURATION: '3' };

/** Logs a call; the key is ours and nobody left anything, unless `claim` says otherwise. */
function log(parameters: object, methods: Answers['methods'] = {}, claim: unknown = { isMine: true }, head = WAV) {
	let looks = 0;
	const shown = ({ FILTER }: { FILTER: { EXTERNAL_CALL_ID: string } }): unknown[] =>
		++looks > 1 ? [{ ...FILTER, CALL_ID: 'c' }] : [];
	const answers = { methods: { [HISTORY]: shown, ...PORTAL, ...methods }, claim, inspect: { head } };
	return carry('call logCall', { ...CALL, ...parameters }, answers, {
		data: { data: '', fileName: 'a.wav', mimeType: 'audio/wav' },
	});
}
const kinds = (steps: readonly Step[]): unknown[] =>
	steps.map((step) => ('method' in step ? step.method : Object.keys(step)[0]));
const rest = { FILE_ID: null, TRANSCRIPT_ID: null };

describe('a new call', () => {
	it('is claimed, looked for, registered without a card, finished, and settled', () => {
		const { value, steps, calls, preference } = log({});
		expect(kinds(steps)).toEqual(['claim', HISTORY, REGISTER, FINISH, HISTORY, 'settle', 'settle']);
		expect(steps[0]).toEqual({ claim: 'x' });
		expect(steps[1]).toMatchObject({
			parameters: { FILTER: { EXTERNAL_CALL_ID: 'x' } },
			ahead: [REGISTER, FINISH, HISTORY],
		});
		expect(calls[1]).toEqual([
			REGISTER,
			{
				USER_ID: 7,
				PHONE_NUMBER: '+49',
				TYPE: 2,
				CALL_START_DATE: '2026-03-01T10:00:00Z',
				EXTERNAL_CALL_ID: 'x',
				LINE_NUMBER: undefined,
				CRM_CREATE: 0,
				CRM_SOURCE: undefined,
				SHOW: 0,
			},
		]);
		expect(calls[2]).toEqual([
			FINISH,
			{ CALL_ID: { step: 0, path: ['CALL_ID'] }, USER_ID: 7, DURATION: 3, STATUS_CODE: '200', ADD_TO_CHAT: 0 },
		]);
		expect(steps[4]).toMatchObject({ optional: 'silent' });
		expect(steps.slice(5)).toEqual([
			{ settle: 'x', done: PORTAL[FINISH] },
			{ settle: 'x', done: { CALL_ID: 'c', ID: 1, RECORD_FILE_ID: null, TRANSCRIPT_ID: null } },
		]);
		expect(value).toEqual({ json: { CALL_ID: 'c', ID: 1, LOGGED: true, ...rest }, warnings: [] });
		expect(preference).toBe(1_000_000_003);
	});

	it('takes its further fields along', () => {
		const additionalFields = { addToChat: true, crmCreate: true, crmSource: 'WEB', createLine: true, line: '+1' };
		const { calls } = log({ direction: 'outgoing', employee: { mode: 'extension', value: '102' }, additionalFields });
		expect(calls[1]?.[1]).toMatchObject({
			USER_PHONE_INNER: '102',
			TYPE: 1,
			LINE_NUMBER: '+1',
			CRM_CREATE: 1,
			CRM_SOURCE: 'WEB',
		});
		expect(calls[2]?.[1]).toMatchObject({ USER_PHONE_INNER: '102', ADD_TO_CHAT: 1 });
	});

	it('is refused on a line that there is not', () => {
		const { value, calls } = log({ additionalFields: { line: '+1' } }, { 'telephony.externalLine.get': [] });
		expect(value).toMatchObject({ refused: 'The application has no line +1' });
		expect(calls).toHaveLength(1);
		expect(
			log({ additionalFields: { line: '+1' } }, { 'telephony.externalLine.get': [{ NUMBER: '+1' }] }).value,
		).toMatchObject({ json: { LOGGED: true } });
	});

	it('gets its transcript, then its recording', () => {
		const { value, steps } = log({ ...SPOKEN, ...RECORDED });
		expect(value).toMatchObject({ json: { LOGGED: true, FILE_ID: 9, TRANSCRIPT_ID: 8 }, warnings: [] });
		expect(kinds(steps).slice(5)).toEqual(['settle', TRANSCRIPT, 'inspect', RECORD, 'settle']);
		expect(steps.at(-1)).toMatchObject({ done: { RECORD_FILE_ID: 9, TRANSCRIPT_ID: 8 } });
		expect(
			steps
				.filter((step) => 'method' in step && [TRANSCRIPT, RECORD].includes(step.method))
				.map((step) => 'optional' in step && step.optional),
		).toEqual(['warn', 'warn']);
	});

	it('warns of a silent or wrong recording, and of all that the portal says', () => {
		expect(log(RECORDED, {}, undefined, Buffer.alloc(0)).value).toMatchObject({
			json: rest,
			warnings: ['The recording has no sound in it (0 bytes), so it was not attached'],
		});
		expect(log(RECORDED, {}, undefined, Buffer.from('<html>')).value).toMatchObject({
			json: rest,
			warnings: ['The recording is neither WAV nor MP3 inside, so it was not attached'],
		});
		const copies = [ROW, { ...ROW, CALL_ID: 'c' }, { ...ROW, EXTERNAL_CALL_ID: 'y' }];
		const odd = log(
			{},
			{
				[REGISTER]: { CALL_ID: 'c', LEAD_CREATION_ERROR: 'No lead' },
				[FINISH]: { CALL_ID: 'c', ERRORS: { x: 'No activity' } },
			},
		);
		expect(odd.value).toMatchObject({ warnings: ['No client was created: No lead', 'No activity'] });
		let looks = 0;
		const twice = log({}, { [HISTORY]: () => (++looks > 1 ? copies : []) });
		expect(twice.value).toMatchObject({
			warnings: ['The history has this call 2 times: another program logged it at the same moment'],
		});
	});

	it.each([[[]], [[{ ...ROW, EXTERNAL_CALL_ID: 'y', CALL_ID: 'c' }]], [[ROW]]])(
		'warns when the history does not show it, but %j',
		(rows) => {
			let looks = 0;
			expect(log({}, { [HISTORY]: () => (++looks > 1 ? rows : []) }).value).toMatchObject({
				json: { LOGGED: true },
				warnings: [expect.stringMatching(/^The history does not show this call: .* a repeat logs the call again$/)],
			});
			expect(log({}, { [HISTORY]: () => (++looks % 2 === 1 ? [] : undefined) }).value).toMatchObject({ warnings: [] });
		},
	);

	it.each([[true], [false]])('that another program has finished is logged by that one (skip %s)', (skipLogged) => {
		const finished = { ...ROW, CALL_ID: 'c', ALREADY_FINISHED: true, RECORD_FILE_ID: 4 };
		const { value, steps } = log({ ...SPOKEN, ...RECORDED, skipLogged }, { [FINISH]: finished });
		expect(value).toMatchObject({
			json: {
				LOGGED: false,
				CALL_ID: 'c',
				ID: 5,
				EXTERNAL_CALL_ID: 'x',
				REASON: 'Another program logged it at the same moment',
				FILE_ID: 4,
				TRANSCRIPT_ID: 8,
			},
		});
		expect(steps).toContainEqual({ settle: 'x', done: finished });
		const left = log({ skipLogged }, { [FINISH]: finished }, { isMine: true, left: 'open' });
		expect(left.value).toMatchObject({ json: { LOGGED: false, REASON: 'It is in the history already' } });
	});

	it('without an external id gets one, unless it shall be logged in any case', () => {
		const id = (parameters: object) =>
			log({ externalCallId: '', ...parameters }).calls.find(([method]) => method === REGISTER)?.[1].EXTERNAL_CALL_ID;
		expect(id({})).toEqual(expect.any(String));
		expect(id({})).toBe(id({}));
		for (const other of [
			{ direction: 'outgoing' },
			{ employee: 8 },
			{ phoneNumber: '+48' },
			{ start: '2026-03-01T10:00:01Z' },
		])
			expect(id(other)).not.toBe(id({}));
		expect(id({ skipLogged: false })).toBeUndefined();
	});

	it.each([['x'], ['']])(
		'that shall be logged in any case is not looked for (%j), and a lost answer not repeated',
		(externalCallId) => {
			const { value, steps } = log({ externalCallId, skipLogged: false, ...SPOKEN });
			expect(kinds(steps)).toEqual(['claim', REGISTER, FINISH, 'settle', TRANSCRIPT]);
			expect(steps[1]).toMatchObject({ effect: 'once' });
			expect(steps[1]).not.toHaveProperty('evidence');
			expect(value).toMatchObject({ json: { LOGGED: true, TRANSCRIPT_ID: 8 } });
		},
	);

	it('has the history for evidence', () => {
		const { steps } = log({});
		const [register] = steps.filter((step) => 'method' in step && step.method === REGISTER);
		expect(register).toMatchObject({ effect: 'once', evidence: expect.anything() as object });
	});
});

describe('a call that another attempt has registered', () => {
	it('is finished, not registered again', () => {
		const { value, steps } = log({}, {}, { isMine: true, left: 'open' });
		expect(kinds(steps)).toEqual(['claim', HISTORY, FINISH, 'settle', 'settle']);
		expect(steps[2]).toMatchObject({ parameters: { CALL_ID: 'open' }, optional: isNotFound });
		expect(value).toMatchObject({ json: { LOGGED: true, CALL_ID: 'c' }, warnings: [] });
	});

	it.each([['x'], ['']])('is finished where it shall be logged in any case (%j)', (externalCallId) => {
		const { value, steps } = log({ externalCallId, skipLogged: false }, {}, { isMine: true, left: 'open' });
		expect(kinds(steps)).toEqual(['claim', FINISH, 'settle']);
		expect(steps[1]).toMatchObject({ parameters: { CALL_ID: 'open' } });
		expect(value).toMatchObject({ json: { LOGGED: true, CALL_ID: 'c' }, warnings: [] });
	});

	it('is known by its id, or else by what it is', () => {
		const key = (parameters: object) => log({ skipLogged: false, ...parameters }).steps[0];
		expect(key({})).toEqual({ claim: 'x' });
		expect(key({ externalCallId: '' })).toEqual(key({ externalCallId: '' }));
		for (const other of [
			{ direction: 'outgoing' },
			{ employee: 8 },
			{ phoneNumber: '+48' },
			{ start: '2026-03-01T10:00:01Z' },
		]) {
			expect(key({ externalCallId: '', ...other })).not.toEqual(key({ externalCallId: '' }));
		}
	});

	it('is logged anew where that does not do', () => {
		let finishes = 0;
		const { steps } = log(
			{},
			{ [FINISH]: () => (++finishes > 1 ? PORTAL[FINISH] : undefined) },
			{ isMine: true, left: 'open' },
		);
		expect(kinds(steps)).toEqual(['claim', HISTORY, FINISH, REGISTER, FINISH, HISTORY, 'settle', 'settle']);
	});
});

describe('a call that is logged already', () => {
	it('is left out, and others are told', () => {
		const { value, steps } = log({}, { [HISTORY]: [{ ...ROW, EXTERNAL_CALL_ID: 'y' }, ROW] });
		expect(kinds(steps)).toEqual(['claim', HISTORY, 'settle']);
		expect(steps.at(-1)).toEqual({ settle: 'x', done: ROW });
		expect(value).toEqual({
			json: {
				CALL_ID: 'old',
				ID: 5,
				EXTERNAL_CALL_ID: 'x',
				LOGGED: false,
				REASON: 'It is in the history already',
				...rest,
			},
			warnings: [],
			hints: [],
		});
	});

	it('by another item is not looked for', () => {
		const { value, steps } = log({}, {}, { isMine: false, done: {} });
		expect(kinds(steps)).toEqual(['claim']);
		expect(value).toMatchObject({
			json: { CALL_ID: null, ID: null, LOGGED: false, REASON: 'Another item has logged this call just now' },
		});
	});

	it.each<[object, unknown[]]>([
		[{}, [TRANSCRIPT, 'inspect', RECORD]],
		[{ TRANSCRIPT_ID: '3' }, ['inspect', RECORD]],
		[{ RECORD_FILE_ID: '4' }, [TRANSCRIPT]],
		[{ CALL_RECORD_URL: 'https://a' }, [TRANSCRIPT]],
		[{ TRANSCRIPT_ID: '3', RECORD_FILE_ID: '4' }, []],
	])('gets what its row %j lacks', (has, expected) => {
		const { value, steps } = log({ ...SPOKEN, ...RECORDED }, { [HISTORY]: [{ ...ROW, ...has }] });
		expect(kinds(steps).slice(3)).toEqual(expected);
		expect(value).toMatchObject({
			json: {
				TRANSCRIPT_ID: 'TRANSCRIPT_ID' in has ? 3 : 8,
				FILE_ID: 'RECORD_FILE_ID' in has ? 4 : 'CALL_RECORD_URL' in has ? null : 9,
			},
		});
	});

	it.each<[object, object, number]>([
		[{ CALL_DURATION: '0' }, { duration: 3 }, 1],
		[{ CALL_DURATION: '0' }, { duration: 0 }, 0],
		[{ CALL_DURATION: '3' }, { duration: 3 }, 0],
		[{ CALL_DURATION: '20', CALL_FAILED_CODE: '304' }, { duration: 12 }, 1],
		[{ CALL_DURATION: '20', CALL_FAILED_CODE: '304' }, { outcome: 'unanswered' }, 0],
		[{ CALL_DURATION: '0', CALL_FAILED_CODE: '200' }, { duration: 0, outcome: 'answered' }, 0],
		[{ CALL_DURATION: '0', CALL_FAILED_CODE: '304' }, { duration: 0, outcome: 'answered' }, 1],
	])('as %j and is told as %j gives %i hints', (has, told, count) => {
		const { value } = log(told, { [HISTORY]: [{ ...ROW, ...has }] });
		expect(value).toMatchObject({
			hints: Array(count).fill(
				'The history has this call as not answered, and a logged call cannot be changed',
			) as string[],
		});
	});
});
