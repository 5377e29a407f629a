import { asObjectWithNumber, asRows, asYes, toId, type JsonObject } from '../decode';
import type { Call } from '../plan';

/** Codes of CRM types (documentation, crm/data-types, object types). */
const TYPE_IDS: Record<string, number> = { LEAD: 1, DEAL: 2, CONTACT: 3, COMPANY: 4 };

/** What an activity belongs to. */
export interface Owner {
	typeId: number;
	id: number;
}

/** A to-do that reminds of a call. */
export interface FollowUp {
	owner: Owner;
	callId: string;
	title: string;
	description: string;
	/** ISO 8601 with offset. */
	due: string;
	responsibleId: number | undefined;
}

/** A client of a search as the owner of activities; undefined for one that none can belong to. */
export function ownerOf({ CRM_ENTITY_TYPE, CRM_ENTITY_ID }: JsonObject): Owner | undefined {
	const [typeId, id] = [TYPE_IDS[String(CRM_ENTITY_TYPE)], toId(CRM_ENTITY_ID)];
	return typeId === undefined || id === undefined ? undefined : { typeId, id };
}

/** `crm.activity.list`: the owner's newest to-dos, fifty at most (provider CRM_TODO). */
export function todos({ typeId, id }: Owner, onlyOpen: boolean): Call<JsonObject[]> {
	return {
		method: 'crm.activity.list',
		parameters: {
			filter: { OWNER_TYPE_ID: typeId, OWNER_ID: id, PROVIDER_ID: 'CRM_TODO', ...(onlyOpen && { COMPLETED: 'N' }) },
			order: { ID: 'DESC' },
			select: ['ID', 'DESCRIPTION', 'COMPLETED', 'RESPONSIBLE_ID', 'DEADLINE'],
		},
		decode: asRows,
		effect: 'read',
	};
}

/**
 * `crm.activity.todo.add`. It keeps no id of ours, so the description names the call, by which a to-do is found again.
 */
export function addFollowUp({ owner, callId, title, description, due, responsibleId }: FollowUp): Call<JsonObject> {
	return {
		method: 'crm.activity.todo.add',
		parameters: {
			ownerTypeId: owner.typeId,
			ownerId: owner.id,
			deadline: due,
			title,
			responsibleId,
			description: [description, `${MARK}${callId}`].filter(Boolean).join('\n'),
		},
		decode: asObjectWithNumber('id'),
		effect: 'once',
		evidence: {
			ask: () => todos(owner, false),
			read: (rows) => {
				const row = followUpOf(callId, asRows(rows));
				return row && { id: Number(row.ID) };
			},
		},
	};
}

/**
 * `crm.activity.update`, which closes an activity. The documentation says that it is developed no further, and names no
 * other method that closes one.
 */
export function completeActivity(id: number): Call<true> {
	return {
		method: 'crm.activity.update',
		parameters: { id, fields: { COMPLETED: 'Y' } },
		decode: asYes,
		effect: 'repeatable',
	};
}

const MARK = 'CALL_ID: ';

/** The to-do that reminds of a call. */
export function followUpOf(callId: string, rows: JsonObject[]): JsonObject | undefined {
	return rows.find((row) => markedId(row) === callId);
}

/** Whether a to-do reminds of a call, of whichever. */
export function isFollowUp(row: JsonObject): boolean {
	return markedId(row) !== undefined;
}

/** Whoever edits a to-do may write around it, and the editor may put tags there. */
function markedId({ DESCRIPTION }: JsonObject): string | undefined {
	return /CALL_ID: ([^\s<[]+)/.exec(String(DESCRIPTION ?? ''))?.[1];
}
