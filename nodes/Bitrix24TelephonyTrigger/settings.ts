import { NodeOperationError, type IHookFunctions, type ITriggerFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { messageOf, recordOf } from '../../bitrix24/failure';
import type { Settings } from './admission';
import { events } from './events';
import { chosenEvents, readOptions } from './options';
import { delivery, verifyDelivery } from './parameters';
import { isRestart, type Wish } from './subscription';

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** The options of an event. What went wrong since activation costs no event, but is said. */
export function settingsOf(context: Context): Settings {
	const version = context.getNode().typeVersion;
	try {
		const { options, wrong } = readOptions(givenOptions(context), version);
		return { version, options, wrong: wrong.map((one) => `${one} Until then it counts as not added.`) };
	} catch (error) {
		return {
			version,
			...readOptions({}, version),
			wrong: [`The options could not be read, so none counts: ${messageOf(error)}`],
		};
	}
}

/**
 * True when activation is to wait for a test event. Test listening takes one event only, and a start of n8n nobody
 * watches.
 */
export function verifies(context: IHookFunctions): boolean {
	const { value, wrong } = verifyDelivery.read(context.getNodeParameter('verifyDelivery', false));
	if (wrong) throw new NodeOperationError(context.getNode(), wrong);
	return value && context.getMode() !== 'manual' && !isRestart(context) && checkedDelivery(context) !== 'poll';
}

/**
 * What the user wants of the portal.
 *
 * @throws NodeOperationError for what could never start the workflow: at activation somebody reads it.
 */
export function checkedWish(context: IHookFunctions): Wish {
	const node = context.getNode();
	const chosen = chosenEvents(context.getNodeParameter('events'));
	if (chosen.length === 0)
		throw new NodeOperationError(
			node,
			'No event is chosen, so nothing would ever start this workflow. Choose at least one.',
		);
	const unknown = chosen.find((code) => !events.some((event) => event.code === code));
	if (unknown !== undefined)
		throw new NodeOperationError(
			node,
			`This trigger knows no event “${unknown}”. Choose events from the list, or give their codes, such as ${events.map(({ code }) => code).join(', ')}.`,
		);
	const [wrong] = readOptions(givenOptions(context), node.typeVersion).wrong;
	if (wrong) throw new NodeOperationError(node, wrong);
	return { events: chosen, delivery: checkedDelivery(context) };
}

/** How events come; push where it cannot be read, as activation has refused that. */
export function deliveryOf(context: Context): Wish['delivery'] {
	try {
		return delivery.read(context.getNodeParameter('delivery', 'push')).value;
	} catch {
		return delivery.absent;
	}
}

function checkedDelivery(context: IHookFunctions): Wish['delivery'] {
	const { value, wrong } = delivery.read(context.getNodeParameter('delivery', 'push'));
	if (wrong) throw new NodeOperationError(context.getNode(), wrong);
	return value;
}

function givenOptions(context: Context): Record<string, unknown> {
	return recordOf(context.getNodeParameter('options', {}));
}
