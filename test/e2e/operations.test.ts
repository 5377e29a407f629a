import { startDemo, type Demo } from '../../tools/demo';
import { output, until } from '../../tools/n8n/driver';
import { declareTests } from './operations/editor';
import { runChain } from './support/chain';

const id = (value: unknown) => ({ __rl: true, mode: 'id', value });
const extension = (value: string) => ({ __rl: true, mode: 'extension', value });
const phone = (value: string) => ({ __rl: true, mode: 'phone', value });
const employees = (...chosen: unknown[]) => ({ chosen: chosen.map((employee) => ({ employee })) });

let demo: Demo;
beforeAll(async () => {
	demo = await startDemo({ sandbox: { pbx: { timeFactor: 0.05, answerSeconds: 120 } } });
});
afterAll(async () => {
	await demo.stop();
});

/** The PBX plays a call of three seconds, so that it has a recording. */
async function recordSomeCall(): Promise<void> {
	const { url, user, password, calls, control } = demo.sandbox.pbx;
	// The click-to-call example shall not log it.
	control.setGlobals({ B24_REPORT_URL: '' });
	const body = JSON.stringify({
		endpoint: 'Local/102@b24-agent',
		extension: 's',
		context: 'from-bitrix24',
		priority: 1,
		variables: { __B24_NUMBER: '4930231259003' },
	});
	const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
	await fetch(`${url}/ari/channels`, {
		method: 'POST',
		headers: { authorization, 'content-type': 'application/json' },
		body,
	});
	await until(
		() => Promise.resolve(calls.some(({ result }) => result) || undefined),
		() => 'the call does not end',
	);
}

