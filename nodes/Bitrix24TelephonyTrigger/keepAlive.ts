import type { IWebhookFunctions } from 'n8n-workflow';
import { messageOf } from '../../bitrix24/failure';
import { profile } from '../../bitrix24/methods/portal';
import { clock } from '../common/clock';
import { BRIEF, connect, lastUse } from '../common/connection';
import { failureText } from '../common/failures';

/**
 * Milliseconds. A day is far below the shortest life of a refresh token that any source names, 28 days (conflict
 * C31).
 */
const IDLE = 24 * 3_600_000;

/**
 * Keeps the connection of a credential alive that only receives events. n8n renews a token only when a call is
 * refused for
 * it (n8n-core oauth.js), so without calls the refresh token ends one day. When this process has not used the
 * credential
 * for a day, one small call is made: an expired token is renewed by that, as Bitrix24 wants it
 * (settings/oauth/auto-renewal).
 * It costs the credential's reading once a day and process; call it last, and wait for nothing. Never throws.
 */
export async function keepAlive(context: IWebhookFunctions): Promise<void> {
	if (clock.now() - (lastUse(context) ?? 0) < IDLE) return;
	try {
		const portal = await connect(context, BRIEF);
		const answer = await portal.ask(profile);
		if (!answer.ok) warn(context, failureText(answer.failure));
	} catch (error) {
		warn(context, messageOf(error));
	}
}

function warn(context: IWebhookFunctions, reason: string): void {
	context.logger.warn(
		`The connection to Bitrix24 could not be kept alive. Events still arrive; check the credential. ${reason}`,
	);
}
