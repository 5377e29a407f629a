import {
	NodeConnectionTypes,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { looksSigned, SIGNATURE_PARAMETER } from '../../bitrix24/handlerSignature';
import { connect, readConnection, type Connection } from '../common/connection';
import { receive, type Verdict } from './delivery';
import { events } from './events';
import { isWanted, Repeats, typedList } from './filter';
import { withNames } from './lookUp';
import { acknowledgeTest, identityOf, isSubscribed, subscribe, unsubscribe, WEBHOOK_PATH } from './subscription';

const ONE_MAIN = [NodeConnectionTypes.Main];
const EVENT_NAMES = Object.fromEntries(events.map(({ code, name }) => [code, name]));

/** The trigger: binds events, verifies deliveries, starts the workflow. */
export class Bitrix24TelephonyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Telephony Trigger',
		name: 'bitrix24TelephonyTrigger',
		icon: { light: 'file:../Bitrix24Telephony/telephony.svg', dark: 'file:../Bitrix24Telephony/telephony.dark.svg' },
		group: ['trigger'],
		version: [1],
		defaultVersion: 1,
		subtitle: `={{ $parameter["events"].map((code) => (${JSON.stringify(EVENT_NAMES)})[code] || code).join(", ") }}`,
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
			{
				displayName: 'Verify Delivery on Activation',
				name: 'verifyDelivery',
				type: 'boolean',
				default: false,
				description: 'Whether publishing waits for a test event of Bitrix24, and fails when it does not arrive',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Duplicate Window (Seconds)',
						name: 'duplicateWindow',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 30,
						description: 'Drop a repeat of the same event and call within this time; 0 keeps repeats. A second click on a number repeats its call.',
					},
					{
						displayName: 'Look Up Names',
						name: 'lookUpNames',
						type: 'boolean',
						default: true,
						description: 'Whether to add the name and extension of the employee and the name of the client, with one request to Bitrix24',
					},
					{
						displayName: 'Only for Employees',
						name: 'employees',
						type: 'string',
						default: '',
						placeholder: '7, 12',
						description: 'IDs of employees, separated by commas. Events of others start nothing.',
					},
					{
						displayName: 'Only for Lines',
						name: 'lines',
						type: 'string',
						default: '',
						placeholder: '+4940669690',
						description: 'Numbers of lines, separated by commas. Events of others start nothing.',
					},
				],
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// A binding that is there says nothing of whether events arrive.
				return !verifies(this) && (await isSubscribed(this, chosenEvents(this)));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await subscribe(this, chosenEvents(this), verifies(this));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unsubscribe(this, chosenEvents(this));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const verdict = await judge(this);
		if ('refused' in verdict) return answer(this, 403, verdict.refused);
		if ('test' in verdict) {
			answer(this, 200);
			await acknowledgeTest(this);
			return { noWebhookResponse: true };
		}
		const { item } = verdict;
		const options = this.getNodeParameter('options', {}) as IDataObject;
		if (!isWelcome(this, item, options)) return answer(this, 200);
		if (options.lookUpNames !== true) return { workflowData: [[{ json: item }]] };
		// The portal calls slow handlers less often, so it gets its answer before it is asked.
		answer(this, 200);
		return { noWebhookResponse: true, workflowData: [[{ json: await withNames(await connect(this), item) }]] };
	}
}

/** Clicks of the last seconds, of all triggers of this process. */
const repeats = new Repeats();

function isWelcome(context: IWebhookFunctions, item: IDataObject, options: IDataObject): boolean {
	if (!isWanted(item, { employees: typedList(options.employees), lines: typedList(options.lines) })) return false;
	const window = Number(options.duplicateWindow ?? 30);
	if (!item.CALL_ID || !(window > 0)) return true;
	const { workflowId, webhookPath, mode } = identityOf(context);
	return !repeats.isRepeat(JSON.stringify([workflowId, webhookPath, mode, item.event, item.CALL_ID]), window, Date.now());
}

function answer(context: IWebhookFunctions, status: number, message?: string): IWebhookResponseData {
	const response = context.getResponseObject().status(status);
	if (message) response.json({ message });
	else response.end();
	return { noWebhookResponse: true };
}

/** Test listening takes one event only, so it is not verified. */
function verifies(context: IHookFunctions): boolean {
	return context.getNodeParameter('verifyDelivery', false) === true && context.getMode() !== 'manual';
}

function chosenEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	return [context.getNodeParameter('events') as string | string[]].flat().map((code) => String(code).toUpperCase());
}

async function judge(context: IWebhookFunctions): Promise<Verdict> {
	const signature = (context.getQueryData() as Record<string, unknown>)[SIGNATURE_PARAMETER];
	// Reading a credential takes n8n some fifty milliseconds; strangers shall not cost them.
	if (!looksSigned(signature)) return { refused: 'The signature does not fit' };
	let connection: Connection;
	try {
		connection = await readConnection(context);
	} catch {
		return { refused: 'The Bitrix24 credential of this trigger is not connected' };
	}
	// A throw here would store a failed execution for every stray request.
	const { rawBody } = context.getRequestObject();
	return receive(
		{ signature, body: Buffer.isBuffer(rawBody) ? rawBody : undefined },
		{ ...connection, identity: identityOf(context), eventCodes: chosenEvents(context) },
	);
}
