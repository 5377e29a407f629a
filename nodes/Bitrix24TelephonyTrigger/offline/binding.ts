import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import type { Failure } from '../../../bitrix24/failure';
import { bindQueue, canReserve, unbindQueue } from '../../../bitrix24/methods/offline';
import { isAdministrator } from '../../../bitrix24/methods/portal';
import { readConnection } from '../../common/connection';
import { activationError, isAlreadyBound } from '../activation';
import type { Caller } from '../lookUp';
import { identityOf } from '../memory';
import type { Delivery } from '../parameters';
import { joinedAt, pollerOf } from './pollers';

/**
 * Lets the portal keep events in its queue.
 *
 * @param delivery where an event cannot be queued, push still brings it.
 * @returns codes of the events that are kept.
 * @throws NodeOperationError that says what to do: only an administrator may do it, and only for some events.
 */
export async function bindQueues(
	context: IHookFunctions,
	portal: Caller,
	events: string[],
	delivery: Delivery,
): Promise<string[]> {
	await refuseOthers(context, portal, delivery);
	const bound: string[] = [];
	for (const event of events) {
		const answer = await portal.ask(bindQueue(event));
		if (answer.ok || isAlreadyBound(answer.failure)) bound.push(event);
		else if (!isUnfit(answer.failure))
			throw activationError(
				context.getNode(),
				'publish',
				`Bitrix24 did not agree to keep the event ${event} for this trigger.`,
				answer.failure,
			);
		else if (delivery === 'poll') throw unfit(context, event);
	}
	await warnOfPlan(context, portal);
	return bound;
}

/**
 * Ends what {@link bindQueues} began, but for events that another trigger of this n8n fetches.
 *
 * @returns events that are still kept, and why.
 */
export async function unbindQueues(
	context: IHookFunctions,
	portal: Caller,
	events: string[],
): Promise<{ left: string[]; failure?: Failure }> {
	const poller = pollerOf(await readConnection(context, true));
	const own = joinedAt(identityOf(context))?.subscriber;
	const left: string[] = [];
	let failure: Failure | undefined;
	for (const event of events.filter((code) => !poller.isWanted(code, own))) {
		const answer = await portal.ask(unbindQueue(event));
		if (answer.ok) continue;
		left.push(event);
		failure = answer.failure;
	}
	return { left, failure };
}

async function refuseOthers(context: IHookFunctions, portal: Caller, delivery: Delivery): Promise<void> {
	const answer = await portal.ask(isAdministrator);
	if (!answer.ok || answer.value) return;
	const name = delivery === 'poll' ? 'Poll' : 'Both';
	throw new NodeOperationError(
		context.getNode(),
		`Delivery ${name} needs an administrator of Bitrix24, and the credential was connected by an employee who is none. Connect the credential as an administrator and publish the workflow again, or set Delivery to Push.`,
	);
}

/** Without it an event is gone from the queue the moment it is taken, so a crash in that moment loses it. */
async function warnOfPlan({ logger }: IHookFunctions, portal: Caller): Promise<void> {
	const answer = await portal.ask(canReserve);
	if (answer.ok && !answer.value)
		logger.warn(
			'The plan of this Bitrix24 has no feature rest_offline_extended: events that are fetched in the very moment of a crash of n8n are lost.',
		);
}

/** `Offline event cannot be registered for this event.` (rest/lib/api/event.php) */
function isUnfit({ text }: Failure): boolean {
	return text.includes('Offline event cannot be registered');
}

function unfit(context: IHookFunctions, event: string): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`Bitrix24 cannot keep the event ${event} for fetching. Take it away from Events, or set Delivery to Push or Both.`,
	);
}