it('calls', async () => {
	const call = '={{ $("Register").item.json.CALL_ID }}';
	const finish = {
		employee: id(4),
		duration: 8,
		outcomeFrom: 'sip',
		outcomeWord: '200',
		direction: 'incoming',
		addToChat: false,
		additionalFields: { cost: 0.5, costCurrency: id('EUR') },
	};
	const log = {
		direction: 'outgoing',
		phoneNumber: '+442079460111',
		employee: extension('103'),
		start: '={{ $now.minus({ hours: 2 }) }}',
		duration: 5,
		outcomeFrom: 'twilio',
		outcomeWord: 'completed',
		externalCallId: 'pbx-1',
		skipLogged: true,
		recordingFrom: 'none',
		transcript: '={{ [{ side: "client", start: 0, stop: 2, text: "Hello" }] }}',
		additionalFields: {},
	};
	const report = {
		SYSTEM: 'asterisk',
		EVENT: 'ended',
		EXTERNAL_CALL_ID: 'pbx-2',
		DIRECTION: 'incoming',
		PHONE_NUMBER: '+442079460112',
		EXTENSION: '103',
		OUTCOME: 'unanswered',
		DURATION: 0,
	};
	await recordSomeCall();
	const execution = await runChain(demo, 'call', [
		{
			name: 'Register',
			operation: 'register',
			parameters: {
				employee: id(2),
				phoneNumber: '+494066969441',
				type: 2,
				externalCallId: 'pbx-0',
				show: true,
				additionalFields: { lineNumber: id('+4940669690') },
			},
		},
		{ name: 'Show', operation: 'show', parameters: { callId: call, employees: employees(id('3,4')) } },
		{
			name: 'Answered',
			operation: 'answeredBy',
			parameters: { callId: call, employee: extension('103'), employees: employees(id('2,3,4')) },
		},
		{ name: 'Transfer', operation: 'transfer', parameters: { callId: call, fromEmployee: id(3), toEmployee: id(4) } },
		{ name: 'Hide', operation: 'hide', parameters: { callId: call, employees: employees(id(4)) } },
		{ name: 'Finish', operation: 'finish', parameters: { callId: call, ...finish } },
		{
			name: 'List',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${demo.sandbox.pbx.url}/ari/recordings/stored`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'phoneSystemApi',
				options: {},
			},
		},
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `=${demo.sandbox.pbx.url}/ari/recordings/stored/{{ $json.name }}/file`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'phoneSystemApi',
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		{
			name: 'Recording',
			operation: 'attachRecording',
			parameters: {
				callId: '={{ $("Register").first().json.CALL_ID }}',
				recordingFrom: 'binary',
				binaryProperty: 'data',
			},
		},
		{
			name: 'Transcript',
			operation: 'attachTranscript',
			parameters: {
				callId: '={{ $("Register").first().json.CALL_ID }}',
				transcript: '[{"side":"employee","start":0,"stop":1,"text":"Good morning"}]',
				additionalFields: {},
			},
		},
		{
			name: 'Get',
			operation: 'get',
			parameters: { callId: '={{ $("Register").first().json.CALL_ID }}', simplify: true },
		},
		{ name: 'Log', operation: 'logCall', parameters: log },
		{
			name: 'Report',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ JSON.stringify({ ...${JSON.stringify(report)}, START: $now.minus({ hours: 1 }).toISO() }) }}`,
				options: {},
			},
		},
		{ name: 'By Report', operation: 'finishByReport', parameters: {} },
		{
			name: 'Many',
			operation: 'getMany',
			parameters: { returnAll: true, filters: {}, sort: 'CALL_START_DATE DESC', simplify: true },
		},
		{ name: 'Newest', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: { maxItems: 1 } },
		{
			name: 'Credit',
			operation: 'credit',
			parameters: {
				callId: '={{ $("Register").first().json.CALL_ID }}',
				employee: phone('+491523990102'),
				entities: 'none',
			},
		},
		{
			name: 'Handed',
			operation: 'register',
			parameters: {
				employee: phone('102'),
				phoneNumber: '+494066969442',
				type: 2,
				externalCallId: 'pbx-3',
				show: true,
				additionalFields: {},
			},
		},
		{
			name: 'Running',
			operation: 'findRunning',
			parameters: { employee: id(2), phoneNumber: '4940 66969442', direction: 'incoming', additionalFields: {} },
		},
		{
			name: 'Parts',
			operation: 'finishParts',
			parameters: { partsFrom: 'list', talked: '[{"EXTENSION":"102","SECONDS":3},{"EXTENSION":"103","SECONDS":4}]' },
		},
	]);
	expect(output(execution, 'Running')[0]?.json).toEqual({
		CALL_ID: output(execution, 'Handed')[0]?.json.CALL_ID,
		FOUND: true,
	});
	expect(output(execution, 'Parts').map(({ json }) => json.PORTAL_USER_ID)).toEqual([2, 3]);
	expect(output(execution, 'Get')[0]?.json).toMatchObject({
		EXTERNAL_CALL_ID: 'pbx-0',
		CALL_DURATION: 8,
		PORTAL_USER_ID: 4,
		CALL_FAILED_CODE: '200',
		COST: 0.5,
		COST_CURRENCY: 'EUR',
		RECORD_FILE_ID: expect.any(Number) as number,
		TRANSCRIPT_ID: expect.any(Number) as number,
	});
	expect(output(execution, 'Many').map(({ json }) => json.EXTERNAL_CALL_ID)).toEqual(['pbx-0', 'pbx-2', 'pbx-1']);
	const stored = [...demo.sandbox.portal.state.recordings.values()];
	expect(stored).toHaveLength(1);
	expect(stored[0]?.content.subarray(0, 4).toString()).toBe('RIFF');
});

it('clients', async () => {
	const execution = await runChain(demo, 'client', [
		{ name: 'Find', operation: 'find', parameters: { phoneNumber: '+494066969441' } },
		{
			name: 'Route',
			operation: 'route',
			parameters: {
				phoneNumber: '={{ $json.PHONE_NUMBER }}',
				employees: employees(extension('104')),
				ringUnknown: true,
			},
		},
		{
			name: 'Follow-Up',
			operation: 'createFollowUp',
			parameters: {
				callId: 'externalCall.chain.1',
				phoneNumber: '={{ $json.PHONE_NUMBER }}',
				due: '={{ $now.plus({ minutes: 30 }) }}',
				title: '=Call back {{ $json.CLIENT_NAME }}',
				additionalFields: {},
			},
		},
		{
			name: 'Called Back',
			operation: 'closeFollowUps',
			parameters: { phoneNumber: '={{ $("Route").item.json.PHONE_NUMBER }}' },
		},
		{
			name: 'Hand Over',
			operation: 'setResponsible',
			parameters: {
				findBy: 'client',
				clientType: '={{ $("Route").item.json.CRM_ENTITY_TYPE }}',
				clientId: '={{ $("Route").item.json.CRM_ENTITY_ID }}',
				employee: phone('+491523990104'),
			},
		},
	]);
	expect(output(execution, 'Follow-Up')[0]?.json).toMatchObject({ CREATED: true, USER_ID: 2 });
	expect(output(execution, 'Called Back')[0]?.json).toMatchObject({ CLOSED: 1 });
	expect(output(execution, 'Hand Over')[0]?.json).toMatchObject({ USER_ID: 4, CRM_ENTITY_TYPE: 'CONTACT' });
	expect(output(execution, 'Route')[0]?.json).toMatchObject({
		EXTENSION: '102',
		REASON: 'responsible',
		CLIENT_NAME: 'Julia Sommer',
	});
});

