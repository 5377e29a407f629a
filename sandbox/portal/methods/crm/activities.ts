import type { Core } from '../../core';
import { RestError } from '../../errors';
import { isoDate, parseDate } from '../../php/dates';
import type { Wire } from '../../php/json';
import { entries, isMap, toInt, toText } from '../../php/values';
import { nextId } from '../../state/ids';
import type { Activity } from '../../state/model';
import { filterRows, sortRows, type FieldValue } from '../filter';
import { cast, method, type Method } from '../method';
import { page } from '../paging';

/** [D crm/data-types, object types] */
const OWNER_TYPES = ['', 'LEAD', 'DEAL', 'CONTACT', 'COMPANY'];

/** Only to-dos: the activities of calls are not kept here. [D crm-activity-todo-add.md] */
const todoAdd = method({
	name: 'crm.activity.todo.add',
	scopes: ['crm'],
	context: 'any',
	keys: 'exact',
	params: {
		ownerTypeId: cast.raw,
		ownerId: cast.raw,
		deadline: cast.raw,
		title: cast.text,
		description: cast.text,
		responsibleId: cast.int,
	},
	run({ core, caller, params }) {
		for (const name of ['ownerTypeId', 'ownerId', 'deadline'] as const) {
			if (params[name] === undefined) throw new RestError(400, '100', `Could not find value for parameter {${name}}`);
		}
		const [ownerTypeId, ownerId] = [toInt(params.ownerTypeId), toInt(params.ownerId)];
		if (!isThere(core, ownerTypeId, ownerId)) throw new RestError(400, 'NOT_FOUND', 'Not found.');
		if (!caller.employee.rights.crm) throw new RestError(400, 'ACCESS_DENIED', 'Access denied.');
		const deadline = parseDate(toText(params.deadline), core.state.settings.timeZone, core.clock.now());
		if (deadline === undefined) throw new RestError(400, 'WRONG_DATETIME_FORMAT', 'Wrong datetime format.');
		const activity: Activity = {
			id: nextId(core.state, 'activity'),
			ownerTypeId,
			ownerId,
			deadline,
			title: params.title,
			description: params.description,
			responsibleId: params.responsibleId || caller.employee.id,
			completed: false,
			createdAt: core.clock.now(),
		};
		core.state.activities.push(activity);
		return { id: activity.id };
	},
});

/** [D crm-activity-list.md] */
const list = method({
	name: 'crm.activity.list',
	scopes: ['crm'],
	context: 'any',
	keys: 'upper',
	params: { FILTER: cast.raw, ORDER: cast.raw, SELECT: cast.raw },
	run({ core, params, start }) {
		const wishes = isMap(params.ORDER) ? entries(params.ORDER).reverse() : [];
		const found = filterRows(core.state.activities, params.FILTER, fieldOf);
		const rows = wishes.reduce(
			(sorted, [name, direction]) => sortRows(sorted, name, toText(direction), fieldOf),
			found,
		);
		const wanted = entries(params.SELECT).map(([, name]) => toText(name));
		return page(rows, start, (row) => selected(show(row, core.state.settings.timeZone), wanted));
	},
});

/** To-dos in the timeline of a client. */
export const activityMethods: readonly Method[] = [todoAdd, list];

function isThere({ state }: Core, typeId: number, id: number): boolean {
	const type = OWNER_TYPES[typeId];
	return type === 'DEAL'
		? state.deals.some((deal) => deal.id === id)
		: state.clients.some((client) => client.type === type && client.id === id);
}

function fieldOf(row: Activity, name: string): FieldValue | undefined {
	const fields: Record<string, FieldValue> = {
		ID: row.id,
		OWNER_TYPE_ID: row.ownerTypeId,
		OWNER_ID: row.ownerId,
		PROVIDER_ID: 'CRM_TODO',
		COMPLETED: row.completed,
		RESPONSIBLE_ID: row.responsibleId,
		SUBJECT: row.title,
		DESCRIPTION: row.description,
		DEADLINE: row.deadline,
	};
	return fields[name];
}

/** TYPE_ID 6 is a custom activity; to-dos have it (comments on crm_enum_activitytype.php). */
function show(row: Activity, zone: string): Record<string, Wire> {
	return {
		ID: String(row.id),
		OWNER_ID: String(row.ownerId),
		OWNER_TYPE_ID: String(row.ownerTypeId),
		TYPE_ID: '6',
		PROVIDER_ID: 'CRM_TODO',
		PROVIDER_TYPE_ID: 'TODO',
		SUBJECT: row.title,
		CREATED: isoDate(row.createdAt, zone),
		DEADLINE: isoDate(row.deadline, zone),
		COMPLETED: row.completed ? 'Y' : 'N',
		STATUS: row.completed ? '2' : '1',
		RESPONSIBLE_ID: String(row.responsibleId),
		DESCRIPTION: row.description,
	};
}

function selected(row: Record<string, Wire>, wanted: string[]): Wire {
	if (wanted.length === 0 || wanted.includes('*')) return row;
	return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.includes(name)));
}
