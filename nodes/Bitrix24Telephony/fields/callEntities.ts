import type { IDataObject } from 'n8n-workflow';
import { toId } from '../../../bitrix24/decode';
import { boundTo, entityType, type Entity } from '../../../bitrix24/methods/crm';
import { history, rowWith, type HistoryRow } from '../../../bitrix24/methods/history';
import { ask, optional, type Conversation } from '../../../bitrix24/plan';
import type { Refusal } from '../shown';

/** The row of a finished call; undefined when the history does not show it. */
export function* finishedRow(callId: string): Conversation<HistoryRow | undefined> {
	return rowWith('CALL_ID', callId)(yield* ask(history({ CALL_ID: callId })));
}

/** What to say when {@link finishedRow} finds nothing. @param instead what to do with a running call */
export function noSuchRow(instead: string): Refusal {
	return {
		refused: 'This call is not in the history',
		hint: `It runs still, or the employee who connected the credential may not see it. ${instead}`,
	};
}

/**
 * The client of a call as the history names it, and with `all` everything else that its activity is bound to, such as
 * deals.
 *
 * @returns an empty list when the call has no client.
 */
export function* entitiesOf(
	{ CRM_ENTITY_TYPE, CRM_ENTITY_ID, CRM_ACTIVITY_ID }: HistoryRow,
	all: boolean,
): Conversation<Entity[]> {
	const type = entityType(CRM_ENTITY_TYPE);
	const id = toId(CRM_ENTITY_ID);
	const client = type && id ? [{ type, id }] : [];
	const activityId = toId(CRM_ACTIVITY_ID);
	const bound = all && activityId ? ((yield* ask(optional(boundTo(activityId)))) ?? []) : [];
	return [...client, ...bound.filter((one) => one.type !== type || one.id !== id)];
}

/** In the words of the portal. */
export function entityItem({ type, id }: Entity): IDataObject {
	return { CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: id };
}