it('employees', async () => {
	const execution = await runChain(demo, 'employee', [
		{ name: 'Find', operation: 'find', parameters: { employee: extension('102') } },
		{ name: 'Many', operation: 'getMany', parameters: { returnAll: false, limit: 3, filters: { activeOnly: true } } },
	]);
	expect(output(execution, 'Many')).toHaveLength(3);
});

it('lines', async () => {
	await runChain(demo, 'line', [
		{ name: 'Add', operation: 'add', parameters: { number: '+4999', name: 'Test', autoCreate: true } },
		{
			name: 'Update',
			operation: 'update',
			parameters: { line: id('={{ $json.NUMBER }}'), updateFields: { name: 'Renamed' } },
		},
		{ name: 'Many', operation: 'getMany', parameters: {} },
		{ name: 'Delete', operation: 'delete', parameters: { line: id('={{ $json.NUMBER }}') } },
	]);
	expect(demo.sandbox.portal.state.lines).toEqual([]);
});

it('automatic calls', async () => {
	const speech = {
		fromLine: id('reg150907'),
		phoneNumber: '+494066969441',
		text: 'Hello',
		voice: id('={{ $("Voices").first().json.VOICE }}'),
	};
	const execution = await runChain(demo, 'autoCall', [
		{ name: 'Voices', operation: 'getVoices', parameters: {} },
		{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: { maxItems: 1 } },
		{ name: 'Callback', operation: 'callback', parameters: speech },
		{ name: 'Text', operation: 'textCall', parameters: speech },
		{
			name: 'Sound',
			operation: 'soundCall',
			parameters: { fromLine: id('reg150907'), phoneNumber: '+494066969441', soundUrl: 'https://example.com/a.mp3' },
		},
	]);
	expect(output(execution, 'Text')[0]?.json.CALL_ID).toMatch(/^infocall\./);
});

it('set-up', async () => {
	const { portal } = demo.sandbox;
	const orphan = `${demo.server.url}/webhook/00000000-0000-4000-8000-000000000000/bitrix24?signature=x`;
	const { accessToken } = portal.control.issueTokens(1);
	await fetch(`${portal.url}/rest/event.bind`, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify({ event: 'ONEXTERNALCALLSTART', handler: orphan }),
	});
	const execution = await runChain(demo, 'setup', [
		{ name: 'Check', operation: 'check', parameters: { checkDeliveries: true } },
		{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: { maxItems: 1 } },
		{ name: 'Remove', operation: 'removeOrphans', parameters: {} },
	]);
	const findings = output(execution, 'Check').map(({ json }) => [json.CHECK, json.RESULT]);
	expect(findings).toEqual([
		['Application', 'ok'],
		['Permission telephony', 'ok'],
		['Permission user', 'ok'],
		['Permission crm', 'ok'],
		['Permission call', 'ok'],
		['Connected Employee', 'ok'],
		['Token', 'ok'],
		['Connection', 'ok'],
		['Clocks', 'ok'],
		['Click-to-Call', 'ok'],
		['Lines', 'ok'],
		['Handler ONEXTERNALCALLSTART', 'ok'],
		['Handler ONEXTERNALCALLSTART', 'problem'],
		['Delivery', 'ok'],
	]);
	expect(output(execution, 'Remove')[0]?.json).toMatchObject({ REMOVED: 1, KEPT: 1 });
	expect(portal.state.handlers.map(({ handler }) => handler)).not.toContain(orphan);
});

declareTests(() => demo);
