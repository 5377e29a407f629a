import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { clock } from '../common/clock';
import { keep } from './memory';
import { testWith } from './parameters';
import { sampleOf } from './samples';
import { settingsOf } from './settings';
import { wantedBy, type Wish } from './subscription';
import { deliverToTest } from './testDelivery';

/** Milliseconds after which n8n's editor knows that the trigger listens. n8n says so when the hooks are done. */
const PAUSE = 1000;

/** True when a test is to begin with a made-up event. Nothing that is published ever does. */
export function usesSample(context: IHookFunctions): boolean {
	if (context.getMode() !== 'manual') return false;
	const { value, wrong } = testWith.read(context.getNodeParameter('testWith', 'event'));
	if (wrong) throw new NodeOperationError(context.getNode(), wrong);
	return value === 'sample';
}

/**
 * Lets a trigger that listens for a test have a made-up event, the first one chosen. The portal is asked for nothing,
 * and need not
 * reach this n8n.
 *
 * @throws NodeOperationError when the credential cannot be used.
 */
export async function sendSample(context: IHookFunctions, wish: Wish): Promise<void> {
	const wanted = await wantedBy(context, { ...wish, delivery: 'push' });
	keep(context, { subscription: wanted.subscription, leftovers: [] });
	const [event = ''] = wish.events;
	const data = sampleOf(event, settingsOf(context).options);
	void clock
		.sleep(PAUSE)
		.then(async () => await deliverToTest(context, wanted, { event, data, at: Date.now() }, 'made up'));
}
