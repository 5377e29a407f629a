import { asObject, asObjectWithNumber, asRows, asYes, type JsonObject } from '../decode';
import type { Call } from '../plan';

/** Numbers of the CRM's types (b24-rest-docs, api-reference/crm/data-types.md, object_type). */
export const ENTITY_TYPE_IDS = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4 } as const;

/** What an employee can be responsible for. */
export type EntityType = keyof typeof ENTITY_TYPE_IDS;

/** A lead, deal, contact or company. */
export interface Entity {
	type: EntityType;
	id: number;
}

/** The type of a word as the portal writes it; undefined for one that telephony knows nothing of. */
export function entityType(name: unknown): EntityType | undefined {
	return Object.keys(ENTITY_TYPE_IDS).find((one): one is EntityType => one === name);
}

/**
 * `crm.item.update` with another responsible employee. It saves nothing when nothing changes
 * (b24-rest-docs, api-reference/crm/universal/crm-item-update.md).
 */
export function setResponsible({ type, id }: Entity, userId: number): Call<JsonObject> {
	return {
		method: 'crm.item.update',
		parameters: { entityTypeId: ENTITY_TYPE_IDS[type], id, fields: { assignedById: userId } },
		decode: (result) => asObjectWithNumber('id')(asObject(result).item),
		effect: 'repeatable',
	};
}

/**
 * `crm.activity.update` with another responsible employee. The documentation calls the method outdated; what it
 * recommends instead takes planned activities only (b24-rest-docs, crm-activity-update.md,
 * crm-activity-todo-update.md).
 */
export function setActivityResponsible(activityId: number, userId: number): Call<true> {
	return {
		method: 'crm.activity.update',
		parameters: { id: activityId, fields: { RESPONSIBLE_ID: userId } },
		decode: asYes,
		effect: 'repeatable',
	};
}

/** `crm.activity.binding.list`: what an activity is bound to, as far as the employee of the credential may see it. */
export function boundTo(activityId: number): Call<Entity[]> {
	return { method: 'crm.activity.binding.list', parameters: { activityId }, decode: asEntities, effect: 'read' };
}

/** Leaves out what telephony knows nothing of, such as items of smart processes. */
function asEntities(result: unknown): Entity[] {
	return asRows(result).flatMap(({ entityTypeId, entityId }) => {
		const type = Object.entries(ENTITY_TYPE_IDS).find(([, id]) => id === Number(entityTypeId))?.[0];
		const known = entityType(type);
		return known ? [{ type: known, id: Number(entityId) }] : [];
	});
}
