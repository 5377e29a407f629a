import { unixTime, type Clock } from '../clock';
import { hex } from '../state/ids';
import type { AccessToken, Application, PortalState, RefreshToken } from '../state/model';

/** Lifetimes in seconds. [D settings/oauth/index.md, auto-renewal.md] */
export const LIFETIME = { code: 30, access: 3600, refresh: 180 * 24 * 3600 } as const;

/** Issues an access token for an employee. */
export function issueAccessToken(state: PortalState, clock: Clock, application: Application, userId: number, hops = 0): AccessToken {
	const token: AccessToken = {
		token: hex(70), applicationId: application.id, userId, scopes: [...application.scopes],
		expiresAt: clock.now() + LIFETIME.access * 1000, hops,
	};
	state.accessTokens.set(token.token, token);
	return token;
}

/** Issues a refresh token for an employee. */
export function issueRefreshToken(state: PortalState, clock: Clock, application: Application, userId: number): RefreshToken {
	const token: RefreshToken = { token: hex(70), applicationId: application.id, userId, expiresAt: clock.now() + LIFETIME.refresh * 1000 };
	state.refreshTokens.set(token.token, token);
	return token;
}

/** Unix time at which a token expires. */
export function expiryTime(clock: Clock): number {
	return unixTime(clock) + LIFETIME.access;
}
