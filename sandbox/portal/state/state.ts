import { seedCompany } from './company';
import { seedDictionaries } from './dictionaries';
import { hex } from './ids';
import type { PortalState } from './model';

/**
 * Makes what a portal knows at its start.
 * @param seed demo = a small company with clients and one local application; empty = one administrator and the
 * application
 * @param host host:port of the portal
 */
export function createState(seed: 'demo' | 'empty', host: string): PortalState {
	const state: PortalState = {
		settings: {
			host,
			formerHosts: [],
			memberId: hex(32),
			language: 'en',
			timeZone: 'Europe/Berlin',
			countryCode: '49',
			trunkPrefix: '0',
			license: 'en_pro100',
			leadsEnabled: true,
			crmInstalled: true,
			leadCreationError: '',
			offlineExtended: true,
			authConnector: true,
			restAvailable: true,
			portalDeleted: false,
			overload: false,
			infocallLimitReached: false,
			infocallProviderRefuses: false,
			historyBroken: false,
			linesBroken: false,
			diskBroken: '',
			builtInLines: { reg150907: 'Reception', sip7: 'Workshop' },
			linesWithoutSettings: [],
			defaultLine: null,
		},
		employees: new Map(),
		clients: [],
		deals: [],
		activities: [],
		statuses: [],
		currencies: [],
		callLists: [],
		lines: [],
		calls: new Map(),
		history: [],
		callActivities: new Map(),
		historyByCall: new Map(),
		cards: [],
		missedCalls: [],
		chatMessages: [],
		recordings: new Map(),
		transcripts: [],
		orderedCalls: [],
		applications: new Map(),
		webhooks: [],
		codes: new Map(),
		accessTokens: new Map(),
		refreshTokens: new Map(),
		handlers: [],
		deliveries: [],
		offlineEvents: [],
		requests: [],
		counters: { application: 2, recording: 9078, handler: 1052, activity: 7942, lead: 814 },
	};
	seedDictionaries(state);
	seedCompany(state, seed);
	return state;
}

/** Puts the portal back to its start, in place: whoever holds the state sees the new one. */
export function resetState(state: PortalState, seed: 'demo' | 'empty', host: string): void {
	Object.assign(state, createState(seed, host));
}
