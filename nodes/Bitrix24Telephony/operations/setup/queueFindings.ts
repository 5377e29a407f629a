import type { Binding } from '../../../../bitrix24/methods/events';
import { canReserve, waiting, type QueuedEvent } from '../../../../bitrix24/methods/offline';
import { askAll, optional, type Conversation } from '../../../../bitrix24/plan';
import { good, warning, type Finding } from './findings';

/** Seconds after which somebody should have fetched an event: the longest pause between two looks, and some more. */
const FORGOTTEN = 120;

/**
 * Says how it stands with the events that Bitrix24 keeps for fetching.
 *
 * @param now milliseconds since 1970.
 * @returns nothing where nothing is kept.
 */
export function* queueFindings(bound: readonly Binding[], now: number): Conversation<Finding[]> {
	const kept = bound.filter(({ isQueued }) => isQueued).map(({ event }) => event);
	if (kept.length === 0) return [];
	const [reserves, events] = yield* askAll(optional(canReserve), optional(waiting));
	return [fetched(kept, events, now), ...plan(reserves)];
}

function fetched(kept: string[], events: QueuedEvent[] | undefined, now: number): Finding {
	const label = 'Queue';
	const detail = `Bitrix24 keeps ${kept.join(', ')} for fetching`;
	if (!events)
		return warning(
			label,
			`${detail}, but does not show its queue`,
			'Connect the credential as an administrator: only one may fetch events.',
		);
	const forgotten = events.filter(({ at }) => now - at > FORGOTTEN * 1000).length;
	if (forgotten === 0) return good(label, `${detail}; ${events.length} wait`);
	return warning(
		label,
		`${detail}, and ${forgotten} wait for more than ${FORGOTTEN} s`,
		'Publish the workflow whose trigger fetches them (Delivery: Poll or Both), or look into the log of n8n.',
	);
}

function plan(reserves: boolean | undefined): Finding[] {
	if (reserves !== false) return [];
	return [
		warning(
			'Queue: Plan',
			'The plan of this Bitrix24 has no feature rest_offline_extended',
			'Fine, but events that are fetched in the very moment of a crash of n8n are lost.',
		),
	];
}
