import type { Pbx } from '../../pbx';
import type { Application, PortalState } from '../../portal/state/model';
import { employeeName } from './people';

/** Permissions that a person can grant: those of telephony and its neighbours. */
const SCOPES = ['telephony', 'user', 'user_basic', 'user_brief', 'crm', 'call'];

/** A subscription of an application. */
export interface HandlerView {
	id: number;
	event: string;
	/** Address, or empty for the offline queue. */
	url: string;
	boundBy: string;
}

/** A permission (scope) of an application. */
export interface PermissionView {
	scope: string;
	granted: boolean;
	/** The token in use says otherwise, so the change takes effect when n8n connects again. */
	pending: boolean;
}

/** What a person enters in n8n, but the secret. */
export interface ConnectView {
	/** Addresses of the portal and of its authorisation server. */
	portal: string;
	authorizationServer: string;
	clientId: string;
	/** Of the application, as it is now. */
	handlerPath: string;
	pbx: { url: string; user: string; password: string; reportUrl: string; askUrl: string };
}

/** An application with what it may do and what it listens to. */
export interface ApplicationView {
	id: number;
	name: string;
	clientId: string;
	clientSecret: string;
	handlerUrl: string;
	scopes: string[];
	permissions: PermissionView[];
	installed: boolean;
	active: boolean;
	handlers: HandlerView[];
	lines: { id: number; number: string; name: string; crmAutoCreate: boolean; createdSilently: boolean }[];
}

/** What can be chosen as number for outgoing calls. The value is `<application id>:<line number>`. */
export interface OutgoingChoice {
	value: string;
	label: string;
	/** An application is offered by the portal as soon as it listens to ONEXTERNALCALLSTART. */
	listening: boolean;
}

/** All applications of the portal. */
export function applicationViews(state: PortalState): ApplicationView[] {
	return [...state.applications.values()].map((application) => ({
		id: application.id,
		name: application.name,
		clientId: application.clientId,
		clientSecret: application.clientSecret,
		handlerUrl: application.handlerUrl,
		scopes: application.scopes,
		permissions: permissionViews(state, application),
		installed: application.installed,
		active: application.active,
		handlers: state.handlers
			.filter((handler) => handler.applicationId === application.id)
			.map((handler) => ({
				id: handler.id,
				event: handler.event.toUpperCase(),
				url: handler.offline ? '' : handler.handler,
				boundBy: employeeName(state, handler.userId),
			})),
		lines: state.lines
			.filter((line) => line.applicationId === application.id)
			.map(({ id, number, name, crmAutoCreate, createdSilently }) => ({
				id,
				number,
				name,
				crmAutoCreate,
				createdSilently,
			})),
	}));
}

/** The application itself and each of its lines. */
export function outgoingChoices(state: PortalState): OutgoingChoice[] {
	return [...state.applications.values()].flatMap((application) => {
		const listening = state.handlers.some(
			(handler) => handler.applicationId === application.id && handler.event.toUpperCase() === 'ONEXTERNALCALLSTART',
		);
		const lines = state.lines.filter((line) => line.applicationId === application.id);
		return [
			{ value: `${application.id}:`, label: `${application.name} (the application itself)`, listening },
			...lines.map((line) => ({
				value: `${application.id}:${line.number}`,
				label: `${line.number} ${line.name}`.trim(),
				listening,
			})),
		];
	});
}

/** Value of the chosen outgoing number, see {@link OutgoingChoice}; empty when none is chosen. */
export function chosenOutgoing(state: PortalState): string {
	const chosen = state.settings.defaultLine;
	return chosen ? `${chosen.applicationId}:${chosen.lineNumber}` : '';
}

/** What a person enters in n8n to connect it. */
export function connectView(
	portal: { url: string; authorizationUrl: string },
	application: Application | undefined,
	{ url, user, password, globals }: Pick<Pbx, 'url' | 'user' | 'password' | 'globals'>,
): ConnectView {
	return {
		portal: portal.url,
		authorizationServer: portal.authorizationUrl,
		clientId: application?.clientId ?? '',
		handlerPath: application?.handlerUrl ?? '',
		pbx: { url, user, password, reportUrl: globals.B24_REPORT_URL ?? '', askUrl: globals.B24_ASK_URL ?? '' },
	};
}

/**
 * What the application may do, and what its token in use may not yet, or still. An access token keeps the permissions
 * with which it was issued.
 */
function permissionViews(state: PortalState, { id, scopes }: Application): PermissionView[] {
	const inUse = connectedScopes(state, id);
	return [...new Set([...SCOPES, ...scopes])].map((scope) => {
		const granted = scopes.includes(scope);
		return { scope, granted, pending: inUse !== undefined && inUse.includes(scope) !== granted };
	});
}

/** Scopes of the newest connection; those of an event's token are no connection. Undefined when there is none. */
function connectedScopes(state: PortalState, applicationId: number): readonly string[] | undefined {
	const newest = [...state.refreshTokens.values()].filter((token) => token.applicationId === applicationId).at(-1);
	return newest && state.accessTokens.get(newest.accessToken)?.scopes;
}
