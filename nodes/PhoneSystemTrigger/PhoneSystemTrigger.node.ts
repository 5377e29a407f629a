import {
	NodeConnectionTypes,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { phoneSystem } from '../../pbx';
import type { PhoneSystem, Reading, Reply } from '../../pbx/system';
import type { Post } from '../../pbx/post';
import { loginOf, PHONE_CREDENTIAL } from '../common/phoneSystem';
import { events, reportItem } from './events';
import { postOf, REPORT_PATH } from './post';

/** Systems that send no proof: whoever knows the address may report. */
const WITHOUT_PROOF = ['asterisk', 'freeswitch'];

const SYSTEMS = [
	{ name: 'Asterisk', value: 'asterisk', description: 'With the dialplan of this package’s examples' },
	{ name: 'FreeSWITCH', value: 'freeswitch', description: 'With the dialplan of this package’s examples' },
	{ name: 'Mango Office', value: 'mango', description: 'Mango Office adds the kind of event to the address by itself' },
	{
		name: 'MegaFon',
		value: 'megafon',
		description: 'And relatives with the same interface, crmapi/v1: Kcell and others',
	},
	{
		name: 'Twilio',
		value: 'twilio',
		description: 'Addresses of TwiML and of calls: status, end of the dial, recording',
	},
	{ name: 'Yeastar P-Series', value: 'yeastar', description: 'Webhook with the events 30011, 30012 and 30015' },
	{ name: 'Zadarma', value: 'zadarma', description: 'And Novofon 1.0' },
] satisfies INodeProperties['options'];
const SYSTEM_NAMES = Object.fromEntries(SYSTEMS.map(({ name, value }) => [value, name]));

const NAMES = Object.fromEntries(events.map(({ name, value }) => [value, name]));
const ORDER = events.map(({ value }) => value);
const CHOSEN = `${JSON.stringify(ORDER)}.filter((one) => [].concat($parameter["events"] || []).includes(one))`;
const ASKS = `[].concat($parameter["events"] || []).includes("asked")`;

const POSTED: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: 'noData',
	path: REPORT_PATH,
};

/**
 * Mango sends each kind of event to an address of its own below the one that it was given. One path with variables
 * would do in one node only: n8n keeps such a path without the webhook's id, and refuses it to a second node (webhook
 * entity, 2.41).
 */
const MANGO_PATHS = ['events/call', 'events/summary', 'events/recording', 'result/callback', 'ping'];

/** Asterisk's CURL() cannot tell an empty answer from none, and the dialplan would repeat the report. */
const taken = (system: string): Reply => ({
	status: 200,
	contentType: 'text/plain',
	body: system === 'asterisk' ? 'OK' : '',
});

