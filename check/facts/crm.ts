import { say } from '../clean';
import { kind } from '../expectation';
import type { Question } from '../question';
import { refusal, shape, value } from './build';

/**
 * Dictionaries and call lists of the CRM. Their fields belong to Bitrix24's edition, so further ones are no difference.
 */
export const crmQuestions: readonly Question[] = [
	shape('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } }, { open: true }),
	value(
		'crm.status.list',
		say`param:filter`,
		{ filter: { ENTITY_ID: 'NO_SUCH_ENTITY' } },
		{ result: kind('empty list') },
	),
	shape('crm.currency.list', {}, { open: true }),
	shape('crm.calllist.list', { SELECT: ['ID', 'CREATED_BY_ID'] }, { optional: 'all' }),
	shape('crm.calllist.statuslist', {}),
	refusal('crm.calllist.get', 'ID is not found', {}),
	refusal('crm.calllist.items.get', 'LIST_ID is not found', {}),
];
