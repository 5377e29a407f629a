import { unixTime } from '../clock';
import { portalUrl, type Core } from '../core';
import { expiryTime, issueAccessToken, issueRefreshToken, LIFETIME } from '../oauth/tokens';
import { buildForm } from '../php/form';
import type { Application } from '../state/model';
import type { EventFacts } from './catalogue';

type BodyCore = Pick<Core, 'state' | 'clock' | 'switches' | 'authorizationUrl'>;

/** What a delivery says besides its data. */
export interface Envelope {
	readonly event: EventFacts;
	readonly application: Application;
	/** Employee whose token the handler gets; null = nobody acted. */
	readonly userId: number | null;
	/** null for the installation address, which is no bound handler. */
	readonly handlerId: number | null;
	/** How many events deep a change made with the token will be. */
	readonly hops: number;
}

/** Builds the body of a delivery: event, event_handler_id, data, ts, auth. [DS SERVER "Delivery on the wire"] */
export function deliveryBody(core: BodyCore, envelope: Envelope, data: Readonly<Record<string, unknown>>): string {
	const withHandler = envelope.handlerId !== null && core.switches.handlerIdInEvents === 'present';
	return buildForm({
		event: envelope.event.name,
		event_handler_id: withHandler ? envelope.handlerId : null,
		data,
		ts: unixTime(core.clock),
		auth: authBlock(core, envelope),
	});
}

function authBlock(core: BodyCore, envelope: Envelope): Record<string, unknown> {
	const { settings } = core.state;
	const serverEndpoint = core.switches.serverEndpointInEvents === 'present' ? `${core.authorizationUrl()}/rest/` : null;
	const clientEndpoint = `${portalUrl(core)}/rest/`;
	const { application, userId } = envelope;
	if (userId === null || envelope.event.anonymous || core.switches.eventAuth === 'anonymous') {
		return {
			domain: settings.host, client_endpoint: clientEndpoint, server_endpoint: serverEndpoint,
			member_id: settings.memberId, application_token: application.applicationToken,
		};
	}
	const withRefresh = envelope.event.refreshToken || (core.switches.refreshTokenInEvents === 'present' && envelope.event.scope === 'telephony');
	return {
		access_token: issueAccessToken(core.state, core.clock, application, userId, envelope.hops).token,
		expires: expiryTime(core.clock), expires_in: LIFETIME.access,
		scope: application.scopes.join(core.switches.eventScopeSeparator === 'comma' ? ',' : ' '),
		domain: settings.host, server_endpoint: serverEndpoint, status: application.status, client_endpoint: clientEndpoint,
		member_id: settings.memberId, user_id: userId,
		refresh_token: withRefresh ? issueRefreshToken(core.state, core.clock, application, userId).token : null,
		application_token: application.applicationToken,
	};
}
