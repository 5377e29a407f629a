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

/**
 * Builds the body of a delivery: event, event_handler_id, data, ts, auth. [DS SERVER "Delivery on the wire"]
 * @returns the body for a `ts`, in Unix time: which moment that is, is disputed (C35)
 */
export function deliveryBody(
	core: BodyCore,
	envelope: Envelope,
	data: Readonly<Record<string, unknown>>,
): (ts: number) => string {
	const withHandler = envelope.handlerId !== null && core.switches.handlerIdInEvents === 'present';
	const auth = authBlock(core, envelope);
	return (ts) =>
		buildForm({
			event: envelope.event.name,
			event_handler_id: withHandler ? envelope.handlerId : null,
			data,
			ts,
			auth,
		});
}

function authBlock(core: BodyCore, envelope: Envelope): Record<string, unknown> {
	const { settings } = core.state;
	const serverEndpoint = core.switches.serverEndpointInEvents === 'present' ? `${core.authorizationUrl()}/rest/` : null;
	const clientEndpoint = `${portalUrl(core)}/rest/`;
	const { application, userId } = envelope;
	if (userId === null || envelope.event.anonymous || core.switches.eventAuth === 'anonymous') {
		return {
			domain: settings.host,
			client_endpoint: clientEndpoint,
			server_endpoint: serverEndpoint,
			member_id: settings.memberId,
			application_token: application.applicationToken,
		};
	}
	const withRefresh =
		envelope.event.refreshToken ||
		(core.switches.refreshTokenInEvents === 'present' && envelope.event.scope === 'telephony');
	const access = issueAccessToken(core, application, userId, envelope.hops);
	return {
		access_token: access.token,
		expires: expiryTime(core.clock),
		expires_in: LIFETIME.access,
		scope: application.scopes.join(core.switches.eventScopeSeparator === 'comma' ? ',' : ' '),
		domain: settings.host,
		server_endpoint: serverEndpoint,
		status: application.status,
		date_finish: isLimited(application) ? application.dateFinish : null,
		client_endpoint: clientEndpoint,
		member_id: settings.memberId,
		user_id: userId,
		refresh_token: withRefresh ? issueRefreshToken(core, application, access).token : null,
		application_token: application.applicationToken,
	};
}

/** Trial and paid applications tell the end of their period. [SO] */
function isLimited({ status }: Application): boolean {
	return status === 'T' || status === 'P';
}
