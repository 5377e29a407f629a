import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { portalUrl, type Core } from '../core';
import { rawRequest, acceptAnyBody, type RawRequest } from '../http/raw';
import { readParameters } from '../http/parameters';
import { strike } from '../http/trouble';
import { applicationByClientId } from '../state/find';
import type { Application } from '../state/model';
import { toText, type PhpMap } from '../php/values';
import { expiryTime, issueAccessToken, issueRefreshToken, LIFETIME } from './tokens';

const FAULTS = ['resetBeforeWork', 'resetAfterWork', 'delay', 'html502', 'html503', 'html504', 'html504AfterWork', 'cutJson', 'wrongContentType', 'error'] as const;

/** A failure of the token endpoint. Note the status 200 of wrong_client. [K b24pysdk, b24phpsdk] */
const FAILURES: Record<string, readonly [status: number, description: string]> = {
	wrong_client: [200, 'Unknown client'],
	invalid_client: [400, 'Client authentication failed'],
	invalid_grant: [400, 'The authorization grant is invalid or has expired'],
	invalid_request: [400, ''],
	invalid_scope: [403, 'The requested scope is wider than the one of the application'],
	insufficient_scope: [403, 'The requested scope is wider than the one of the application'],
	NOT_INSTALLED: [401, 'Application not installed'],
	PAYMENT_REQUIRED: [401, 'Payment required'],
};

class TokenFailure extends Error {
	constructor(readonly code: string, readonly description = FAILURES[code]?.[1] ?? code) {
		super(code);
	}
}

/** Serves /oauth/token/ of the authorisation server, by GET and by POST. [D settings/oauth/index.md; K POST] */
export function serveTokens(app: FastifyInstance, core: Core): void {
	app.register(async (scope) => {
		acceptAnyBody(scope);
		for (const url of ['/oauth/token/', '/oauth/token']) {
			scope.route({ method: ['GET', 'POST'], url, handler: (request, reply) => handle(core, rawRequest(request), request, reply) });
		}
	});
}

async function handle(core: Core, raw: RawRequest, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const fault = core.faults.take('oauth/token', FAULTS);
	if (fault && (await strike(core, fault, 'before', request, reply))) return reply;
	const { all } = await readParameters(raw);
	let status = 200;
	let body: Record<string, unknown>;
	try {
		if (fault?.kind === 'error') throw new TokenFailure(fault.code ?? 'invalid_grant');
		body = grant(core, withBasic(all, raw.headers.authorization));
	} catch (error) {
		if (!(error instanceof TokenFailure)) throw error;
		status = FAILURES[error.code]?.[0] ?? 400;
		body = { error: error.code, error_description: error.description };
	}
	const text = JSON.stringify(body);
	if (fault && (await strike(core, fault, 'after', request, reply, text))) return reply;
	core.changes.tell('token', status === 200 && body.error === undefined ? 'issued' : 'refused', { grant: toText(all.grant_type) });
	return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text);
}

function grant(core: Core, sent: PhpMap): Record<string, unknown> {
	const grantType = required(sent, 'grant_type');
	const application = applicationByClientId(core.state, required(sent, 'client_id'));
	if (!application) throw new TokenFailure('wrong_client');
	if (required(sent, 'client_secret') !== application.clientSecret) throw new TokenFailure('invalid_client');
	if (!application.active) throw new TokenFailure('NOT_INSTALLED');
	if (application.paymentExpired) throw new TokenFailure('PAYMENT_REQUIRED');
	const asked = toText(sent.scope).split(/[\s,]+/).filter((scope) => scope !== '');
	if (asked.some((scope) => !application.scopes.includes(scope))) throw new TokenFailure('invalid_scope');
	switch (grantType) {
		case 'authorization_code':
			return answer(core, application, redeemCode(core, application, required(sent, 'code')), false);
		case 'refresh_token':
			return answer(core, application, redeemRefreshToken(core, application, required(sent, 'refresh_token')), true);
		default:
			throw new TokenFailure('invalid_request', `Grant type "${grantType}" is not supported`);
	}
}

function required(sent: PhpMap, name: string): string {
	const value = toText(sent[name]);
	if (value === '') throw new TokenFailure('invalid_request', `No "${name}" parameter found`);
	return value;
}

/** A code lives 30 s and works once. [D] */
function redeemCode(core: Core, application: Application, code: string): number {
	const known = core.state.codes.get(code);
	core.state.codes.delete(code);
	if (!known || known.applicationId !== application.id || known.expiresAt <= core.clock.now()) throw new TokenFailure('invalid_grant');
	return known.userId;
}

/** Whether a used refresh token lives on is not known, hence a switch. */
function redeemRefreshToken(core: Core, application: Application, token: string): number {
	const known = core.state.refreshTokens.get(token);
	if (!known || known.applicationId !== application.id || known.expiresAt <= core.clock.now()) throw new TokenFailure('invalid_grant');
	if (core.switches.usedRefreshToken === 'dies') core.state.refreshTokens.delete(token);
	return known.userId;
}

/** `domain` is the authorisation server, not the portal, and there is no token_type. [D settings/oauth/index.md] */
function answer(core: Core, application: Application, userId: number, isRefresh: boolean): Record<string, unknown> {
	const access = issueAccessToken(core.state, core.clock, application, userId);
	const refresh = issueRefreshToken(core.state, core.clock, application, userId);
	return {
		access_token: access.token, ...(isRefresh ? { expires: expiryTime(core.clock) } : {}), expires_in: LIFETIME.access,
		scope: application.scopes.join(','), domain: new URL(core.authorizationUrl()).host, server_endpoint: `${core.authorizationUrl()}/rest/`,
		status: application.status, client_endpoint: `${portalUrl(core)}/rest/`, member_id: core.state.settings.memberId,
		...(isRefresh ? { user_id: userId } : {}), refresh_token: refresh.token,
	};
}

/** Published integrations send the client's id and secret as HTTP Basic for the code. [I] */
function withBasic(sent: PhpMap, header: string | undefined): PhpMap {
	const basic = /^basic\s+(\S+)/i.exec(header ?? '')?.[1];
	if (basic === undefined) return sent;
	const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	return { client_id: decodeURIComponentSafely(id), client_secret: decodeURIComponentSafely(secret), ...sent };
}

function decodeURIComponentSafely(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