/** The reports of a phone system, verified, in one shape. */
export class PhoneSystemTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Phone System Trigger',
		name: 'phoneSystemTrigger',
		icon: { light: 'file:phoneSystem.svg', dark: 'file:phoneSystem.dark.svg' },
		group: ['trigger'],
		// For version 1 alone n8n looks for an option binaryData in each request, which takes an expression and 5 ms
		// (webhook-helpers.js).
		version: [1.1],
		subtitle: `={{ (${JSON.stringify(SYSTEM_NAMES)})[$parameter["system"]] + ": " + ${CHOSEN}.map((one) => (${JSON.stringify(NAMES)})[one]).join(", ") }}`,
		description:
			'Starts when a phone system (PBX) reports a call, in the same shape for every system. Forged reports are refused.',
		defaults: { name: 'Phone System Trigger' },
		inputs: [],
		outputs: `={{ ${CHOSEN}.length > 1 ? ${CHOSEN}.map((one) => ({ type: "${NodeConnectionTypes.Main}", displayName: (${JSON.stringify(NAMES)})[one] })) : ["${NodeConnectionTypes.Main}"] }}`,
		credentials: [{ name: PHONE_CREDENTIAL, required: true, displayOptions: { hide: { system: WITHOUT_PROOF } } }],
		webhooks: [
			{
				...POSTED,
				responseMode: `={{ ${ASKS} ? "lastNode" : "onReceived" }}`,
				// As `taken`.
				responseData: `={{ ${ASKS} ? "firstEntryJson" : $parameter["system"] === "asterisk" ? "OK" : "noData" }}`,
				path: REPORT_PATH,
			},
			...MANGO_PATHS.map((path) => ({ ...POSTED, path: `${REPORT_PATH}/${path}`, ndvHideUrl: true })),
			{ ...POSTED, name: 'setup', httpMethod: 'GET', path: REPORT_PATH, ndvHideUrl: true },
		],
		properties: [
			{
				displayName: 'Phone System',
				name: 'system',
				type: 'options',
				noDataExpression: true,
				options: SYSTEMS,
				default: 'asterisk',
				description: 'Whose reports come in',
			},
			{
				displayName:
					'The Production URL above goes into the configuration of the phone system, and nowhere else. Keep it secret: anybody who knows it can report calls.',
				name: 'secretNotice',
				type: 'notice',
				displayOptions: { show: { system: WITHOUT_PROOF } },
				default: '',
			},
			{
				displayName:
					'Enter the Production URL above in your phone system as the address for its reports. They are checked with the credential, so choose one of the same phone system.',
				name: 'addressNotice',
				type: 'notice',
				displayOptions: { hide: { system: WITHOUT_PROOF } },
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				noDataExpression: true,
				options: events.map(({ name, value, description }) => ({ name, value, description })),
				default: ['ended'],
				description: 'What starts the workflow. With more than one each has an output of its own.',
			},
		],
	};

	/** The address is entered in the phone system by hand, so there is nothing to register. */
	webhookMethods = {
		default: {
			checkExists: async (): Promise<boolean> => await Promise.resolve(true),
			create: async (): Promise<boolean> => await Promise.resolve(true),
			delete: async (): Promise<boolean> => await Promise.resolve(true),
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const name = String(this.getNodeParameter('system'));
		const system = phoneSystem(name);
		const post = postOf(this);
		if (!system || !post) return reply(this, { status: system ? 413 : 404, contentType: 'text/plain', body: '' });
		if (!(await isGenuine(this, system, post)))
			return reply(this, { status: 401, contentType: 'text/plain', body: 'The signature does not fit' });
		const reading = system.read(post, this.getTimezone());
		const workflowData = outputs(this, name, reading);
		const isAsked = reading.reports.some(({ event }) => event === 'asked');
		const starts = workflowData.some((items) => items.length > 0);
		if (!starts) return reply(this, reading.reply ?? taken(name));
		// Where the workflow answers questions, n8n would keep every other report waiting for its end as well.
		const answersItself = reading.reply !== undefined || (chosen(this).includes('asked') && !isAsked);
		const answered = answersItself ? reply(this, reading.reply ?? taken(name)) : {};
		return { ...answered, workflowData };
	}
}

async function isGenuine(context: IWebhookFunctions, system: PhoneSystem, post: Post): Promise<boolean> {
	if (!system.isGenuine) return true;
	const credential = await context.getCredentials(PHONE_CREDENTIAL).catch((): IDataObject => ({}));
	return system.isGenuine(post, loginOf(credential));
}

function chosen(context: IWebhookFunctions): string[] {
	const given = [context.getNodeParameter('events')].flat();
	return ORDER.filter((one) => given.includes(one));
}

function outputs(context: IWebhookFunctions, name: string, { reports, raw }: Reading): INodeExecutionData[][] {
	return chosen(context).map((event) =>
		reports.filter((report) => report.event === event).map((report) => ({ json: reportItem(name, report, raw) })),
	);
}

function reply(context: IWebhookFunctions, { status, contentType, body }: Reply): IWebhookResponseData {
	context.getResponseObject().status(status).type(contentType).send(body);
	return { noWebhookResponse: true };
}
