import type { Caller, Core } from '../../core';
import { accessDenied, argumentError, RestError } from '../../errors';
import { eventByName, EVENTS, hasScope, type EventFacts } from '../../events/catalogue';
import { isMap, toBool, toInt, toText, type PhpValue } from '../../php/values';
import { nextId } from '../../state/ids';
import type { Handler } from '../../state/model';
import { cast, method, type Method } from '../method';
import { requireHandlerUrl } from './handlerUrl';

const facts = { scopes: [], context: 'application', keys: 'upper' } as const;
const binding = {
	EVENT: cast.text,
	HANDLER: cast.text,
	AUTH_TYPE: cast.raw,
	EVENT_TYPE: cast.text,
	AUTH_CONNECTOR: cast.text,
	OPTIONS: cast.raw,
};

const bind = method({
	...facts,
	name: 'event.bind',
	params: binding,
	run({ core, caller, params, connector }) {
		if (params.EVENT === '') throw argumentError('EVENT');
		const offline = eventType(params.EVENT_TYPE) === 'offline';
		const event = eventByName(params.EVENT);
		if (!event || !hasScope(caller.scopes, event.scope))
			throw new RestError(400, 'ERROR_EVENT_NOT_FOUND', 'Event not found');
		if (offline) checkOffline(event, caller);
		else if (params.HANDLER === '') throw argumentError('HANDLER');
		else requireHandlerUrl(params.HANDLER);
		const handler: Handler = {
			id: 0,
			applicationId: applicationOf(caller),
			event: event.name,
			handler: offline ? '' : params.HANDLER,
			authType: offline ? 0 : bindAuthType(caller, params.AUTH_TYPE),
			offline,
			connector: offline ? connector : '',
			minTimeout: minTimeout(params.OPTIONS),
			userId: caller.employee.id,
		};
		if (core.state.handlers.some((present) => isSame(present, handler))) {
			throw new RestError(400, 'ERROR_CORE', 'Unable to set event handler: Handler already binded');
		}
		handler.id = nextId(core.state, 'handler');
		core.state.handlers.push(handler);
		core.changes.tell('handler', 'bound', { id: handler.id, event: event.name });
		return true;
	},
});

const unbind = method({
	...facts,
	name: 'event.unbind',
	params: binding,
	run({ core, caller, params, connector }) {
		if (params.EVENT === '') throw argumentError('EVENT');
		const offline = eventType(params.EVENT_TYPE) === 'offline';
		if (offline && !caller.employee.isAdmin)
			throw accessDenied('Offline events unbinding requires administrator access rights');
		if (!offline && params.HANDLER === '' && core.switches.unbindWithoutHandler === 'error')
			throw argumentError('HANDLER');
		const authType = unbindAuthType(caller, params.AUTH_TYPE);
		const leaves = (handler: Handler): boolean =>
			handler.applicationId === caller.application?.id &&
			handler.offline === offline &&
			handler.event === params.EVENT.toUpperCase() &&
			(offline ? handler.connector === connector : params.HANDLER === '' || handler.handler === params.HANDLER) &&
			(authType === undefined || handler.authType === authType);
		return { count: removeHandlers(core, leaves) };
	},
});

const get = method({
	...facts,
	name: 'event.get',
	params: {},
	run({ core, caller }) {
		const own = core.state.handlers.filter((handler) => handler.applicationId === caller.application?.id);
		return own
			.filter(
				(handler) =>
					caller.employee.isAdmin || handler.authType === caller.employee.id || handler.userId === caller.employee.id,
			)
			.map((handler) =>
				handler.offline
					? { event: handler.event, connector_id: handler.connector, offline: 1 }
					: { event: handler.event, handler: handler.handler, auth_type: String(handler.authType), offline: 0 },
			);
	},
});

const events = method({
	...facts,
	name: 'events',
	params: { SCOPE: cast.raw, FULL: cast.bool },
	run({ caller, params }) {
		return EVENTS.filter((event) =>
			params.SCOPE === undefined
				? params.FULL || hasScope(caller.scopes, event.scope)
				: event.scope === toText(params.SCOPE),
		).map((event) => event.name);
	},
});

const test = method({
	...facts,
	keys: 'exact',
	name: 'event.test',
	params: {},
	run({ core, caller, sent, connector }) {
		core.events.fire({
			event: 'ONAPPTEST',
			userId: caller.employee.id,
			onlyApplication: applicationOf(caller),
			hops: caller.token?.hops ?? 0,
			connector,
			data: { QUERY: sent },
		});
		return 1;
	},
});

/** event.* for handlers. [DS api-reference/events/*.md; S rest/lib/api/event.php] */
export const eventMethods: readonly Method[] = [bind, unbind, get, events, test];

/** Removes handlers and says how many. */
export function removeHandlers(core: Core, leaves: (handler: Handler) => boolean): number {
	const before = core.state.handlers.length;
	core.state.handlers = core.state.handlers.filter((handler) => !leaves(handler));
	const count = before - core.state.handlers.length;
	if (count > 0) core.changes.tell('handler', 'unbound', { count });
	return count;
}

function applicationOf(caller: Caller): number {
	return caller.application?.id ?? 0;
}

function eventType(sent: string): string {
	const type = sent === '' ? 'online' : sent.toLowerCase();
	if (type !== 'online' && type !== 'offline')
		throw argumentError('EVENT_TYPE', 'Value must be one of {online|offline}');
	return type;
}

function checkOffline(event: EventFacts, caller: Caller): void {
	if (!event.offline) throw argumentError('EVENT_TYPE', 'Offline event cannot be registered for this event.');
	if (!caller.employee.isAdmin) throw accessDenied('Offline events binding requires administrator access rights');
}

/** An employee who is no administrator is always bound with his own id. [S event api] */
function bindAuthType(caller: Caller, sent: PhpValue | undefined): number {
	const wanted = toInt(sent);
	if (caller.employee.isAdmin) return wanted;
	if (wanted !== 0 && wanted !== caller.employee.id)
		throw accessDenied('Event binding with AUTH_TYPE requires administrator access rights');
	return caller.employee.id;
}

/** From an employee who is no administrator only a JSON integer equal to his id passes. [S event api] */
function unbindAuthType(caller: Caller, sent: PhpValue | undefined): number | undefined {
	if (caller.employee.isAdmin) return sent === undefined || sent === null || sent === '' ? undefined : toInt(sent);
	if (sent !== undefined && sent !== caller.employee.id)
		throw accessDenied('Event unbinding with AUTH_TYPE requires administrator access rights');
	return caller.employee.id;
}

function isSame(a: Handler, b: Handler): boolean {
	return (
		a.applicationId === b.applicationId &&
		a.event === b.event &&
		a.handler === b.handler &&
		a.authType === b.authType &&
		a.offline === b.offline &&
		a.connector === b.connector
	);
}

/** [D event-bind.md] minTimeout of ONOFFLINEEVENT in seconds, 1 unless set. */
function minTimeout(options: PhpValue | undefined): number {
	const sent = isMap(options) ? options.minTimeout : undefined;
	return toBool(sent) ? Math.max(1, toInt(sent)) : 1;
}
