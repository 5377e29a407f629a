import { UnexpectedShape } from '../../../../bitrix24/decode';
import { isCrash, type Failure } from '../../../../bitrix24/failure';
import {
	attachRecordFile,
	attachRecordFrom,
	attachTranscript,
	finish,
	hide,
	isNotFound,
	loggedUnder,
	register,
	SAME_CALL_WINDOW,
	searchClients,
	show,
} from '../../../../bitrix24/methods/calls';
import { history } from '../../../../bitrix24/methods/history';
import { resultOf } from '../../../../bitrix24/parameters';
import type { Call } from '../../../../bitrix24/plan';

const plain = ({ method, parameters, effect }: Call): unknown[] => [method, parameters, effect];
const failure = (kind: Failure['kind'], text: string): Failure => ({ kind, status: 400, code: '', text, method: 'm' });

it('knows for how long a registration is found again', () => {
	expect(SAME_CALL_WINDOW).toBe(1_800_000);
});

it('registers, and leaves the call open', () => {
	expect(plain(register({ TYPE: 2 }, true))).toEqual(['telephony.externalCall.register', { TYPE: 2 }, 'repeatable']);
	expect(register({}, false)).toMatchObject({ effect: 'once', begins: 'CALL_ID' });
	expect(register({}, true).decode({ CALL_ID: 'c', X: 1 })).toEqual({ CALL_ID: 'c', X: 1 });
	expect(() => register({}, true).decode({})).toThrow('an object without CALL_ID');
});

describe('finish', () => {
	const row = { CALL_ID: 'c', ID: '3', CALL_DURATION: '5', CALL_TYPE: '1' };

	it('closes what was registered', () => {
		const CALL_ID = resultOf(0, 'CALL_ID');
		expect(plain(finish({ CALL_ID, DURATION: 5 }))).toEqual([
			'telephony.externalCall.finish',
			{ CALL_ID, DURATION: 5 },
			'repeatable',
		]);
		expect(finish({ CALL_ID }).ends).toBe(CALL_ID);
		expect(() => finish({ CALL_ID }).decode({ ID: 1 })).toThrow('an object without CALL_ID');
	});

	it('leaves a row in the history, under its own id', () => {
		const { evidence } = finish({ CALL_ID: 'c' });
		expect(plain(evidence?.ask({ CALL_ID: 'c' }) as Call)).toEqual(plain(history({ CALL_ID: 'c' })));
		expect(evidence?.read([{ CALL_ID: 'b' }, row], { CALL_ID: 'c' }, true)).toMatchObject({
			CALL_ID: 'c',
			ID: 3,
			INCOMING: '1',
		});
		expect(evidence?.read([row], { CALL_ID: 'c' }, true)).not.toHaveProperty('ALREADY_FINISHED');
		expect(evidence?.read([row], { CALL_ID: 'c' }, false)).toMatchObject({ ID: 3, ALREADY_FINISHED: true });
		expect(evidence?.read([row], { CALL_ID: 'x' }, true)).toBeUndefined();
	});

	it('of a finished call is no success where that is not wanted', () => {
		const { evidence } = finish({ CALL_ID: 'c' }, false);
		expect(evidence?.read([row], { CALL_ID: 'c' }, false)).toBeUndefined();
		expect(evidence?.read([row], { CALL_ID: 'c' }, true)).toMatchObject({ ID: 3 });
	});

	it('is told by its refusal', () => {
		const { refusal } = finish({ CALL_ID: 'c' }).evidence ?? {};
		expect(refusal?.(failure('refused', 'Call is not found (call should be registered)'))).toBe(true);
		expect(refusal?.({ ...failure('refused', 'Internal server error'), code: 'INTERNAL_SERVER_ERROR' })).toBe(true);
		expect(refusal?.(failure('refused', 'Access denied!'))).toBe(false);
		expect(isNotFound(failure('refused', 'Call is not found (call should be registered)'))).toBe(true);
		expect(isNotFound(failure('refused', 'A Call is not found'))).toBe(false);
		expect(isNotFound(failure('unknown', 'Call is not found'))).toBe(false);
	});
});

