import type { Caller, Core } from '../../core';
import { RestError } from '../../errors';
import type { Wire } from '../../php/json';
import { entries, isMap, toInt, toText, type PhpMap, type PhpValue } from '../../php/values';
import type { Client, Deal } from '../../state/model';
import { cast, method, type Method } from '../method';

const facts = { scopes: ['crm'], context: 'any', keys: 'exact' } as const;

/** [D api-reference/crm/data-types.md, object_type] */
const TYPE_IDS: Readonly<Record<string, number>> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4 };

/**
 * crm.item.update, of which telephony needs assignedById; other fields are ignored, as the real one ignores those it
 * does not know. Documented only, no trace of a live portal. [D api-reference/crm/universal/crm-item-update.md; the
 * text for an item that is not there, and the check of the employee, are I]
 */
const itemUpdate = method({
	...facts,
	name: 'crm.item.update',
	params: { entityTypeId: cast.int, id: cast.int, fields: cast.raw },
	run({ core, caller, params: { entityTypeId, id, fields } }) {
		if (!Object.values(TYPE_IDS).includes(entityTypeId)) throw new RestError(400, 'NOT_FOUND', 'SPA not found');
		requireCrm(caller);
		const item = findItem(core, entityTypeId, id);
		if (!item) throw new RestError(400, 'NOT_FOUND', 'Element not found');
		const wanted = assignee(fields);
		if (wanted !== undefined) {
			if (!core.state.employees.has(wanted))
				throw new RestError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value of the field "Responsible person"');
			item.assignedById = wanted;
			core.changes.tell('client', 'updated', { id });
		}
		return { item: { id: item.id, title: item.title, assignedById: item.assignedById, entityTypeId } };
	},
});

/**
 * crm.activity.update, of which telephony needs RESPONSIBLE_ID, and COMPLETED of to-dos. Documented only.
 * [D crm-activity-update.md, which is deprecated; dev.1c-bitrix.ru crm_activity_update.php closes an activity with it]
 */
const activityUpdate = method({
	...facts,
	keys: 'upper',
	name: 'crm.activity.update',
	params: { ID: cast.int, FIELDS: cast.raw },
	run({ core, caller, params: { ID: id, FIELDS: fields } }) {
		const activity = core.state.callActivities.get(id) ?? core.state.activities.find((todo) => todo.id === id);
		if (!activity) throw new RestError(400, '', 'Activity is not found.');
		if (!caller.employee.rights.crm) throw new RestError(400, '', 'Access denied.');
		const { RESPONSIBLE_ID, COMPLETED }: PhpMap = isMap(fields) ? fields : {};
		if (RESPONSIBLE_ID !== undefined) activity.responsibleId = toInt(RESPONSIBLE_ID);
		if (COMPLETED !== undefined && 'completed' in activity) activity.completed = toText(COMPLETED) === 'Y';
		return true;
	},
});

/** crm.activity.binding.list. Documented only. [D crm-activity-binding-list.md] */
const bindingList = method({
	...facts,
	name: 'crm.activity.binding.list',
	params: { activityId: cast.int },
	run({ core, caller, params: { activityId } }): Wire {
		requireCrm(caller);
		const activity = core.state.callActivities.get(activityId);
		if (!activity) throw new RestError(400, 'NOT_FOUND', 'Element not found');
		return activity.bindings.map(({ ENTITY_TYPE, ENTITY_ID }) => ({
			entityTypeId: TYPE_IDS[ENTITY_TYPE],
			entityId: ENTITY_ID,
		}));
	},
});

/** What telephony changes in the CRM. */
export const itemMethods: readonly Method[] = [itemUpdate, activityUpdate, bindingList];

function requireCrm(caller: Caller): void {
	if (!caller.employee.rights.crm) throw new RestError(400, 'ACCESS_DENIED', 'Access denied');
}

function findItem({ state }: Core, entityTypeId: number, id: number): Client | Deal | undefined {
	if (entityTypeId === TYPE_IDS.DEAL) return state.deals.find((deal) => deal.id === id);
	return state.clients.find((client) => TYPE_IDS[client.type] === entityTypeId && client.id === id);
}

function assignee(fields: PhpValue | undefined): number | undefined {
	const given = isMap(fields) ? entries(fields).find(([name]) => name === 'assignedById') : undefined;
	return given && toInt(given[1]);
}
