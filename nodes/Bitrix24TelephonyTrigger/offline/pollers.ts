import type { IDataObject } from 'n8n-workflow';
import { Poller, type PollerMeans, type Subscriber } from '../../../bitrix24/offline/poller';
import type { HandlerIdentity } from '../../../bitrix24/handlerSignature';
import { clock } from '../../common/clock';
import type { Connection } from '../../common/connection';
import { keyOfQueued } from './queuedItem';

/** A trigger that fetches its events in this process. */
export interface Joined {
	poller: Poller;
	subscriber: Subscriber;
	/** Starts the workflow for a delivered item, and keeps its row in the queue until the execution has ended. */
	push: (item: IDataObject) => void;
}

/** What fetching has of the outside. */
export const means: PollerMeans = {
	now: () => Date.now(),
	sleep: async (milliseconds) => await clock.sleep(milliseconds),
	keyOf: keyOfQueued,
};

/** One poller an application and process, whatever number of triggers it serves. */
const pollers = new Map<string, Poller>();

const joined = new Map<string, Joined>();

/** The poller of the application that a credential belongs to. */
export function pollerOf({ memberId, clientId }: Pick<Connection, 'memberId' | 'clientId'>): Poller {
	const application = JSON.stringify([memberId, clientId]);
	const known = pollers.get(application);
	if (known) return known;
	const made = new Poller(means);
	pollers.set(application, made);
	return made;
}

/** Begins to fetch for a trigger; one that fetches already is replaced. */
export async function join(identity: HandlerIdentity, one: Joined): Promise<void> {
	const before = joined.get(nameOf(identity));
	joined.set(nameOf(identity), one);
	one.poller.join(one.subscriber);
	await before?.poller.leave(before.subscriber);
}

/** Ends fetching for a trigger, if it is still the given one. */
export async function leave(identity: HandlerIdentity, one: Joined): Promise<void> {
	if (joined.get(nameOf(identity)) === one) joined.delete(nameOf(identity));
	await one.poller.leave(one.subscriber);
}

/** The trigger that fetches in this process; undefined where another process of n8n does, or none. */
export function joinedAt(identity: HandlerIdentity): Joined | undefined {
	return joined.get(nameOf(identity));
}

function nameOf({ workflowId, webhookPath, mode }: HandlerIdentity): string {
	return JSON.stringify([workflowId, webhookPath, mode]);
}