it('opens and closes cards', () => {
	expect(plain(show('c', [1, 2]))).toEqual([
		'telephony.externalCall.show',
		{ CALL_ID: 'c', USER_ID: [1, 2] },
		'repeatable',
	]);
	expect(plain(hide('c', undefined))).toEqual([
		'telephony.externalCall.hide',
		{ CALL_ID: 'c', USER_ID: undefined },
		'repeatable',
	]);
	expect(show('c', 1).decode(1)).toBe(true);
});

it('looks for clients', () => {
	expect(plain(searchClients('+49'))).toEqual([
		'telephony.externalCall.searchCrmEntities',
		{ PHONE_NUMBER: '+49' },
		'read',
	]);
	expect(searchClients('+49').decode([])).toEqual([]);
});

describe('a recording', () => {
	const file = {
		name: 'recording.wav',
		contentType: 'audio/wav',
		open: async () => await Promise.resolve({ size: 0, content: Buffer.alloc(0) }),
	};

	it('is fetched from an address', () => {
		expect(plain(attachRecordFrom('c', 'https://x'))).toEqual([
			'telephony.externalCall.attachRecord',
			{ CALL_ID: 'c', RECORD_URL: 'https://x' },
			'repeatable',
		]);
		expect(attachRecordFrom('c', 'https://x').decode({})).toEqual({});
	});

	it('is there when the portal names its file', () => {
		expect(attachRecordFile('c', file).decode({ FILE_ID: 7 })).toEqual({ FILE_ID: 7 });
		for (const answer of [null, {}, { FILE_ID: null }, true])
			expect(() => attachRecordFile('c', file).decode(answer)).toThrow(UnexpectedShape);
	});

	it('is sent under a name of its own', () => {
		expect(plain(attachRecordFile('externalCall.a-b_1.2/ä b', file))).toEqual([
			'telephony.externalCall.attachRecord',
			{ CALL_ID: 'externalCall.a-b_1.2/ä b' },
			'repeatable',
		]);
		expect(attachRecordFile('externalCall.a-b_1.2/ä b', file).file).toEqual({
			...file,
			name: 'a-b_1.2b-recording.wav',
		});
		expect(attachRecordFile('x.externalCall.1', file).file.name).toBe('x.externalCall.1-recording.wav');
	});
});

it('attaches a transcript', () => {
	const said = [{ SIDE: 'User' as const, START_TIME: 0, STOP_TIME: 1, MESSAGE: 'Hello' }];
	expect(plain(attachTranscript('c', said))).toEqual([
		'telephony.call.attachTranscription',
		{ CALL_ID: 'c', MESSAGES: said },
		'repeatable',
	]);
	expect(attachTranscript('c', said, { COST: 1 }).parameters).toEqual({ CALL_ID: 'c', MESSAGES: said, COST: 1 });
	expect(() => attachTranscript('c', said).decode([])).toThrow('a list in place of an object');
});

it('finds what was logged under an external id', () => {
	const { ask, read, refusal } = loggedUnder('x');
	expect(plain(ask({}))).toEqual(plain(history({ EXTERNAL_CALL_ID: 'x' })));
	expect(
		read(
			[
				{ EXTERNAL_CALL_ID: 'y', CALL_ID: 'a' },
				{ EXTERNAL_CALL_ID: 'x', CALL_ID: 'b', ID: '1' },
			],
			{},
			true,
		),
	).toEqual({ CALL_ID: 'b' });
	expect(read([{ EXTERNAL_CALL_ID: 'y', CALL_ID: 'a' }], {}, true)).toBeUndefined();
	expect(read([{ EXTERNAL_CALL_ID: 'x', CALL_ID: null }], {}, true)).toBeUndefined();
	expect(refusal).toBe(isCrash);
});
