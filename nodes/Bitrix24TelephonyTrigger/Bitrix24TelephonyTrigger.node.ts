import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { searchEmployees, searchLines } from '../Bitrix24Telephony/lookups';
import { clock } from '../common/clock';
import { BRIEF, connect } from '../common/connection';
import { admit, type Admission, type Settings } from './admission';
import { events } from './events';
import { acknowledgeTest, judge } from './judge';
import { keepAlive } from './keepAlive';
import { identityOf, isOutdated, WEBHOOK_PATH } from './memory';
import { withAge } from './offline/age';
import { isFirstToCome } from './offline/elsewhere';
import { startPolling } from './offline/polling';
import { joinedAt } from './offline/pollers';
import { LISTS_VERSION, READY_VERSION } from './option';
import { chosenEvents, optionProperties } from './options';
import { panel } from './panel';
import { delivery, testWith, verifyDelivery } from './parameters';
import { sendSample, usesSample } from './sampling';
import { checkedWish, deliveryOf, settingsOf, verifies } from './settings';
import { isSubscribed, subscribe, unsubscribe } from './subscription';

const ONE_MAIN = [NodeConnectionTypes.Main];
const OUTPUTS = [
	{ type: 'main', displayName: 'In Time' },
	{ type: 'main', displayName: 'Too Late' },
];
/** Seconds. How slow a handler may be is not known; five are said to be too many. */
const ANSWER_SECONDS = 2;
const EVENT_NAMES = Object.fromEntries(events.map(({ code, name }) => [code, name]));

/** The trigger: binds events, verifies deliveries, starts the workflow. */
export class Bitrix24TelephonyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Telephony Trigger',
		name: 'bitrix24TelephonyTrigger',
		icon: { light: 'file:../Bitrix24Telephony/telephony.svg', dark: 'file:../Bitrix24Telephony/telephony.dark.svg' },
		group: ['trigger'],
		// For version 1 alone n8n looks for an option binaryData in each request, which takes an expression and 5 ms
		// (webhook-helpers.js).
		version: [1, 1.1, READY_VERSION, LISTS_VERSION],
		defaultVersion: LISTS_VERSION,
		// The editor may have a text here, or nothing yet: an expression need not give a list.
		subtitle: `={{ [].concat($parameter["events"] || []).map((code) => (${JSON.stringify(EVENT_NAMES)})[code] || code).join(", ") }}`,
		description:
			'Connect any phone system (PBX) to Bitrix24: start workflows on clicked phone numbers and other call events; register, show, finish and log calls',
		defaults: { name: 'Bitrix24 Telephony Trigger' },
		inputs: [],
		outputs: `={{ $parameter["options"]?.reportTooLate ? ${JSON.stringify(OUTPUTS)} : ${JSON.stringify(ONE_MAIN)} }}`,
		credentials: [{ name: 'bitrix24OAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: WEBHOOK_PATH,
				// Bitrix24 is given this address with a signature; without it the trigger takes nothing.
				ndvHideUrl: true,
			},
		],
		...panel,
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: events.map(({ code, name, action, description }) => ({ name, value: code, action, description })),
				default: ['ONEXTERNALCALLSTART'],
				description: 'What starts the workflow',
			},
			delivery.property,
			verifyDelivery.property,
			testWith.property,
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

	methods = { listSearch: { searchEmployees, searchLines } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// A binding that is there says nothing of whether events arrive.
				return !usesSample(this) && !verifies(this) && (await isSubscribed(this, checkedWish(this)));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				if (usesSample(this)) await sendSample(this, checkedWish(this));
				else await subscribe(this, checkedWish(this), verifies(this));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unsubscribe(this, chosenEvents(this.getNodeParameter('events')));
				return true;
			},
		},
	};

	/** Fetches events, where the user wants that. n8n calls this in one process, at each of its starts. */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const wanted = deliveryOf(this);
		if (wanted === 'push') return {};
		const settings = settingsOf(this);
		const codes = chosenEvents(this.getNodeParameter('events'));
		return {
			closeFunction: startPolling(this, {
				...settings,
				events: codes,
				isPushed: wanted === 'both',
				interval: settings.options.pollInterval * 1000,
			}),
		};
	}

	/**
	 * Hands on what an event has brought. Without it n8n would call trigger() in a test, to fetch an event of its
	 * own.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const isLate = ({ json }: INodeExecutionData): boolean => json.TOO_LATE === true;
		return items.some(isLate) ? [items.filter((item) => !isLate(item)), items.filter(isLate)] : [items];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const wasOutdated = isOutdated(this);
		const verdict = await judge(this);
		if ('refused' in verdict) return answer(this, verdict.status, verdict.refused);
		if ('test' in verdict) {
			const tested = answer(this, 200);
			await acknowledgeTest(this);
			return tested;
		}
		const settings = settingsOf(this);
		for (const one of settings.wrong) this.logger.warn(one);
		const starting = startedBy(this, verdict.item, settings);
		// n8n keeps what renewed an outdated activation only when the node answers by itself.
		const answered = wasOutdated || (await isSlow(starting)) ? answer(this, 200) : undefined;
		const started = await starting;
		void keepAlive(this);
		if ('outputs' in started) return { ...answered, workflowData: started.outputs };
		if (started.nothing) this.logger.debug(started.nothing);
		return answered ?? answer(this, 200, started.nothing);
	}
}

/** @returns what the trigger begins with, or why the delivery starts nothing; no words for one that starts elsewhere */
async function startedBy(context: IWebhookFunctions, delivered: IDataObject, settings: Settings): Promise<Admission> {
	const item = await arrived(context, delivered);
	if (!item) return { nothing: '' };
	return await admit(item, settings, identityOf(context), async () => await connect(context, BRIEF));
}

/** @returns the delivered item; undefined when it goes, or went, through the queue */
async function arrived(context: IWebhookFunctions, item: IDataObject): Promise<IDataObject | undefined> {
	if (deliveryOf(context) !== 'both' || context.getMode() === 'manual') return item;
	const here = joinedAt(identityOf(context));
	if (!here) return (await isFirstToCome(context, item)) ? withAge(item, false) : undefined;
	here.push(item);
	return undefined;
}

/**
 * n8n answers for the node once the execution is stored, so that nothing is lost which was answered with 200. But the
 * portal
 * calls slow handlers less often: it does not wait longer than this for what is asked of it first, such as names.
 */
async function isSlow(starting: Promise<unknown>): Promise<boolean> {
	return await Promise.race([starting.then(() => false), clock.deadline(ANSWER_SECONDS * 1000).then(() => true)]);
}

function answer(context: IWebhookFunctions, status: number, message?: string): IWebhookResponseData {
	const response = context.getResponseObject().status(status);
	if (message) response.json({ message });
	else response.end();
	return { noWebhookResponse: true };
}
