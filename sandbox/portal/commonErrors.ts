import { RestError } from './errors';
import type { Switches } from './switches';

type Status = number | ((switches: Switches) => number);

/**
 * Errors that any method can answer with: code, status, text. Statuses on which documentation and server disagree
 * depend on switches; that of wrong_client is not known, 401 is a guess. [DS SERVER "Answers and errors"]
 */
const COMMON: Record<string, readonly [Status, string]> = {
	ERROR_METHOD_NOT_FOUND: [404, 'Method not found!'],
	NO_AUTH_FOUND: [401, 'Wrong authorization data'],
	expired_token: [401, 'The access token provided has expired'],
	invalid_token: [401, 'Unable to get application by token'],
	wrong_client: [401, ''],
	APPLICATION_NOT_FOUND: [401, 'Application not found'],
	NOT_INSTALLED: [401, 'Application not installed'],
	PAYMENT_REQUIRED: [401, 'Payment required'],
	authorization_error: [401, 'Unable to authorize user'],
	insufficient_scope: [
		(switches) => switches.scopeErrorStatus,
		'The request requires higher privileges than provided by the access token',
	],
	user_access_error: [(switches) => switches.scopeErrorStatus, 'The user does not have access to the application.'],
	ACCESS_DENIED: [403, 'Access denied!'],
	WRONG_AUTH_TYPE: [403, 'Current authorization type is denied for this method'],
	INVALID_CREDENTIALS: [(switches) => switches.webhookErrorStatus, 'Invalid request credentials'],
	INVALID_REQUEST: [(switches) => switches.plainHttpStatus, 'Https required.'],
	ERROR_CORE: [500, 'SQL query error!'],
	METHOD_CONFIRM_WAITING: [401, 'Waiting for confirmation'],
	METHOD_CONFIRM_DENIED: [403, 'Method call denied'],
	QUERY_LIMIT_EXCEEDED: [503, 'Too many requests'],
	OPERATION_TIME_LIMIT: [429, 'Method is blocked due to operation time limit.'],
	OVERLOAD_LIMIT: [503, 'REST API is blocked due to overload'],
	INTERNAL_SERVER_ERROR: [500, 'Internal server error'],
	ERROR_UNEXPECTED_ANSWER: [500, 'Server returned an unexpected response'],
	PORTAL_DELETED: [(switches) => switches.portalDeletedStatus, 'Portal was deleted'],
	CONNECTION_ERROR: [401, 'Error connecting to authorization server'],
};

/** Codes that {@link commonError} knows. */
export const COMMON_CODES: readonly string[] = Object.keys(COMMON);

/** Makes a common error. An unknown code gives a plain 400, so that any code can be tried as a fault. */
export function commonError(code: string, switches: Switches): RestError {
	const [status, description] = COMMON[code] ?? [400, code];
	return new RestError(typeof status === 'number' ? status : status(switches), code, description);
}
