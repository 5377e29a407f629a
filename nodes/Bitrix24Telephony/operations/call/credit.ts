import { toId } from '../../../../bitrix24/decode';
import { setActivityResponsible, setResponsible } from '../../../../bitrix24/methods/crm';
import { askEach } from '../../../../bitrix24/plan';
import { callId } from '../../fields/call';
import { entitiesOf, entityItem, finishedRow, noSuchRow } from '../../fields/callEntities';
import { employee } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { option } from '../../fields/option';
import { defineOperation } from '../operation';

/**
 * Hands what a finished call left in the CRM to another employee. The row of the history stays: only finish writes its
 * employee, and no method changes it afterwards (contract data, telephony.externalCall.finish).
 */
export const credit = defineOperation({
	entry: {
		name: 'Credit',
		value: 'credit',
		action: 'Credit finished call to employee',
		description:
			'After a transfer or a queue: make an employee responsible for the CRM activity of a finished call, and for its client if wanted. ' +
			'The call history keeps the employee of Finish: where you know in time who talked, finish the call under that employee instead.',
	},
	fields: [
		callId,
		employee('Employee who gets the credit'),
		option({
			displayName: 'Also Responsible For',
			name: 'entities',
			options: [
				{
					name: 'All That the Call Is Bound To',
					value: 'all',
					description: 'Also its deals, and further clients with the number',
				},
				{ name: 'Nothing Else', value: 'none' },
				{ name: 'The Client', value: 'client', description: 'The one that the history names' },
			],
			default: 'none',
			description: 'What the employee becomes responsible for besides the activity',
		}),
	],
	warns: true,
	output: {
		CALL_ID: 'string',
		USER_ID: 'integer',
		PORTAL_USER_ID: 'integer?',
		CRM_ACTIVITY_ID: 'integer?',
		CHANGED: 'list',
	},
	run: function* ({ callId, employee, entities: which }) {
		const ids = yield* idsOf([employee]);
		if ('refused' in ids) return ids;
		const row = yield* finishedRow(callId);
		if (!row) return noSuchRow('Finish gives the credit of a running call: choose the employee there.');
		const [userId = 0] = ids;
		const loggedUnder = toId(row.PORTAL_USER_ID) ?? null;
		const activityId = toId(row.CRM_ACTIVITY_ID);
		const entities = which === 'none' ? [] : yield* entitiesOf(row, which === 'all');
		yield* askEach<unknown>([
			...(activityId ? [setActivityResponsible(activityId, userId)] : []),
			...entities.map((one) => setResponsible(one, userId)),
		]);
		return {
			json: {
				CALL_ID: callId,
				USER_ID: userId,
				PORTAL_USER_ID: loggedUnder,
				CRM_ACTIVITY_ID: activityId ?? null,
				CHANGED: entities.map(entityItem),
			},
			warnings: activityId || entities.length > 0 ? [] : ['Nothing was changed: the call has no activity in the CRM'],
			hints: loggedUnder === userId ? [] : ['The call history keeps the employee under whom the call was finished'],
		};
	},
});
