import type { FormValue } from '../../../../bitrix24/phpForm';
import { CALL_TYPES } from '../../fields/call';
import { employeeField } from '../../fields/employee';
import { HISTORY_ROW, simplified } from '../../fields/history';
import { limitFields, pages, readLimit } from '../../fields/paging';
import type { Fields } from '../../itemFields';
import { defineOperation } from '../operation';
import { simplifyField } from './get';

interface Input {
	filter: Record<string, FormValue>;
	sort: { SORT: string; ORDER: string };
	limit: number;
	simplify: boolean;
}

/** `voximplant.statistic.get`: the call history. */
export const getMany = defineOperation<Input>({
	entry: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many calls',
		description: 'List calls from the history by period, employee, line, direction, outcome or number',
	},
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'Answered', name: 'answered', type: 'boolean', default: true, description: 'Whether somebody talked: on for answered calls only, off for unanswered calls only' },
				employeeField('Calls of this employee. By ID or from the list.', { required: false }),
				{ displayName: 'External Call ID', name: 'externalCallId', type: 'string', default: '', description: 'ID of the call on the PBX' },
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Calls that started at this time or later' },
				{ displayName: 'Line', name: 'line', type: 'string', default: '', description: 'Number of the line, as PORTAL_NUMBER shows it' },
				{ displayName: 'Outcome Code', name: 'statusCode', type: 'string', default: '', placeholder: '304', description: 'Status code of Bitrix24, such as 200, 304, 486 or 603-S' },
				{ displayName: 'Phone Number', name: 'phoneNumber', type: 'string', default: '', description: 'The client’s number or a part of it' },
				{ displayName: 'Type', name: 'type', type: 'multiOptions', options: CALL_TYPES, default: [], description: 'Directions and kinds of calls' },
				{ displayName: 'Until', name: 'until', type: 'dateTime', default: '', description: 'Calls that started before this time' },
			],
		},
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{ name: 'Longest First', value: 'CALL_DURATION DESC' },
				{ name: 'Newest First', value: 'CALL_START_DATE DESC' },
				{ name: 'Oldest First', value: 'CALL_START_DATE ASC' },
			],
			default: 'CALL_START_DATE DESC',
			description: 'Order of the calls',
		},
		simplifyField,
	],
	output: HISTORY_ROW,
	read: (reader) => {
		const [SORT = '', ORDER = ''] = reader.text('sort', 'Sort').split(' ');
		return { filter: toFilter(reader.collection('filters')), sort: { SORT, ORDER }, limit: readLimit(reader), simplify: reader.flag('simplify', true) };
	},
	run: function* ({ filter, sort, limit, simplify }) {
		const rows = yield* pages('voximplant.statistic.get', { FILTER: filter, ...sort }, limit);
		return rows.map((row) => ({ json: simplify ? simplified(row) : row }));
	},
});

/** Keys are field names with an operator in front; unknown operators would be dropped silently by the portal. */
function toFilter(fields: Fields): Record<string, FormValue> {
	const answered = fields.raw('answered');
	return {
		'>=CALL_START_DATE': fields.date('from', 'From'),
		'<CALL_START_DATE': fields.date('until', 'Until'),
		PORTAL_USER_ID: fields.employeeId('employee'),
		PORTAL_NUMBER: fields.text('line'),
		CALL_FAILED_CODE: fields.text('statusCode'),
		EXTERNAL_CALL_ID: fields.text('externalCallId'),
		'%PHONE_NUMBER': fields.text('phoneNumber')?.replace(/[^\d*#]/g, ''),
		CALL_TYPE: fields.list('type'),
		...(answered === undefined ? {} : fields.flag('answered', true) ? { '>CALL_DURATION': 0 } : { CALL_DURATION: 0 }),
	};
}
