import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';

interface Answered {
	status?: number;
	type?: string;
	body?: string;
}

/** A call of the trigger's address, and what it answered by itself. */
async function called(parameters: IDataObject, body: string | Buffer, credential?: IDataObject) {
	const answered: Answered = {};
	const response = {
		status: (status: number) => Object.assign(answered, { status }) && response,
		type: (type: string) => Object.assign(answered, { type }) && response,
		send: (text: string) => Object.assign(answered, { body: text }),
	};
	const context = {
		getNodeParameter: (name: string) => parameters[name],
		getRequestObject: () => ({
			method: 'POST',
			originalUrl: '/webhook/hook/report?a=1',
			headers: {},
			rawBody: Buffer.from(body),
		}),
		getQueryData: () => ({ a: '1' }),
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/hook/report',
		getResponseObject: () => response,
		getTimezone: () => 'UTC',
		getCredentials: async () => await (credential ? Promise.resolve(credential) : Promise.reject(new Error('none'))),
	};
	return { result: await new PhoneSystemTrigger().webhook.call(context as unknown as IWebhookFunctions), answered };
}

const ENDED = 'CALL_ID=externalCall.a.1&DIALSTATUS=ANSWER&ANSWEREDTIME=4&HANGUPCAUSE=16';

it('starts the workflow with one item, and leaves the answer to n8n, which has stored the execution by then', async () => {
	const { result, answered } = await called({ system: 'asterisk', events: ['ended'] }, ENDED);
	expect(result.workflowData).toMatchObject([
		[{ json: { SYSTEM: 'asterisk', EVENT: 'ended', CALL_ID: 'externalCall.a.1', OUTCOME: 'answered', DURATION: 4 } }],
	]);
	expect(result.noWebhookResponse).toBeUndefined();
	expect(answered).toEqual({});
});

it('gives each event an output of its own, in the order in which the node shows them', async () => {
	const { result } = await called(
		{ system: 'asterisk', events: ['answered', 'ended'] },
		'EVENT=answered&CALL_ID=x&TALKED=102:0',
	);
	expect(result.workflowData).toMatchObject([[], [{ json: { EVENT: 'answered' } }]]);
});

it('takes an event that is not wanted, and starts nothing', async () => {
	expect(await called({ system: 'asterisk', events: ['ended'] }, 'EVENT=answered&CALL_ID=x')).toEqual({
		result: { noWebhookResponse: true },
		answered: { status: 200, type: 'text/plain', body: 'OK' },
	});
});

it('answers by itself where n8n would keep the phone system waiting for the end of the workflow', async () => {
	const { result, answered } = await called({ system: 'asterisk', events: ['ended', 'asked'] }, ENDED);
	expect([result.noWebhookResponse, answered.status, result.workflowData?.[0]?.length]).toEqual([true, 200, 1]);
});

it.each([
	['a body that is too large', 'asterisk', Buffer.alloc(1_048_577), 413],
	['a system that is not there', 'nothing', '', 404],
])('refuses %s', async (_name, system, body, status) => {
	expect(await called({ system, events: ['ended'] }, body)).toEqual({
		result: { noWebhookResponse: true },
		answered: { status, type: 'text/plain', body: '' },
	});
});

describe('of a phone system that proves its reports', () => {
	const asked = 'cmd=contact&crm_token=secret&callid=c1&phone=79991234567&diversion=74951234567';
	const secret = { system: 'megafon', reportSecret: 'secret' };

	it.each([
		['without a credential', undefined],
		['with another secret', { ...secret, reportSecret: 'other' }],
	])('refuses one %s', async (_name, credential) => {
		expect(await called({ system: 'megafon', events: ['asked'] }, asked, credential)).toEqual({
			result: { noWebhookResponse: true },
			answered: { status: 401, type: 'text/plain', body: 'The signature does not fit' },
		});
	});

	it('leaves a question to the workflow, and answers what nobody wants with nothing', async () => {
		const { result, answered } = await called({ system: 'megafon', events: ['ended', 'asked'] }, asked, secret);
		expect([result, answered]).toEqual([
			{ workflowData: [[], [{ json: expect.objectContaining({ EVENT: 'asked' }) as IDataObject }]] },
			{},
		]);
		expect(await called({ system: 'megafon', events: ['ended'] }, asked, secret)).toEqual({
			result: { noWebhookResponse: true },
			answered: { status: 200, type: 'text/plain', body: '' },
		});
	});
});
