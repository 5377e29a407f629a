/**
 * Why a call to the portal brought no result.
 * - `refused`: the portal answered with an error; nothing of this call was carried out.
 * - `limited`: a limit of the portal stopped the call before it ran.
 * - `unreachable`: the request never arrived (name, connection, address).
 * - `credential`: there is no usable token; the credential must be connected again.
 * - `unknown`: the request went out and no usable answer came back. It may have been carried out.
 */
export type FailureKind = 'refused' | 'limited' | 'unreachable' | 'credential' | 'unknown';

/** A failure as data. It never holds a token or a secret. */
export interface Failure {
	kind: FailureKind;
	/** HTTP status, 0 when there was no answer. */
	status: number;
	/** The portal's code. Plain telephony failures have an empty one (b24-rest-docs issue 175). */
	code: string;
	/** The portal's own text, or one of ours when it said nothing. */
	text: string;
	/** The REST method that failed. */
	method: string;
}

/** A value, or the reason why there is none. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Wraps a value. */
export function success<T>(value: T): Outcome<T> {
	return { ok: true, value };
}

/** Wraps a failure. */
export function failed(failure: Failure): { ok: false; failure: Failure } {
	return { ok: false, failure };
}

const LIMIT_CODES = new Set(['QUERY_LIMIT_EXCEEDED', 'OVERLOAD_LIMIT', 'OPERATION_TIME_LIMIT']);

/** Only a new authorisation helps here; the others of status 401 have causes of their own (rest/lib/oauth/auth.php). */
const TOKEN_CODES = new Set(['NO_AUTH_FOUND', 'expired_token', 'invalid_token', 'invalid_grant']);

/**
 * Reads one HTTP answer of the REST interface.
 *
 * @param method the REST method that was called, for the failure.
 * @param status HTTP status of the answer.
 * @param body the decoded JSON, or the text when it was none.
 * @returns the whole answer body on success. A failure is told by the presence of the key `error`: its value may be an
 *   empty string, and a batch answers 200 (conflict C01 of the contract data).
 */
export function readAnswer(method: string, status: number, body: unknown): Outcome<Record<string, unknown>> {
	if (isRecord(body) && 'error' in body) return failed(portalFailure(method, status, body));
	if (isRecord(body) && 'result' in body && status < 300) return success(body);
	if (status >= 500 || status < 300) {
		const text = status < 300 ? 'The answer was cut or is no JSON' : `The portal answered with status ${status} and no reason`;
		return failed({ kind: 'unknown', status, code: '', text, method });
	}
	return failed({ kind: 'unreachable', status, code: '', text: `This address answered with status ${status}, but not as a Bitrix24 portal does`, method });
}

/**
 * Reads an error body `{error, error_description}`.
 *
 * @returns the failure, its kind judged by the code, because statuses differ between documentation and server
 *   (conflicts C13, C14, C26 of the contract data).
 */
export function portalFailure(method: string, status: number, body: Record<string, unknown>): Failure {
	const code = typeof body.error === 'string' ? body.error : String(body.error ?? '');
	const text = typeof body.error_description === 'string' ? body.error_description : '';
	const kind = LIMIT_CODES.has(code) ? 'limited' : TOKEN_CODES.has(code) ? 'credential' : 'refused';
	return { kind, status, code, text: text || code || `Refused with status ${status}`, method };
}

/** True for a plain object; lists are none. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
