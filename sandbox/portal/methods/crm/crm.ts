import type { Caller } from '../../core';
import { RestError } from '../../errors';
import { isoDate } from '../../php/dates';
import type { Wire } from '../../php/json';
import { entries, isMap, toText, type PhpValue } from '../../php/values';
import type { CallList, CrmStatus, Currency } from '../../state/model';
import { filterRows, sortRows, type FieldValue, type ReadField } from '../filter';
import { cast, method, Page, type Method } from '../method';

const facts = { scopes: ['crm'], context: 'any', keys: 'upper' } as const;
const CALL_LIST_FIELDS = ['ID', 'DATE_CREATE', 'CREATED_BY_ID', 'WEBFORM_ID', 'ENTITY_TYPE_ID'];

const statusList = method({
	...facts,
	name: 'crm.status.list',
	params: { FILTER: cast.raw, ORDER: cast.raw },
	run({ core, caller, params }) {
		requireCrm(caller);
		if (typeof params.FILTER === 'string' && params.FILTER !== '')
			throw new RestError(400, 'Invalid parameters.', 'Incorrect parameters passed.');
		const rows = ordered(filterRows(core.state.statuses, params.FILTER, statusField), params.ORDER, statusField);
		return new Page(rows.map(showStatus), rows.length);
	},
});

const currencyList = method({
	...facts,
	name: 'crm.currency.list',
	params: { ORDER: cast.raw },
	run({ core, caller, params }) {
		requireCrm(caller);
		if (!core.state.settings.crmInstalled) throw new RestError(400, '', 'Failed to get list. General error.');
		const zone = core.state.settings.timeZone;
		return new Page(
			ordered(core.state.currencies, params.ORDER, currencyField).map((currency) => showCurrency(currency, zone)),
			0,
		);
	},
});

const callListList = method({
	...facts,
	name: 'crm.calllist.list',
	params: { SELECT: cast.raw, FILTER: cast.raw, ORDER: cast.raw },
	run({ core, params }) {
		const select = entries(params.SELECT).map(([, name]) => toText(name));
		const names = [
			...select,
			...entries(params.FILTER).map(([name]) => name.replace(/^[^A-Za-z_]*/, '')),
			...entries(params.ORDER).map(([name]) => name),
		];
		const unknown = names.find((name) => name !== '*' && !CALL_LIST_FIELDS.includes(name));
		if (unknown !== undefined)
			throw new RestError(
				400,
				'100',
				`Unknown field definition \`${unknown}\` (${unknown}) for \\Bitrix\\Crm\\CallList\\Internals\\CallList Entity.`,
			);
		const rows = ordered(filterRows(core.state.callLists, params.FILTER, callListField), params.ORDER, callListField);
		const fields = select.length === 0 || select.includes('*') ? CALL_LIST_FIELDS : select;
		return rows.map((row) => Object.fromEntries(fields.map((name) => [name, showCallListField(row, name)])));
	},
});

/** The parts of the CRM that telephony needs. [D crm-status-list.md, crm-currency-list.md, crm-calllist-list.md] */
export const crmMethods: readonly Method[] = [statusList, currencyList, callListList];

function requireCrm(caller: Caller): void {
	if (!caller.employee.rights.crm) throw new RestError(400, '', 'Access denied.');
}

function ordered<Row>(rows: readonly Row[], order: PhpValue | undefined, read: ReadField<Row>): Row[] {
	const wishes = isMap(order) ? entries(order).reverse() : [];
	return wishes.reduce<Row[]>(
		(sorted, [name, direction]) => sortRows(sorted, name, toText(direction), read),
		[...rows],
	);
}

function statusField(row: CrmStatus, name: string): FieldValue | undefined {
	const fields: Record<string, FieldValue> = {
		ID: row.id,
		ENTITY_ID: row.entityId,
		STATUS_ID: row.statusId,
		NAME: row.name,
		SORT: row.sort,
		SYSTEM: row.system,
	};
	return fields[name];
}

function showStatus(row: CrmStatus): Wire {
	const kind =
		row.semantics === 'S'
			? 'success'
			: row.semantics === 'F'
				? row.statusId === 'LOSE'
					? 'failure'
					: 'apology'
				: 'process';
	return {
		ID: String(row.id),
		ENTITY_ID: row.entityId,
		STATUS_ID: row.statusId,
		NAME: row.name,
		NAME_INIT: row.nameInit,
		SORT: String(row.sort),
		SYSTEM: row.system ? 'Y' : 'N',
		CATEGORY_ID: null,
		COLOR: row.color,
		SEMANTICS: row.semantics,
		EXTRA: row.color === null ? undefined : { SEMANTICS: kind, COLOR: row.color },
	};
}

function currencyField(row: Currency, name: string): FieldValue | undefined {
	const fields: Record<string, FieldValue> = {
		CURRENCY: row.code,
		AMOUNT: row.amount,
		SORT: row.sort,
		BASE: row.base,
		FULL_NAME: row.fullName,
	};
	return fields[name];
}

function showCurrency(row: Currency, zone: string): Wire {
	return {
		CURRENCY: row.code,
		AMOUNT_CNT: '1',
		AMOUNT: row.amount,
		SORT: String(row.sort),
		BASE: row.base ? 'Y' : 'N',
		FULL_NAME: row.fullName,
		LID: 'en',
		FORMAT_STRING: row.format,
		DEC_POINT: '.',
		THOUSANDS_SEP: null,
		DECIMALS: '2',
		DATE_UPDATE: isoDate(Date.UTC(2024, 0, 29, 10, 28, 40), zone),
	};
}

function callListField(row: CallList, name: string): FieldValue | undefined {
	const fields: Record<string, FieldValue> = {
		ID: row.id,
		DATE_CREATE: row.createdAt,
		CREATED_BY_ID: row.createdById,
		WEBFORM_ID: row.webformId,
		ENTITY_TYPE_ID: entityTypeId(row),
	};
	return fields[name];
}

function showCallListField(row: CallList, name: string): Wire {
	if (name === 'DATE_CREATE') return new Date(row.createdAt).toISOString().slice(0, 19).replace('T', ' ');
	const value = callListField(row, name);
	return value === null || value === undefined ? null : String(value);
}

function entityTypeId(row: CallList): number {
	return row.entityType === 'CONTACT' ? 3 : 4;
}
