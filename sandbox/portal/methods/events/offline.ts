import type { Caller, Core } from '../../core';
import { accessDenied, argumentError } from '../../errors';
import { isoDate } from '../../php/dates';
import type { Wire } from '../../php/json';
import { elements, entries, toInt, toText, type PhpValue } from '../../php/values';
import { hex } from '../../state/ids';
import type { OfflineEvent } from '../../state/model';
import { filterRows, sortRows, type FieldValue } from '../filter';
import { cast, method, type Method } from '../method';
import { page } from '../paging';

const facts = { scopes: [], context: 'application', keys: 'upper' } as const;
const LIMIT = 50;

const get = method({
	...facts,
	name: 'event.offline.get',
	params: {
		FILTER: cast.raw,
		ORDER: cast.raw,
		LIMIT: cast.raw,
		CLEAR: cast.raw,
		PROCESS_ID: cast.text,
		ERROR: cast.bool,
	},
	run({ core, caller, params, connector }) {
		requireAdmin(caller);
		const limit = params.LIMIT === undefined ? LIMIT : toInt(params.LIMIT);
		if (limit <= 0) throw argumentError('LIMIT', 'Value must be greater than zero');
		const clear = params.CLEAR === undefined || cast.bool(params.CLEAR);
		// The source throws a licence exception; its code and status are not known.
		if (!clear && !core.state.settings.offlineExtended)
			throw accessDenied('Feature rest_offline_extended is not available on this plan');
		const wanted = (row: OfflineEvent): boolean => row.processId === params.PROCESS_ID && (params.ERROR || !row.error);
		const rows = sorted(
			filterRows(own(core, caller, connector).filter(wanted), params.FILTER, field),
			params.ORDER,
		).slice(0, limit);
		const processId = clear ? null : params.PROCESS_ID !== '' ? params.PROCESS_ID : hex(32);
		if (clear) drop(core, new Set(rows));
		else for (const row of rows) Object.assign(row, { processId, reservedAt: core.clock.now() });
		return { process_id: processId, events: rows.map((row) => show(core, row)) };
	},
});

const list = method({
	...facts,
	name: 'event.offline.list',
	params: { FILTER: cast.raw, ORDER: cast.raw },
	run({ core, caller, params, start, connector }) {
		requireAdmin(caller);
		const rows = sorted(filterRows(own(core, caller, connector), params.FILTER, field), params.ORDER);
		return page(rows, start, (row) => ({
			...show(core, row),
			PROCESS_ID: row.processId,
			ERROR: row.error ? '1' : '0',
		}));
	},
});

const clear = method({
	...facts,
	name: 'event.offline.clear',
	params: { PROCESS_ID: cast.text, ID: cast.raw, MESSAGE_ID: cast.raw },
	run({ core, caller, params, connector }) {
		requireAdmin(caller);
		if (params.PROCESS_ID === '') throw argumentError('PROCESS_ID');
		const byMessage = chosen(params.MESSAGE_ID, (row) => row.messageId);
		const byId = chosen(params.ID, (row) => String(row.id));
		const [first, second] = core.switches.offlineClearLooksAt === 'message_id' ? [byMessage, byId] : [byId, byMessage];
		const picks = first ?? second ?? (() => true);
		drop(
			core,
			new Set(own(core, caller, connector).filter((row) => row.processId === params.PROCESS_ID && picks(row))),
		);
		return true;
	},
});

const error = method({
	...facts,
	name: 'event.offline.error',
	params: { PROCESS_ID: cast.text, MESSAGE_ID: cast.raw },
	run({ core, caller, params, connector }) {
		requireAdmin(caller);
		if (params.PROCESS_ID === '') throw argumentError('PROCESS_ID');
		const picks = chosen(params.MESSAGE_ID, (row) => row.messageId);
		if (!picks && core.switches.offlineErrorMessageId === 'required') throw argumentError('MESSAGE_ID');
		for (const row of own(core, caller, connector))
			if (row.processId === params.PROCESS_ID && (picks?.(row) ?? true)) row.error = true;
		core.changes.tell('offline', 'failed');
		return true;
	},
});

/** event.offline.* [DS api-reference/events/event-offline-*.md; S rest/lib/eventoffline.php] */
export const offlineMethods: readonly Method[] = [get, list, clear, error];

function requireAdmin(caller: Caller): void {
	if (!caller.employee.isAdmin) throw accessDenied();
}

/** Rows of the caller's application, without those that have expired. */
function own(core: Core, caller: Caller, connector: string): OfflineEvent[] {
	core.events.purgeOffline();
	return core.state.offlineEvents.filter(
		(row) => row.applicationId === caller.application?.id && row.connector === connector,
	);
}

function drop(core: Core, rows: ReadonlySet<OfflineEvent>): void {
	core.state.offlineEvents = core.state.offlineEvents.filter((row) => !rows.has(row));
	core.changes.tell('offline', 'cleared', { count: rows.size });
}

function chosen(
	sent: PhpValue | undefined,
	key: (row: OfflineEvent) => string,
): ((row: OfflineEvent) => boolean) | undefined {
	const wanted = new Set(elements(sent).map((value) => toText(value)));
	return wanted.size === 0 ? undefined : (row) => wanted.has(key(row));
}

function sorted(rows: readonly OfflineEvent[], order: PhpValue | undefined): OfflineEvent[] {
	const [name = 'TIMESTAMP_X', direction = 'ASC'] = entries(order)[0] ?? [];
	return sortRows(rows, name, toText(direction), field);
}

function field(row: OfflineEvent, name: string): FieldValue | undefined {
	switch (name) {
		case 'ID':
			return row.id;
		case 'TIMESTAMP_X':
			return row.timestamp;
		case 'EVENT_NAME':
			return row.event;
		case 'MESSAGE_ID':
			return row.messageId;
		case 'PROCESS_ID':
			return row.processId;
		case 'ERROR':
			return row.error ? 1 : 0;
		default:
			return undefined;
	}
}

function show(core: Core, row: OfflineEvent): Record<string, Wire> {
	return {
		ID: String(row.id),
		TIMESTAMP_X: isoDate(row.timestamp, core.state.settings.timeZone),
		EVENT_NAME: row.event,
		EVENT_DATA: row.data,
		EVENT_ADDITIONAL: row.userId === null ? false : { user_id: row.userId },
		MESSAGE_ID: row.messageId,
	};
}
