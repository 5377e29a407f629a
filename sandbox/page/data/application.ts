import type { PortalState } from '../../portal/state/model';
import { employeeName } from './people';

/** A subscription of an application. */
export interface HandlerView {
	id: number;
	event: string;
	/** Address, or empty for the offline queue. */
	url: string;
	boundBy: string;
}

/** An application with what it may do and what it listens to. */
export interface ApplicationView {
	id: number;
	name: string;
	clientId: string;
	clientSecret: string;
	handlerUrl: string;
	scopes: string[];
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
