import { optionalChoice } from './choice';
import { optionalNumber } from './kinds';

/** A price and its currency, for a collection. */
export function cost(description: string) {
	return [
		optionalNumber(
			{ displayName: 'Cost', name: 'cost', typeOptions: { numberPrecision: 4 }, default: 0, description },
			{ min: 0 },
		),
		optionalChoice({
			displayName: 'Currency',
			name: 'costCurrency',
			description: 'Currency of the cost',
			search: 'searchCurrencies',
			code: 'Code',
			example: 'EUR',
		}),
	] as const;
}

/** The values of {@link cost} as the portal wants them. */
export function costParameters(price: { cost?: number; costCurrency?: string }): {
	COST?: number;
	COST_CURRENCY?: string;
} {
	return { COST: price.cost, COST_CURRENCY: price.costCurrency };
}
