import { NodeApiError, NodeOperationError, UserError, type INode, type JsonObject } from 'n8n-workflow';
import { specificHint } from '../../../bitrix24/hints';
import { readError, readFileError, silenceOf } from '../../../nodes/common/requestError';

const node: INode = { id: '1', name: 'Bitrix24', type: 'bitrix24', typeVersion: 1, position: [0, 0], parameters: {} };

/** As n8n's request helper throws it: everything wrapped in a NodeApiError (n8n-core, authentication.js). */
const wrapped = (error: unknown) => new NodeApiError(node, error as JsonObject);
const thrown = (message: string, more: object = {}) => Object.assign(new Error(message), more);
/** As axios makes it of a fault of the connection: the fault is its cause. */
const viaAxios = (message: string, more: { code?: string; syscall?: string; url?: string } = {}) =>
	thrown(message, {
		code: more.code,
		config: { url: more.url ?? 'https://portal/rest/profile' },
		cause: thrown(message, more),
	});
const none = (reason: string, text: string, code = '') => ({ status: 0, reason, text, code });

describe('an answer that is an error', () => {
	it('keeps status, body and where it points', () => {
		const response = { status: 400, data: { error: '', error_description: 'Unknown TYPE' } };
		const error = thrown('Request failed with status code 400', { response, status: 400 });
		expect(readError(wrapped(error))).toEqual({ status: 400, body: response.data, location: undefined });
		const moved = { status: 302, data: 'moved', headers: { location: 'https://new/rest/' } };
		expect(readError(wrapped(thrown('moved', { response: moved, status: 302 })))).toEqual({
			status: 302,
			body: 'moved',
			location: 'https://new/rest/',
		});
	});

	it('prefers the body that n8n has decoded', () => {
		const error = thrown('refused', {
			httpCode: '401',
			context: { data: { error: 'expired_token' } },
			response: { data: 'text' },
		});
		expect(readError(error)).toMatchObject({ status: 401, body: { error: 'expired_token' } });
	});

	it.each([['99'], ['600'], ['23'], [null], ['']])('takes %j for no status', (httpCode) => {
		expect(readError({ httpCode })).toMatchObject({ status: 0, reason: 'unknown' });
	});

	it.each([
		['100', 100],
		['599', 599],
	])('takes %s for a status', (httpCode, status) => {
		expect(readError({ httpCode })).toEqual({ status, body: undefined, location: undefined });
	});
});

