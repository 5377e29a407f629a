import { unixTime, type Clock } from '../clock';
import type { Core } from '../core';
import { md5 } from '../state/ids';
import type { AccessToken, Application, RefreshToken } from '../state/model';
import { tokenText } from './tokenText';

/** Lifetimes in seconds; that of a refresh token is a switch (C31). [D settings/oauth/index.md] */
export const LIFETIME = { code: 30, access: 3600 } as const;
/** [S rest/lib/event/session.php; SO] From this depth on, changes made with tokens of events cause no events. */
export const HOP_LIMIT = 7;

type TokenCore = Pick<Core, 'state' | 'clock' | 'switches'>;

/** Issues an access token for an employee. */
export function issueAccessToken(core: TokenCore, application: Application, userId: number, hops = 0): AccessToken {
	const expiresAt = core.clock.now() + LIFETIME.access * 1000;
	const token: AccessToken = {
		token: text(core, application, userId, expiresAt, hops),
		applicationId: application.id,
		userId,
		scopes: [...application.scopes],
		expiresAt,
		hops,
	};
	core.state.accessTokens.set(token.token, token);
	return token;
}

/** Issues the refresh token that goes with an access token. */
export function issueRefreshToken(core: TokenCore, application: Application, access: AccessToken): RefreshToken {
	const expiresAt = core.clock.now() + core.switches.refreshTokenDays * 24 * 3600 * 1000;
	const token: RefreshToken = {
		token: text(core, application, access.userId, expiresAt, access.hops),
		applicationId: application.id,
		userId: access.userId,
		expiresAt,
		accessToken: access.token,
	};
	core.state.refreshTokens.set(token.token, token);
	return token;
}

/** Unix time at which an access token that is issued now expires. */
export function expiryTime(clock: Clock): number {
	return unixTime(clock) + LIFETIME.access;
}

/** The portal has no number of its own, so its member id lends one. */
function text(core: TokenCore, application: Application, userId: number, expiresAt: number, hops: number): string {
	const portalId = Number.parseInt(md5(core.state.settings.memberId).slice(0, 8), 16);
	return tokenText({ expiresAt, clientId: application.id, portalId, userId, hopsLeft: HOP_LIMIT - hops });
}
