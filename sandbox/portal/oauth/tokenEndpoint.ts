import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { portalUrl, type Core } from '../core';
import { REQUEST_FAULTS } from '../faults';
import { rawRequest, acceptAnyBody, type RawRequest } from '../http/raw';
import { readParameters } from '../http/parameters';
import { strike } from '../http/trouble';
import { applicationByClientId } from '../state/find';
import type { Application } from '../state/model';
import { toText, type PhpMap } from '../php/values';
import { TokenFailure } from './failures';
import { redeemCode, redeemRefreshToken } from './grants';
import { expiryTime, issueAccessToken, issueRefreshToken, LIFETIME } from './tokens';

/**
 * Serves /oauth/token/ of the authorisation server, by GET and by POST. [D settings/oauth/index.md; F POST]
 * Client id and secret count in query and body only, never as HTTP Basic. [SO]
 */
export function serveTokens(app: FastifyInstance, core: Core): void {
	app.register(async (scope) => {
		acceptAnyBody(scope);
		for (const url of ['/oauth/token/', '/oauth/token']) {
			scope.route({
				method: ['GET', 'POST'],
				url,
				handler: (request, reply) => handle(core, rawRequest(request), request, reply),
			});
		}
	});
}

async function handle(
	core: Core,
	raw: RawRequest,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const fault = core.faults.take('oauth/token', REQUEST_FAULTS);
	if (fault && (await strike(core, fault, 'before', request, reply))) return reply;
	const { all } = await readParameters(raw);
	let status = 200;
	let body: Record<string, unknown>;
	try {
		if (fault?.kind === 'error') throw new TokenFailure(fault.code ?? 'invalid_grant');
		const { application, userId } = grant(core, all);
		body = answer(core, application, userId, raw.headers.host ?? '');
	} catch (error) {
		if (!(error instanceof TokenFailure)) throw error;
		({ status, body } = error);
	}
	const text = JSON.stringify(body);
	if (fault && (await strike(core, fault, 'after', request, reply, text))) return reply;
	core.changes.tell('token', status === 200 && body.error === undefined ? 'issued' : 'refused', {
		grant: toText(all.grant_type),
	});
	return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text);
}

function grant(core: Core, sent: PhpMap): { application: Application; userId: number } {
	const grantType = required(sent, 'grant_type');
	const application = applicationByClientId(core.state, required(sent, 'client_id'));
	if (!application) throw new TokenFailure('wrong_client');
	if (required(sent, 'client_secret') !== application.clientSecret) throw new TokenFailure('invalid_client');
	if (!application.active) throw new TokenFailure('NOT_INSTALLED');
	if (application.paymentExpired) throw new TokenFailure('PAYMENT_REQUIRED');
	const asked = toText(sent.scope)
		.split(/[\s,]+/)
		.filter((scope) => scope !== '');
	if (asked.some((scope) => !application.scopes.includes(scope))) throw new TokenFailure('invalid_scope');
	switch (grantType) {
		case 'authorization_code':
			return { application, userId: redeemCode(core, application, required(sent, 'code')) };
		case 'refresh_token':
			return { application, userId: redeemRefreshToken(core, application, required(sent, 'refresh_token')) };
		default:
			throw new TokenFailure('invalid_request', `Grant type "${grantType}" is not supported`);
	}
}

function required(sent: PhpMap, name: string): string {
	const value = toText(sent[name]);
	if (value === '') throw new TokenFailure('invalid_request', `No "${name}" parameter found`);
	return value;
}

/**
 * The same for both grants: `scope` is the word app (C30), `domain` the host that was asked, hence not the portal, and
 * there is no token_type. [F ten answers of 2020 to 2026, SO]
 */
function answer(core: Core, application: Application, userId: number, askedHost: string): Record<string, unknown> {
	const access = issueAccessToken(core, application, userId);
	const refresh = issueRefreshToken(core, application, access);
	return {
		access_token: access.token,
		expires: expiryTime(core.clock),
		expires_in: LIFETIME.access,
		scope: core.switches.tokenScope === 'app' ? 'app' : application.scopes.join(','),
		domain: askedHost,
		server_endpoint: `${core.authorizationUrl()}/rest/`,
		status: application.status,
		client_endpoint: `${portalUrl(core)}/rest/`,
		member_id: core.state.settings.memberId,
		user_id: userId,
		refresh_token: refresh.token,
	};
}
