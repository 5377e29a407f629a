/**
 * Why a call to the portal brought no result.
 * - `refused`: the portal answered with an error; nothing of this call was carried out.
 * - `limited`: a limit of the portal stopped the call before it ran.
 * - `unreachable`: the request never arrived (name, connection, address).
 * - `credential`: there is no usable token; the credential must be connected again.
 * - `unknown`: the request went out and no usable answer came back. It may have been carried out.
 * - `cancelled`: the execution was stopped before the call went out.
 * - `file`: a file of the workflow could not be read; the portal was not asked.
 */
export type FailureKind = 'refused' | 'limited' | 'unreachable' | 'credential' | 'unknown' | 'cancelled' | 'file';

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
	/** For `limited`: milliseconds since 1970 from which the portal takes the method again. */
	retryAt?: number;
	/** For `limited`: what the answer says about `operating_reset_at`; the dispatcher reads and removes it. */
	time?: unknown;
	/** For `limited`: nobody waits longer for it. */
	isGivenUp?: boolean;
	/** For `unknown`: milliseconds for which the portal will most likely go on with the lost request. */
	pending?: number;
	/** For `unknown`: milliseconds after which the portal is done with the lost request in any case. */
	pendingAtMost?: number;
	/** For `unknown`: an answer came, but it made no sense. Asking again seldom helps. */
	isOdd?: boolean;
}

/** What came back of a request or a step: its value, or the failure in its place. */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Wraps a value. */
export function success<T>(value: T): { ok: true; value: T } {
	return { ok: true, value };
}

/** Wraps a failure. */
export function failed(failure: Failure): { ok: false; failure: Failure } {
	return { ok: false, failure };
}

/** The bucket of requests is full. Nothing ran (SERVER limits, settings/performance/limits). */
export const BURST_CODE = 'QUERY_LIMIT_EXCEEDED';

/** The method has used up its time of the last ten minutes. It did not run (rest/lib/engine/access/loadlimiter.php). */
export const OPERATING_CODE = 'OPERATION_TIME_LIMIT';

const LIMIT_CODES = new Set([BURST_CODE, OPERATING_CODE, 'OVERLOAD_LIMIT']);

/**
 * Only a new authorisation helps here; the others of status 401 have causes of their own (rest/lib/oauth/auth.php).
 * `wrong_client` turns up at REST as well, beside NO_AUTH_FOUND and at uploads (seen in the field).
 */
const TOKEN_CODES = new Set([
	'NO_AUTH_FOUND',
	'expired_token',
	'invalid_token',
	'invalid_grant',
	'wrong_client',
	'invalid_client',
]);

/** A request of this size is not taken. */
export const TOO_LARGE = 'The portal takes no request of this size';

/** The portal named an address for a file to which the token must not go. */
export const UNSAFE_UPLOAD = 'The portal named no safe address for the file';

/** The portal stumbled while it worked (SERVER, answers). */
const CRASH_CODES = new Set(['INTERNAL_SERVER_ERROR', 'ERROR_UNEXPECTED_ANSWER']);

/** True for a refusal that leaves open how far the portal came before it. */
export function isCrash({ kind, code }: Failure): boolean {
	return kind === 'refused' && CRASH_CODES.has(code);
}

/**
 * Reads one HTTP answer of the REST interface.
 *
 * @param method the REST method that was called, for the failure.
 * @param status HTTP status of the answer.
 * @param body the decoded JSON, or the text when it was none.
 * @returns the whole answer body on success. A failure is told by the presence of the key `error`: its value may be an
 *   empty string, and a batch answers 200 (conflict C01 of the contract data).
 */
export function readAnswer(method: string, status: number, body: unknown): Answer<Record<string, unknown>> {
	if (isRecord(body) && 'error' in body) return failed(portalFailure(method, status, body));
	if (isRecord(body) && 'result' in body && status < 300) return success(body);
	if (status >= 500 || status < 300) {
		const text =
			status < 300
				? 'The portal’s answer was cut off, or cannot be read'
				: `The portal answered with status ${status} and no reason`;
		return failed({ kind: 'unknown', status, code: '', text, method });
	}
	// The web server in front of the portal; nothing ran.
	if (status === 413) return failed({ kind: 'refused', status, code: '', text: TOO_LARGE, method });
	const text = `This address answered with status ${status}, but not as a Bitrix24 portal does`;
	return failed({ kind: 'unreachable', status, code: '', text, method });
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
	const time =
		code === OPERATING_CODE ? [body.time, body].find((one) => isRecord(one) && 'operating_reset_at' in one) : undefined;
	return {
		kind,
		status,
		code,
		text: text || code || `Bitrix24 refused this and gives no reason (status ${status})`,
		method,
		...(time ? { time } : {}),
	};
}

/** A call whose answer has not the shape it always has. It may have been carried out. */
export function oddAnswer(method: string, detail: string): Failure {
	return {
		kind: 'unknown',
		status: 200,
		code: '',
		text: `The portal answered with something unexpected: ${detail}`,
		method,
		isOdd: true,
	};
}

/** The fields of a plain object; none of anything else. */
export function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}

/** What was thrown, which need not be an error. */
export function errorOf(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What was thrown, in words. */
export function messageOf(thrown: unknown): string {
	return errorOf(thrown).message;
}

/** True for a plain object; lists are none. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
