import type { INodeProperties } from 'n8n-workflow';
import type { Fields } from '../itemFields';
import { choiceField } from './choice';

/** A price and its currency, for a collection. */
export function costFields(description: string): INodeProperties[] {
	return [
		{ displayName: 'Cost', name: 'cost', type: 'number', typeOptions: { numberPrecision: 4, minValue: 0 }, default: 0, description },
		choiceField({ displayName: 'Currency', name: 'costCurrency', description: 'Currency of the cost' }, 'searchCurrencies', 'EUR'),
	];
}

/** Reads {@link costFields}. @throws NodeOperationError when the cost is no number. */
export function readCost(fields: Fields): { COST?: number; COST_CURRENCY?: string } {
	return { COST: fields.number('cost', 'Cost'), COST_CURRENCY: fields.choice('costCurrency') };
}
