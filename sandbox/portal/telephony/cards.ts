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
	for (const userId of userIds) removeCard(core, callId, userId, 'closed');
}

/** The employee closes the card's window himself; the call is not touched. @returns false when he has none */
export function dismissCard(core: Core, callId: string, userId: number): boolean {
	return removeCard(core, callId, userId, 'dismissed');
}

function removeCard({ state, changes }: Core, callId: string, userId: number, action: string): boolean {
	const index = state.cards.findIndex((card) => card.callId === callId && card.userId === userId);
	if (index < 0) return false;
	state.cards.splice(index, 1);
	changes.tell('card', action, { callId, userId });
	return true;
}
