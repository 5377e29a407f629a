import {
	BURST_CODE,
	failed,
	isCrash,
	isRecord,
	oddAnswer,
	OPERATING_CODE,
	portalFailure,
	readAnswer,
	success,
} from '../../../bitrix24/failure';

const read = (status: number, body: unknown) => readAnswer('m', status, body);

it('wraps values and failures', () => {
	expect(success(7)).toEqual({ ok: true, value: 7 });
	const failure = portalFailure('m', 400, {});
	expect(failed(failure)).toEqual({ ok: false, failure });
});

describe('an answer', () => {
	it('is a result where it carries one, whatever it is', () => {
		for (const result of [7, null, [], ''])
			expect(read(200, { result, time: {} })).toEqual({ ok: true, value: { result, time: {} } });
		expect(read(299, { result: 1 }).ok).toBe(true);
	});

	it('is an error where it carries one, even an empty one, and even beside a result', () => {
		expect(read(200, { error: '', error_description: 'Text', result: 1 })).toEqual({
			ok: false,
			failure: { kind: 'refused', status: 200, code: '', text: 'Text', method: 'm' },
		});
	});

	it.each([
		[200, '{"result": [', 'The portal’s answer was cut off, or cannot be read'],
		[200, { time: {} }, 'The portal’s answer was cut off, or cannot be read'],
		[200, [], 'The portal’s answer was cut off, or cannot be read'],
		[299, undefined, 'The portal’s answer was cut off, or cannot be read'],
		[500, '<html>', 'The portal answered with status 500 and no reason'],
		[504, { result: 1 }, 'The portal answered with status 504 and no reason'],
	])('of status %d with %j leaves open what was done', (status, body, text) => {
		expect(read(status, body)).toEqual({
			ok: false,
			failure: { kind: 'unknown', status, code: '', text, method: 'm' },
		});
	});

	it.each([
		[300, { result: 1 }],
		[302, ''],
		[404, '<html>'],
		[499, { message: 'x' }],
	])('of status %d with %j is not a portal’s', (status, body) => {
		const text = `This address answered with status ${status}, but not as a Bitrix24 portal does`;
		expect(read(status, body)).toEqual({
			ok: false,
			failure: { kind: 'unreachable', status, code: '', text, method: 'm' },
		});
	});

	it('that is too large says so', () => {
		expect(read(413, '<html>')).toEqual({
			ok: false,
			failure: {
				kind: 'refused',
				status: 413,
				code: '',
				text: 'The portal takes no request of this size',
				method: 'm',
			},
		});
	});
});

describe('an error of the portal', () => {
	it.each([BURST_CODE, OPERATING_CODE, 'OVERLOAD_LIMIT'])('%s is a limit', (error) => {
		expect(portalFailure('m', 503, { error, error_description: 'Text' })).toEqual({
			kind: 'limited',
			status: 503,
			code: error,
			text: 'Text',
			method: 'm',
		});
	});

	it.each(['NO_AUTH_FOUND', 'expired_token', 'invalid_token', 'invalid_grant', 'wrong_client', 'invalid_client'])(
		'%s is one of the credential',
		(error) => {
			expect(portalFailure('m', 401, { error }).kind).toBe('credential');
		},
	);

	it.each(['ACCESS_DENIED', 'PAYMENT_REQUIRED', 'insufficient_scope', ''])('%s is a refusal', (error) => {
		expect(portalFailure('m', 401, { error }).kind).toBe('refused');
	});

	it('always has a text', () => {
		expect(portalFailure('m', 400, { error: 'CODE', error_description: '' }).text).toBe('CODE');
		expect(portalFailure('m', 400, { error: '', error_description: 7 }).text).toBe(
			'Bitrix24 refused this and gives no reason (status 400)',
		);
		expect(portalFailure('m', 400, { error: 100, error_description: 'Text' })).toMatchObject({
			code: '100',
			text: 'Text',
		});
		expect(portalFailure('m', 400, { error: null })).toMatchObject({
			code: '',
			text: 'Bitrix24 refused this and gives no reason (status 400)',
		});
	});
});

it('calls limits by their names', () => {
	expect([BURST_CODE, OPERATING_CODE]).toEqual(['QUERY_LIMIT_EXCEEDED', 'OPERATION_TIME_LIMIT']);
});

it('takes an odd answer for a lost one', () => {
	expect(oddAnswer('m', 'a list')).toEqual({
		kind: 'unknown',
		status: 200,
		code: '',
		text: 'The portal answered with something unexpected: a list',
		method: 'm',
		isOdd: true,
	});
});

it('knows a record', () => {
	expect([{}, Object.create(null), [], null, undefined, 'a', 7].map(isRecord)).toEqual([
		true,
		true,
		false,
		false,
		false,
		false,
		false,
	]);
});

it.each([
	['INTERNAL_SERVER_ERROR', 'refused', true],
	['ERROR_UNEXPECTED_ANSWER', 'refused', true],
	['ERROR_CORE', 'refused', false],
	['INTERNAL_SERVER_ERROR', 'unknown', false],
] as const)('%s of a call that is %s leaves open how far it came: %s', (code, kind, isSo) => {
	expect(isCrash({ kind, status: 500, code, text: '', method: 'm' })).toBe(isSo);
});
