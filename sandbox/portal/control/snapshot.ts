import type { Core } from '../core';

/**
 * Everything that can be seen of the portal as plain JSON. Recordings come without their bytes, which
 * /sandbox/recordings/<id> serves. Tokens and secrets are in it: the sandbox hides nothing.
 */
export function snapshot(core: Core): Record<string, unknown> {
	const { state } = core;
	return {
		settings: state.settings,
		switches: core.switches,
		limits: { settings: core.limits.settings, gauges: core.limits.gauges(), timeFactor: core.limits.timeFactor },
		faults: core.faults.list(),
		now: core.clock.now(),
		employees: [...state.employees.values()],
		clients: state.clients,
		deals: state.deals,
		lines: state.lines,
		calls: [...state.calls.values()],
		cards: state.cards,
		history: state.history,
		missedCalls: state.missedCalls,
		chatMessages: state.chatMessages,
		recordings: [...state.recordings.values()].map(({ content, ...rest }) => ({ ...rest, bytes: content.length })),
		transcripts: state.transcripts,
		orderedCalls: state.orderedCalls,
		applications: [...state.applications.values()],
		webhooks: state.webhooks,
		accessTokens: [...state.accessTokens.values()],
		refreshTokens: [...state.refreshTokens.values()],
		handlers: state.handlers,
		deliveries: state.deliveries,
		offlineEvents: state.offlineEvents,
		requests: state.requests,
		statuses: state.statuses,
		currencies: state.currencies,
		callLists: state.callLists,
	};
}