describe('n8n’s own database, which it asks for the credential before each request', () => {
	const said = {
		status: 0,
		reason: 'unreachable',
		text: 'n8n could not read the credential: its database does not answer',
		code: '',
	};

	it.each<[string, { name?: string; code?: string; syscall?: string; message: string }]>([
		[
			'takes no connection',
			{ code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED 127.0.0.1:5432' },
		],
		['has broken off', { message: 'Client has encountered a connection error and is not queryable' }],
		['breaks off', { message: 'Connection terminated unexpectedly' }],
		[
			'is being restarted',
			{ name: 'QueryFailedError', message: 'terminating connection due to administrator command' },
		],
		['starts', { code: '57P03', message: 'the database system is starting up' }],
	])('%s', (_name, cause) => {
		expect(readError(cause)).toEqual(said);
		expect(readError({ name: 'NodeApiError', httpCode: cause.code, cause })).toEqual(said);
	});

	it('is not taken for a portal that takes no connection', () => {
		const cause = {
			code: 'ECONNREFUSED',
			syscall: 'connect',
			config: { url: 'https://example.bitrix24.com/rest/profile' },
		};
		expect(readError({ name: 'NodeApiError', httpCode: 'ECONNREFUSED', cause })).toMatchObject({
			text: 'The portal could not be reached: nothing listens there',
		});
	});
});

describe('a connection that never came about', () => {
	it.each([
		['ECONNREFUSED', 'nothing listens there'],
		['ENOTFOUND', 'there is no such name'],
		['EAI_AGAIN', 'the name could not be looked up'],
		['EHOSTUNREACH', 'there is no way to it'],
		['ENETUNREACH', 'there is no network'],
		['ERR_INVALID_URL', 'its address is broken'],
		['CERT_HAS_EXPIRED', 'its certificate has expired'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is self-signed'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate cannot be verified'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate cannot be verified'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
	])('%s', (code, why) => {
		expect(readError(wrapped(viaAxios(`connect ${code}`, { code })))).toEqual(
			none('unreachable', `The portal could not be reached: ${why}`),
		);
	});

	it.each([
		[
			'a port without TLS',
			viaAxios('write EPROTO 80:SSL routines:ssl3_get_record:Wrong version number:x', { code: 'EPROTO' }),
			'it does not speak https',
		],
		[
			'a guarded network',
			Object.assign(new UserError('blocked'), { name: 'SsrfBlockedIpError' }),
			'this n8n may not call internal addresses',
		],
		[
			'a firewall',
			viaAxios('connect EACCES 10.0.0.1:443', { code: 'EACCES', syscall: 'connect' }),
			'this machine forbids it',
		],
	])('%s', (_name, error, why) => {
		expect(readError(wrapped(error))).toEqual(none('unreachable', `The portal could not be reached: ${why}`));
	});
});

describe('a connection that broke', () => {
	it.each([
		['ECONNABORTED', 'it took too long'],
		['ETIMEDOUT', 'it took too long'],
		['ECONNRESET', 'it was reset'],
		['EPIPE', 'the other side closed it'],
		['EPROTO', 'no reason is known'],
	])('%s', (code, why) => {
		const text = `The connection broke before the portal answered: ${why}`;
		expect(readError(wrapped(viaAxios(`write ${code}`, { code })))).toEqual(none('unknown', text));
		expect(readError(thrown('raw', { code }))).toEqual(none('unknown', text));
	});

	it.each([
		['a fault without a code', wrapped(thrown('What is this?'))],
		['a fault of this program', new TypeError('x is not a function')],
		['a numeric code', wrapped(thrown('The operation timed out', { name: 'TimeoutError', code: 23 }))],
		['a code that is no code', thrown('odd', { code: 'constructor' })],
		['a text', 'no'],
		['nothing', undefined],
		['null', null],
	])('%s', (_name, error) => {
		expect(readError(error)).toEqual(
			none('unknown', 'The connection broke before the portal answered: no reason is known'),
		);
	});

	it('has no other reason because it was just being made', () => {
		const text = 'The connection broke before the portal answered: it took too long';
		expect(readError(wrapped(viaAxios('connect ETIMEDOUT', { code: 'ETIMEDOUT', syscall: 'connect' })))).toEqual(
			none('unknown', text),
		);
	});

	it('ends when causes go round in a circle', () => {
		const error = thrown('round');
		expect(readError(Object.assign(error, { cause: error }))).toMatchObject({ reason: 'unknown' });
	});
});

it.each<[string, unknown, string | undefined]>([
	['is away', wrapped(viaAxios('connect ECONNREFUSED', { code: 'ECONNREFUSED' })), 'nothing listens there'],
	['is slow', viaAxios('timeout of 30000ms exceeded', { code: 'ECONNABORTED' }), 'it took too long'],
	['has an old certificate', viaAxios('expired', { code: 'CERT_HAS_EXPIRED' }), 'its certificate has expired'],
	['says what nobody knows', new Error('odd'), undefined],
])('another system that %s is silent for a reason in words', (_what, error, why) => {
	expect(silenceOf(error)).toBe(why);
});

describe('a token that cannot be used', () => {
	const refusal = (error: string, message: string) => thrown(message, { code: 'EAUTH', body: { error } });

	it.each([
		['expired_token', 'The refresh token provided has expired.', 'has ended'],
		['expired_token', 'The authorization token provided has expired.', '30 seconds'],
		['NOT_INSTALLED', 'Application not installed', 'not installed'],
		['NOT_INSTALLED', 'NOT_INSTALLED', 'not installed'],
		['PAYMENT_REQUIRED', 'Payment required', 'connecting again does not help'],
	])('%s: %s', (code, text, advice) => {
		const result = readError(wrapped(refusal(code, text)));
		expect(result).toEqual(none('credential', text, code));
		expect(specificHint({ kind: 'credential', status: 0, code: '', text, method: 'm' })).toContain(advice);
	});

	it('names the field that a wrong secret stands in, which n8n does not', () => {
		const text = 'Bitrix24 does not take the Client Secret of the credential';
		const said = 'Client authentication failed (e.g., unknown client)';
		expect(readError(wrapped(refusal('invalid_client', said)))).toEqual(none('credential', text, 'invalid_client'));
		for (const one of [
			{ code: 'invalid_client', text },
			{ code: '', text: said },
		])
			expect(specificHint({ kind: 'credential', status: 0, method: 'm', ...one })).toContain('Copy it once more');
	});

	it('needs no cause to know a refusal', () => {
		expect(readError({ httpCode: 'EAUTH', message: 'Payment required' })).toEqual(
			none('credential', 'Payment required'),
		);
		expect(readError({ httpCode: 'EAUTH' })).toEqual(none('credential', 'The token could not be renewed'));
		expect(readError(wrapped(thrown('odd', { code: 'EAUTH', body: { error: 7 } })))).toEqual(none('credential', 'odd'));
	});

	it.each([['ENOENT'], ['eperm']])('says it in its own words where n8n would put other ones (%s)', (code) => {
		expect(readError(wrapped(refusal('x', `Ask ${code}`)))).toEqual(
			none('credential', 'The token could not be renewed', 'x'),
		);
	});

	it.each([
		['The credential "B" needs to be reconnected.'],
		['The credential of type "bitrix24OAuth2Api" needs to be reconnected.'],
		['OAuth credentials not connected'],
		['Unable to sign without access token'],
		['OAuth access token expired and no refresh token is available. Please reconnect the credentials.'],
		['Credentials not found'],
		['Credential with ID "7" does not exist for type "bitrix24OAuth2Api".'],
		[
			'Credentials could not be decrypted. The likely reason is that a different "encryptionKey" was used to encrypt the data.',
		],
		['Node does not have any credentials set'],
	])('%s', (message) => {
		expect(readError(wrapped(new NodeOperationError(node, message)))).toEqual(none('credential', message));
		expect(readError(wrapped(new Error(message)))).toEqual(none('credential', message));
		expect(readError(wrapped(new Error(`He said: ${message}`)))).toMatchObject({ reason: 'unknown' });
	});

	it('knows what n8n declares as a credential failure, whatever it says', () => {
		const error = new NodeOperationError(node, 'Please reconnect', { failure: { cause: 'credential-invalid' } });
		expect(readError(wrapped(error))).toEqual(none('credential', 'Please reconnect'));
		const other = new NodeOperationError(node, 'Please wait', { failure: { cause: 'rate-limited' } } as never);
		expect(readError(wrapped(other))).toMatchObject({ reason: 'unknown' });
	});

	const token = 'https://oauth.bitrix.info/oauth/token/';
	it.each([
		[
			'a server fault',
			thrown('failed', { config: { url: token }, status: 503, response: { status: 503, data: '' } }),
			'answered with status 503 when the token was to be renewed',
		],
		[
			'another page',
			thrown('HTTP status 404', { code: 'ESTATUS', status: 404, body: '<html>' }),
			'answered with status 404 when the token was to be renewed',
		],
		[
			'no name',
			viaAxios('getaddrinfo ENOTFOUND', { code: 'ENOTFOUND', url: token }),
			'could not be reached to renew the token',
		],
		[
			'silence',
			viaAxios('timeout', { code: 'ECONNABORTED', url: `${token}?x=1` }),
			'could not be reached to renew the token',
		],
	])('an authorization server with %s leaves nothing carried out', (_name, error, what) => {
		const text = `The authorization server ${what}`;
		expect(readError(wrapped(error))).toEqual(none('unreachable', text));
		expect(specificHint({ kind: 'unreachable', status: 0, code: '', text, method: 'm' })).toContain(
			'Authorization Server',
		);
	});

	it('does not take a portal for it', () => {
		for (const url of [
			'https://portal/rest/x?next=/oauth/token/',
			'https://portal/oauth/token/x',
			'https://portal/#/oauth/token/',
		]) {
			expect(readError(wrapped(viaAxios('socket hang up', { code: 'ECONNRESET', url })))).toMatchObject({
				reason: 'unknown',
			});
		}
	});
});

describe('a file that cannot be read', () => {
	it.each([
		['ENOENT', 'n8n no longer has it'],
		['ENOTDIR', 'n8n no longer has it'],
		['EACCES', 'n8n may not open it'],
		['EPERM', 'n8n may not open it'],
		['EISDIR', 'it is a directory'],
		['EMFILE', 'too many files are open'],
		['EIO', 'the disk has a fault'],
	])('%s, before and while it is sent', (code, why) => {
		const expected = none('file', `The file could not be read: ${why}`);
		expect(readError(thrown(`${code}: no, open '/x'`, { code, syscall: 'open' }))).toEqual(expected);
		expect(readError(wrapped(viaAxios(`${code}: no, read`, { code, syscall: 'read' })))).toEqual(expected);
		expect(readFileError(thrown(`${code}: no`, { code }))).toEqual(expected);
	});

	it.each([
		['File not found'],
		['Binary data file not found'],
		['No binary data manager found for: s3'],
		['Request to S3 failed: Access Denied'],
		['Request to Azure Blob storage failed: gone'],
		['Byte store key must resolve to a location inside the storage path'],
		['The recording could not be read'],
	])('%s', (message) => {
		const expected = none('file', 'The file could not be read: n8n’s file store does not give it');
		expect(readError(new UserError(message))).toEqual(expected);
		expect(readError(wrapped(viaAxios(message)))).toEqual(expected);
	});

	it('is never blamed for a broken connection', () => {
		expect(readError(thrown('He said: File not found'))).toMatchObject({ reason: 'unknown' });
		expect(readError(wrapped(viaAxios('connect EMFILE', { code: 'EMFILE', syscall: 'connect' })))).toMatchObject({
			reason: 'unreachable',
		});
	});

	it('is what whoever opened it says, whatever was thrown', () => {
		const text = 'The file could not be read: n8n’s file store does not give it';
		for (const error of [thrown('reset', { code: 'ECONNRESET' }), 'no', undefined])
			expect(readFileError(error)).toEqual(none('file', text));
		expect(specificHint({ kind: 'unreachable', status: 0, code: '', text, method: 'm' })).toContain(
			'still carries the file',
		);
	});
});

describe('a cancelled execution', () => {
	const expected = none('cancelled', 'The execution was cancelled before the portal answered');
	it.each([
		['axios', wrapped(thrown('canceled', { name: 'CanceledError', code: 'ERR_CANCELED' }))],
		['axios, by its code', wrapped(thrown('canceled', { code: 'ERR_CANCELED' }))],
		['Node', thrown('The operation was aborted', { name: 'AbortError' })],
		['Node, by its code', thrown('The operation was aborted', { code: 'ABORT_ERR' })],
		['n8n, by hand', thrown('stopped', { name: 'ManualExecutionCancelledError' })],
		['n8n, by its time limit', thrown('stopped', { name: 'TimeoutExecutionCancelledError' })],
		['n8n', thrown('stopped', { name: 'ExecutionCancelledError' })],
		['a cause', wrapped(thrown('?', { cause: thrown('?', { name: 'AbortError' }) }))],
	])('%s', (_name, error) => {
		expect(readError(error)).toEqual(expected);
	});

	it.each([['NotCanceledError'], ['AbortErrors'], ['CanceledErrorLike']])('%s is none', (name) => {
		expect(readError(thrown('?', { name }))).toMatchObject({ reason: 'unknown' });
	});
});
