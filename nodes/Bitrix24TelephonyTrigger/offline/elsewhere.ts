import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { GRACE } from '../../../bitrix24/offline/poller';
import { Sweeper } from '../../../bitrix24/offline/sweeper';
import { BRIEF, connect } from '../../common/connection';
import { recall } from '../memory';
import { ageOf } from './age';
import { means } from './pollers';
import { occurrenceOf } from './queuedItem';

/** One a portal would do; one a credential knows whom to ask. */
const sweepers = new Map<string, Sweeper>();

/**
 * Decides on a delivery in a process of n8n that does not fetch, while another one does: the other one takes an event
 * from the queue when its delivery is late.
 *
 * @returns true when the delivery is to start the workflow. Its row leaves the queue soon.
 */
export async function isFirstToCome(context: IWebhookFunctions, item: IDataObject): Promise<boolean> {
	const { subscription, queues = [] } = recall(context);
	if (!queues.includes(String(item.event))) return true;
	const sweeper = sweeperOf(subscription?.memberId ?? '');
	const occurrence = occurrenceOf(item);
	const connecting = async () => await connect(context, BRIEF);
	const isLate = ageOf(item) * 1000 >= GRACE / 2;
	if (isLate)
		return await connecting().then(
			async (portal) => await sweeper.claim(portal, occurrence),
			() => false,
		);
	sweeper.delivered(occurrence, connecting);
	return true;
}

function sweeperOf(memberId: string): Sweeper {
	const known = sweepers.get(memberId);
	if (known) return known;
	const made = new Sweeper(means);
	sweepers.set(memberId, made);
	return made;
}
