import type { Core } from '../core';

/** Opens the card of a call for employees. Ids are not checked, as on the server. [DS show] */
export function openCards(core: Core, callId: string, userIds: readonly number[]): void {
	for (const userId of userIds) {
		if (core.state.cards.some((card) => card.callId === callId && card.userId === userId)) {
			core.changes.tell('card', 'updated', { callId, userId });
			continue;
		}
		core.state.cards.push({ callId, userId, openedAt: core.clock.now() });
		core.changes.tell('card', 'opened', { callId, userId });
	}
}

/** Closes the card of a call for employees; others who see it keep it. [DS hide, finish] */
export function closeCards(core: Core, callId: string, userIds: readonly number[]): void {
	for (const userId of userIds) {
		const index = core.state.cards.findIndex((card) => card.callId === callId && card.userId === userId);
		if (index < 0) continue;
		core.state.cards.splice(index, 1);
		core.changes.tell('card', 'closed', { callId, userId });
	}
}
