import type { HttpAnswer } from '../../bitrix24/portal';

/** What n8n's NodeApiError tells of a failed request. */
interface RequestError {
	httpCode?: string | null;
	message?: string;
	description?: string | null;
	context?: { data?: unknown };
	cause?: { code?: string; cause?: unknown; response?: { data?: unknown } };
}

/** Codes of connections that never came about. Any other broken connection may have delivered the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID']);

/**
 * Reads what n8n's request helpers throw.
 *
 * @returns status and body of an answer that was an error, or why there was none.
 */
export function readError(error: unknown): HttpAnswer {
	const { httpCode, message, context, cause } = error as RequestError;
	const status = Number(httpCode);
	if (status >= 100) return { status, body: context?.data ?? cause?.response?.data };
	const code = String(httpCode ?? cause?.code ?? '');
	if (NEVER_SENT.has(code)) return { status: 0, reason: 'unreachable', text: `The portal could not be reached (${code})` };
	if (code === '' || code === 'EAUTH') return { status: 0, reason: 'credential', text: message ?? 'The token could not be renewed' };
	return { status: 0, reason: 'unknown', text: `The connection broke before the portal answered (${code})` };
}
