import type { Caller, Core } from '../core';
import { commonError } from '../commonErrors';
import type { PhpMap } from '../php/values';
import { activeEmployee } from '../state/find';
import type { PortalState } from '../state/model';

/** Where a request says who it comes from. */
export interface Credentials {
	/** Text of the Authorization header. */
	header: string;
	/** Parameters, of which `auth` and `access_token` matter. */
	parameters: PhpMap;
	/** From the path /rest/<user>/<code>/<method>. */
	webhook?: { userId: number; code: string };
}

/**
 * Finds out who calls. Token places in order: header `Authorization: Bearer` (C34), parameter `auth`, parameter
 * `access_token`. [S rest/lib/oauth/auth.php]
 * @throws RestError of the 401 kinds
 */
export function authorize(core: Core, credentials: Credentials): Caller {
	return credentials.webhook ? byWebhook(core, credentials.webhook) : byToken(core, credentials);
}

function byToken(core: Core, { header, parameters }: Credentials): Caller {
	const { state, switches } = core;
	const fail = (code: string): Error => commonError(code, switches);
	const bearer = switches.bearerHeader === 'accepted' ? /^\s*bearer\s+(\S+)/i.exec(header)?.[1] : undefined;
	const sent = Object.entries({ auth: parameters.auth, access_token: parameters.access_token }).filter(
		(pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
	);
	const value = bearer ?? sent[0]?.[1];
	if (value === undefined) throw fail('NO_AUTH_FOUND');
	if (isApplicationToken(state, value)) throw fail('wrong_client');
	const token = state.accessTokens.get(value);
	if (!token) throw fail('invalid_token');
	if (token.expiresAt <= core.clock.now()) throw fail('expired_token');
	const application = state.applications.get(token.applicationId);
	if (!application) throw fail('APPLICATION_NOT_FOUND');
	if (!application.active) throw fail('NOT_INSTALLED');
	if (application.paymentExpired) throw fail('PAYMENT_REQUIRED');
	const employee = activeEmployee(state, token.userId);
	if (!employee) throw fail('authorization_error');
	if (application.allowedUsers.length > 0 && !application.allowedUsers.includes(employee.id))
		throw fail('user_access_error');
	return {
		kind: 'application',
		application,
		webhook: null,
		employee,
		scopes: token.scopes,
		token,
		authParameters: Object.fromEntries(sent),
	};
}

/**
 * Events carry the application token to prove where they come from; as an access token it is refused in its own way. [F
 * MikoPBX]
 */
function isApplicationToken(state: PortalState, value: string): boolean {
	return [...state.applications.values()].some(({ applicationToken }) => applicationToken === value);
}

/** An unknown code is no authorisation at all; a code of somebody else is a wrong one. [DS commonErrors] */
function byWebhook(core: Core, { userId, code }: { userId: number; code: string }): Caller {
	const webhook = core.state.webhooks.find((candidate) => candidate.code === code);
	if (!webhook) throw commonError('NO_AUTH_FOUND', core.switches);
	const employee = activeEmployee(core.state, userId);
	if (webhook.userId !== userId || !employee) throw commonError('INVALID_CREDENTIALS', core.switches);
	return {
		kind: 'webhook',
		application: null,
		webhook,
		employee,
		scopes: webhook.scopes,
		token: null,
		authParameters: {},
	};
}
