import { nextId } from './ids';
import type { PortalState } from './model';

interface Entry {
	readonly statusId: string;
	readonly name: string;
	readonly system?: boolean;
	readonly color?: string;
	readonly semantics?: string;
}

/** [D api-reference/crm/status/crm-status-list.md: DEAL_STAGE as in the example; SOURCE with the usual entries] */
const DICTIONARIES: Record<string, readonly Entry[]> = {
	SOURCE: [
		{ statusId: 'CALL', name: 'Call', system: true },
		{ statusId: 'EMAIL', name: 'Email', system: true },
		{ statusId: 'WEB', name: 'Website', system: true },
		{ statusId: 'ADVERTISING', name: 'Advertising' },
		{ statusId: 'PARTNER', name: 'Existing client', system: true },
		{ statusId: 'RECOMMENDATION', name: 'By recommendation', system: true },
		{ statusId: 'TRADE_SHOW', name: 'Show/Exhibition', system: true },
		{ statusId: 'CALLBACK', name: 'Callback', system: true },
		{ statusId: 'OTHER', name: 'Other', system: true },
	],
	DEAL_STAGE: [
		{ statusId: 'NEW', name: 'New', system: true, color: '#39A8EF' },
		{ statusId: 'PREPARATION', name: 'Document preparation', color: '#2FC6F6' },
		{ statusId: 'PREPAYMENT_INVOICE', name: 'Prepayment invoice', color: '#55D0E0' },
		{ statusId: 'EXECUTING', name: 'In progress', color: '#47E4C2' },
		{ statusId: 'FINAL_INVOICE', name: 'Final invoice', color: '#FFA900' },
		{ statusId: 'WON', name: 'Deal successful', system: true, color: '#7BD500', semantics: 'S' },
		{ statusId: 'LOSE', name: 'Deal failed', system: true, color: '#FF5752', semantics: 'F' },
		{ statusId: 'APOLOGY', name: 'Failure reason analysis', color: '#FF5752', semantics: 'F' },
	],
};

/** Adds the CRM dictionaries and the currencies. [D crm-status-list.md, crm-currency-list.md] */
export function seedDictionaries(state: PortalState): void {
	for (const [entityId, entries] of Object.entries(DICTIONARIES)) {
		entries.forEach((entry, index) => {
			state.statuses.push({
				id: nextId(state, 'status'),
				entityId,
				statusId: entry.statusId,
				name: entry.name,
				nameInit: entry.system ? entry.name : '',
				sort: (index + 1) * 10,
				system: entry.system ?? false,
				color: entry.color ?? null,
				semantics: entry.semantics ?? null,
			});
		});
	}
	state.currencies.push(
		{ code: 'EUR', amount: '1.0000', sort: 100, base: true, fullName: 'Euro', format: '# €' },
		{ code: 'USD', amount: '0.9200', sort: 200, base: false, fullName: 'United States Dollar', format: '$#' },
		{ code: 'GBP', amount: '1.1700', sort: 300, base: false, fullName: 'Pound Sterling', format: '£#' },
	);
}
