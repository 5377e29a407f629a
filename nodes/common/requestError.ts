import type { HttpAnswer } from '../../bitrix24/portal';

/** What n8n's NodeApiError tells of a failed request. */
interface RequestError {
	httpCode?: string | null;
	message?: string;
	description?: string | null;
	context?: { data?: unknown };
	cause?: { code?: string; cause?: unknown; response?: { data?: unknown; headers?: Record<string, string> } };
}

/**
 * Connections that never came about, in words. Any other broken connection may have delivered the request. The codes
 * themselves must not reach the message: NodeApiError would replace it by n8n's own text, which advises to retry.
 */
const NEVER_SENT: Record<string, string> = {
	ECONNREFUSED: 'nothing listens there',
	ENOTFOUND: 'there is no such name',
	EAI_AGAIN: 'the name could not be looked up',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no network',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

const BROKEN: Record<string, string> = {
	ECONNABORTED: 'it took too long',
	ETIMEDOUT: 'it took too long',
	ECONNRESET: 'it was reset',
	EPIPE: 'the portal closed it',
};

/**
 * Reads what n8n's request helpers throw.
 *
 * @returns status and body of an answer that was an error, or why there was none.
 */
export function readError(error: unknown): HttpAnswer {
	const { httpCode, message, context, cause } = error as RequestError;
	const status = Number(httpCode);
	if (status >= 100) return { status, body: context?.data ?? cause?.response?.data, location: cause?.response?.headers?.location };
	const code = String(httpCode ?? cause?.code ?? '');
	const never = NEVER_SENT[code];
	if (never) return { status: 0, reason: 'unreachable', text: `The portal could not be reached: ${never}` };
	if (code === '' || code === 'EAUTH') return { status: 0, reason: 'credential', text: message ?? 'The token could not be renewed' };
	return { status: 0, reason: 'unknown', text: `The connection broke before the portal answered: ${BROKEN[code] ?? 'no reason is known'}` };
}
