import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../bitrix24/failure';
import type { JsonObject } from '../../../bitrix24/decode';
import { searchClients } from '../../../bitrix24/methods/calls';
import { ask, askEach, optional, type Conversation } from '../../../bitrix24/plan';
import { otherSpellings } from '../../../bitrix24/numbers';
import type { OutputFields } from '../../common/outputSchema';
import { optionalChoice } from './choice';
import { flag } from './kinds';

/** The source of a client that a call creates, for a collection. */
export const crmSource = optionalChoice({
	displayName: 'Source',
	name: 'crmSource',
	description: 'Source of a client that is created',
	search: 'searchSources',
	code: 'Code',
	example: 'CALL',
});

/** Whether {@link clientsWith} looks further. */
export const allSpellings = flag({
	displayName: 'All Usual Spellings',
	name: 'allSpellings',
	default: true,
	description:
		'Whether a number that is not found is looked for in other spellings: with and without plus, with 00, and with 0 or 8 in place of its country code',
});

/**
 * Finds the clients with a number. Other spellings cost one more request, when the given one finds nobody.
 *
 * @param isThorough whether to try the other spellings; the first that finds somebody counts.
 */
export function* clientsWith(phoneNumber: string, isThorough: boolean): Conversation<JsonObject[]> {
	const found = yield* ask(searchClients(phoneNumber));
	if (found.length > 0 || !isThorough) return found;
	const further = yield* askEach(otherSpellings(phoneNumber).map((one) => optional(searchClients(one))));
	return further.find((clients) => clients && clients.length > 0) ?? [];
}

/** The responsible employee of a client, with the state of their working day; empty when nobody was found. */
export function managerOf(client: JsonObject | undefined): JsonObject {
	return isRecord(client?.ASSIGNED_BY) ? client.ASSIGNED_BY : {};
}

/** The client in one flat item; every field null when nobody was found. */
export function clientFields(client: JsonObject | undefined): IDataObject {
	const { USER_PHONE_INNER, TIMEMAN_STATUS } = managerOf(client);
	return {
		CRM_ENTITY_TYPE: client?.CRM_ENTITY_TYPE ?? null,
		CRM_ENTITY_ID: client?.CRM_ENTITY_ID ?? null,
		CLIENT_NAME: client?.NAME ?? null,
		MANAGER_ID: client?.ASSIGNED_BY_ID ?? null,
		MANAGER_EXTENSION: USER_PHONE_INNER ?? null,
		MANAGER_STATUS: TIMEMAN_STATUS ?? null,
	};
}

/** Types of {@link clientFields}. */
export const CLIENT: OutputFields = {
	CRM_ENTITY_TYPE: 'string?',
	CRM_ENTITY_ID: 'integer?',
	CLIENT_NAME: 'string?',
	MANAGER_ID: 'integer?',
	MANAGER_EXTENSION: 'string?',
	MANAGER_STATUS: 'string?',
};
