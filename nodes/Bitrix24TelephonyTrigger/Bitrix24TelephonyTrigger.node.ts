import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { SIGNATURE_PARAMETER } from '../../bitrix24/handlerSignature';
import { readConnection, type Connection } from '../shared/connection';
import { receive, type Verdict } from './delivery';
import { events } from './events';
import { identityOf, isSubscribed, subscribe, unsubscribe, WEBHOOK_PATH } from './subscription';

/** The trigger: binds events, verifies deliveries, starts the workflow. */
export class Bitrix24TelephonyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Telephony Trigger',
		name: 'bitrix24TelephonyTrigger',
		icon: { light: 'file:../Bitrix24Telephony/telephony.svg', dark: 'file:../Bitrix24Telephony/telephony.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["event"] }}',
		description: 'Starts when an employee clicks a phone number in Bitrix24',
		defaults: { name: 'Bitrix24 Telephony Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bitrix24OAuth2Api', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: WEBHOOK_PATH }],
		properties: [
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				options: events.map(({ code, name, description }) => ({ name, value: code, description })),
				default: 'ONEXTERNALCALLSTART',
				description: 'What starts the workflow',
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isSubscribed(this, chosenEvents(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await subscribe(this, chosenEvents(this));
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
		if ('item' in verdict) return { workflowData: [[{ json: verdict.item }]] };
		this.getResponseObject().status(403).json({ message: verdict.refused });
		return { noWebhookResponse: true };
	}
}

function chosenEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	return [String(context.getNodeParameter('event'))];
}

async function judge(context: IWebhookFunctions): Promise<Verdict> {
	let connection: Connection;
	try {
		connection = await readConnection(context);
	} catch {
		return { refused: 'The Bitrix24 credential of this trigger is not connected' };
	}
	const query = context.getQueryData() as Record<string, unknown>;
	// A throw here would store a failed execution for every stray request.
	const { rawBody } = context.getRequestObject();
	return receive(
		{ signature: query[SIGNATURE_PARAMETER], body: Buffer.isBuffer(rawBody) ? rawBody : undefined },
		{ ...connection, identity: identityOf(context), eventCodes: chosenEvents(context) },
	);
}
