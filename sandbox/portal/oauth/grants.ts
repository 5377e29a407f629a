import type { Core } from '../core';
import type { Application } from '../state/model';
import { TokenFailure } from './failures';

/** What is exchanged for tokens. */
interface Grant {
	readonly applicationId: number;
	readonly userId: number;
	readonly expiresAt: number;
}

/**
 * Takes an authorisation code. It lives 30 s; whether it works twice is open (C32). [D, SO]
 * @returns id of the employee who logged in
 * @throws TokenFailure when it is unknown, another application's, or expired (C33)
 */
export function redeemCode(core: Core, application: Application, code: string): number {
	const known = valid(core, application, core.state.codes.get(code), 'authorization');
	if (core.switches.usedCode === 'dies') core.state.codes.delete(code);
	return known.userId;
}

/**
 * Takes a refresh token. Whether a used one dies, and takes its access token along, is open (C32).
 * @returns id of the employee
 * @throws TokenFailure when it is unknown, another application's, or expired (C33)
 */
export function redeemRefreshToken(core: Core, application: Application, token: string): number {
	const { state, switches } = core;
	const known = valid(core, application, state.refreshTokens.get(token), 'refresh');
	if (switches.usedRefreshToken === 'dies') state.refreshTokens.delete(token);
	if (switches.accessTokenAfterRenewal === 'dies') state.accessTokens.delete(known.accessToken);
	return known.userId;
}

/** A token of another application fails at its signature, before anybody looks at its end. [SO] */
function valid<Kind extends Grant>(
	core: Core,
	application: Application,
	known: Kind | undefined,
	kind: 'authorization' | 'refresh',
): Kind {
	if (known?.applicationId !== application.id) throw new TokenFailure('invalid_grant');
	if (known.expiresAt > core.clock.now()) return known;
	if (core.switches.expiredGrant === 'invalid_grant') throw new TokenFailure('invalid_grant');
	throw new TokenFailure('expired_token', `The ${kind} token provided has expired.`);
}
