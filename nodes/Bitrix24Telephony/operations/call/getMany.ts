import type { HistoryFilter } from '../../../../bitrix24/methods/history';
import { historyRows } from '../../../../bitrix24/methods/paging';
import { CALL_TYPES, phoneNumberPart } from '../../fields/call';
import { employeeAs } from '../../fields/employee';
import { idsOf } from '../../fields/employees';
import { collection } from '../../fields/field';
import { DETAILED_ROW, rowShape, shownRow, SIMPLE_ROW } from '../../fields/history';
import { date, flag, text } from '../../fields/kinds';
import { option, optionList } from '../../fields/option';
import { limit } from '../../fields/paging';
import { defineOperation } from '../operation';

/** An added filter refuses an empty value: without it the whole history would come. */
const filters = collection({ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' }, [
	flag({
		displayName: 'Answered',
		name: 'answered',
		default: true,
		description: 'Whether somebody talked: on for answered calls only, off for unanswered calls only',
	}),
	optionList({
		displayName: 'Direction',
		name: 'type',
		options: CALL_TYPES,
		description: 'Directions and kinds of calls',
	}),
	employeeAs({ displayName: 'Employee', name: 'employee', required: false, description: 'Calls of this employee' }),
	text({
		displayName: 'External Call ID',
		name: 'externalCallId',
		required: false,
		placeholder: 'e.g. 1773130779.42',
		description: 'ID of the call on the phone system',
	}),
	date({ displayName: 'From', name: 'from', required: false, description: 'Calls that started at this time or later' }),
	text({
		displayName: 'Line',
		name: 'line',
		required: false,
		placeholder: 'e.g. +4940669690',
		description: 'Number of the line, as PORTAL_NUMBER shows it',
	}),
	text({
		displayName: 'Outcome Code',
		name: 'statusCode',
		required: false,
		placeholder: 'e.g. 304',
		description: 'Status code of Bitrix24, such as 200, 304, 486 or 603-S',
	}),
	phoneNumberPart,
	date({ displayName: 'Until', name: 'until', required: false, description: 'Calls that started before this time' }),
]);

/** `voximplant.statistic.get`: the call history. */
export const getMany = defineOperation({
	entry: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many calls',
		description: 'List calls from the history by period, employee, line, direction, outcome or number',
	},
	fields: [
		limit,
		filters,
		option({
			displayName: 'Sort',
			name: 'sort',
			options: [
				{ name: 'Longest First', value: 'CALL_DURATION DESC' },
				{ name: 'Newest First', value: 'CALL_START_DATE DESC' },
				{ name: 'Oldest First', value: 'CALL_START_DATE ASC' },
			],
			default: 'CALL_START_DATE DESC',
			description: 'Order of the calls',
		}),
		rowShape,
	],
	output: SIMPLE_ROW,
	outputBefore: DETAILED_ROW,
	run: function* ({ limit, filters: { employee, ...others }, sort, shape }) {
		const ids = yield* idsOf(employee ? [employee] : []);
		if ('refused' in ids) return ids;
		const [SORT = '', ORDER] = sort.split(' ');
		const rows = yield* historyRows(
			{ ...toFilter(others), PORTAL_USER_ID: ids[0] },
			{ SORT, ORDER: ORDER === 'ASC' ? 'ASC' : 'DESC' },
			limit,
		);
		return rows.map((row) => ({ json: shownRow(row, shape) }));
	},
});

/** Keys are field names with an operator in front; unknown operators would be dropped silently by the portal. */
function toFilter({ answered, ...more }: Omit<ReturnType<typeof filters.accept>, 'employee'>): HistoryFilter {
	return {
		'>=CALL_START_DATE': more.from,
		'<CALL_START_DATE': more.until,
		PORTAL_NUMBER: more.line,
		CALL_FAILED_CODE: more.statusCode,
		EXTERNAL_CALL_ID: more.externalCallId,
		'%PHONE_NUMBER': more.phoneNumber,
		CALL_TYPE: more.type,
		...(answered === undefined ? {} : answered ? { '>CALL_DURATION': 0 } : { CALL_DURATION: 0 }),
	};
}
