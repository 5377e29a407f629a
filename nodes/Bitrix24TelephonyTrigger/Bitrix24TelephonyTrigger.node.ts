import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { clock } from '../common/clock';
import { BRIEF, connect } from '../common/connection';
import { events } from './events';
import { isTooOld, isWanted, Repeats } from './filter';
import { acknowledgeTest, judge } from './judge';
import { LOOK_UP_SECONDS, withNames } from './lookUp';
import { identityOf, WEBHOOK_PATH } from './memory';
import { chosenEvents, optionProperties, readOptions, verifyDelivery, type TriggerOptions } from './options';
import { isSubscribed, subscribe, unsubscribe } from './subscription';

const ONE_MAIN = [NodeConnectionTypes.Main];
const EVENT_NAMES = Object.fromEntries(events.map(({ code, name }) => [code, name]));

/** The trigger: binds events, verifies deliveries, starts the workflow. */
export class Bitrix24TelephonyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Telephony Trigger',
		name: 'bitrix24TelephonyTrigger',
		icon: { light: 'file:../Bitrix24Telephony/telephony.svg', dark: 'file:../Bitrix24Telephony/telephony.dark.svg' },
		group: ['trigger'],
		// For version 1 alone n8n looks for an option binaryData in each request, which takes an expression and 5 ms (webhook-helpers.js).
		version: [1, 1.1],
		defaultVersion: 1.1,
		// The editor may have a text here, or nothing yet: an expression need not give a list.
		subtitle: `={{ [].concat($parameter["events"] || []).map((code) => (${JSON.stringify(EVENT_NAMES)})[code] || code).join(", ") }}`,
		description: 'Starts when an employee clicks a phone number in Bitrix24, and on other telephony events. The actions register, show, finish and log calls.',
		defaults: { name: 'Bitrix24 Telephony Trigger' },
		inputs: [],
		outputs: ONE_MAIN,
		credentials: [{ name: 'bitrix24OAuth2Api', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: WEBHOOK_PATH }],
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: events.map(({ code, name, description }) => ({ name, value: code, description })),
				default: ['ONEXTERNALCALLSTART'],
				description: 'What starts the workflow',
			},
			verifyDelivery.property,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: optionProperties,
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// A binding that is there says nothing of whether events arrive.
				return !verifies(this) && (await isSubscribed(this, checkedEvents(this)));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await subscribe(this, checkedEvents(this), verifies(this));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unsubscribe(this, chosenEvents(this.getNodeParameter('events')));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const verdict = await judge(this);
		if ('refused' in verdict) return answer(this, verdict.status, verdict.refused);
		if ('test' in verdict) {
			const tested = answer(this, 200);
			await acknowledgeTest(this);
			return tested;
		}
		const { item } = verdict;
		const { options, wrong } = optionsOf(this);
		for (const one of wrong) this.logger.warn(one);
		// The portal calls slow handlers less often, so it gets its answer before anything else is done.
		const answered = answer(this, 200);
		if (!isWelcome(this, item, options)) return answered;
		const named = options.lookUpNames ? await withNames(async () => await connect(this, BRIEF), item, clock.deadline(LOOK_UP_SECONDS * 1000)) : item;
		const notes = [...wrong, named.NOTE].filter(Boolean);
		return { ...answered, workflowData: [[{ json: notes.length > 0 ? { ...named, NOTE: notes.join(' ') } : named }]] };
	}
}

/** Calls of the last seconds, of all triggers of this process. */
const repeats = new Repeats();

/** The options of a delivery. What went wrong since activation costs no event, but is said. */
function optionsOf(context: IWebhookFunctions): ReturnType<typeof readOptions> {
	try {
		const { options, wrong } = readOptions(givenOptions(context));
		return { options, wrong: wrong.map((one) => `${one} Until then it counts as not added.`) };
	} catch (error) {
		return { ...readOptions({}), wrong: [`The options could not be read, so none counts: ${(error as Error).message}`] };
	}
}

function givenOptions(context: IHookFunctions | IWebhookFunctions): IDataObject {
	return context.getNodeParameter('options', {}) as IDataObject;
}

function isWelcome(context: IWebhookFunctions, item: IDataObject, options: TriggerOptions): boolean {
	const now = Date.now();
	if (!isWanted(item, options) || isTooOld(item, options.ignoreOlderThan, now)) return false;
	const { workflowId, webhookPath, mode } = identityOf(context);
	// Whoever listens for a test may click the same number again and again.
	if (!item.CALL_ID || mode === 'test') return true;
	return !repeats.isRepeat(JSON.stringify([workflowId, webhookPath, item.event, item.CALL_ID]), options.duplicateWindow, now);
}

function answer(context: IWebhookFunctions, status: number, message?: string): IWebhookResponseData {
	const response = context.getResponseObject().status(status);
	if (message) response.json({ message });
	else response.end();
	return { noWebhookResponse: true };
}

/** Test listening takes one event only, so it is not verified. */
function verifies(context: IHookFunctions): boolean {
	const { value, wrong } = verifyDelivery.read(context.getNodeParameter('verifyDelivery', false));
	if (wrong) throw new NodeOperationError(context.getNode(), wrong);
	return value && context.getMode() !== 'manual';
}

/** @throws NodeOperationError for what could never start the workflow: at activation somebody reads it. */
function checkedEvents(context: IHookFunctions): string[] {
	const node = context.getNode();
	const chosen = chosenEvents(context.getNodeParameter('events'));
	if (chosen.length === 0) throw new NodeOperationError(node, 'No event is chosen, so nothing would ever start this workflow. Choose at least one.');
	const unknown = chosen.find((code) => !events.some((event) => event.code === code));
	if (unknown !== undefined) throw new NodeOperationError(node, `This trigger knows no event “${unknown}”. Choose events from the list, or give their codes, such as ${events.map(({ code }) => code).join(', ')}.`);
	const [wrong] = readOptions(givenOptions(context)).wrong;
	if (wrong) throw new NodeOperationError(node, wrong);
	return chosen;
}
