import { startDemo, type Demo } from '../../tools/demo';
import { output, until, type ExecutionDetail, type WorkflowFile } from '../../tools/n8n/driver';
import { resources } from '../../nodes/Bitrix24Telephony/operations';
import { differences } from '../support/conforms';

/** One node of a chain: an operation with its parameters, or any other node. */
interface Link {
	name: string;
	operation?: string;
	parameters: Record<string, unknown>;
	type?: string;
	typeVersion?: number;
}

const id = (value: unknown) => ({ __rl: true, mode: 'id', value });
const extension = (value: string) => ({ __rl: true, mode: 'extension', value });
const phone = (value: string) => ({ __rl: true, mode: 'phone', value });
const employees = (...chosen: unknown[]) => ({ chosen: chosen.map((employee) => ({ employee })) });

let demo: Demo;
beforeAll(async () => {
	demo = await startDemo({ sandbox: { pbx: { timeFactor: 0.05 } } });
});
afterAll(async () => {
	await demo.stop();
});

/** Runs a chain of nodes by hand, as a user does, and returns what every node put out. */
async function runChain(resource: string, links: Link[]): Promise<ExecutionDetail> {
	const names = ['Start', ...links.map(({ name }) => name)];
	const nodes = links.map(({ name, operation, parameters, type, typeVersion }, index) => ({
		id: `n${index}`,
		name,
		type: type ?? 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
		typeVersion: typeVersion ?? 1,
		position: [200 * (index + 1), 0],
		parameters: type ? parameters : { resource, operation, options: {}, ...parameters },
		credentials: type ? { phoneSystemApi: { id: '', name: '' } } : { bitrix24OAuth2Api: { id: '', name: '' } },
	}));
	const start = {
		id: 's',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const connections = Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]),
	);
	const file = {
		name: `Every operation: ${resource}`,
		nodes: [start, ...nodes],
		connections,
		settings: { executionOrder: 'v1' },
	} as unknown as WorkflowFile;
	const { id: workflowId } = await demo.n8n.importWorkflow(file, { credentials: Object.values(demo.credentials) });
	const run = await demo.n8n.runManually(workflowId, { triggerName: 'Start', destinationName: names.at(-1) });
	if (!('executionId' in run)) throw new Error('The workflow waits for an event');
	const execution = await demo.n8n.waitForExecution({ id: run.executionId });
	expect([execution.error?.message, execution.error?.description]).toEqual([undefined, undefined]);
	for (const { name, operation } of links) {
		if (operation) expect(differences(resource, operation, output(execution, name)[0]?.json ?? {})).toEqual([]);
	}
	expect(new Set(links.map(({ operation }) => operation).filter(Boolean))).toEqual(
		new Set(resources.find(({ value }) => value === resource)?.operations.map(({ entry }) => entry.value)),
	);
	return execution;
}

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
		10_000,
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
	const execution = await runChain('call', [
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
	const execution = await runChain('client', [
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
	const execution = await runChain('employee', [
		{ name: 'Find', operation: 'find', parameters: { employee: extension('102') } },
		{ name: 'Many', operation: 'getMany', parameters: { returnAll: false, limit: 3, filters: { activeOnly: true } } },
	]);
	expect(output(execution, 'Many')).toHaveLength(3);
});

it('lines', async () => {
	await runChain('line', [
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
	const execution = await runChain('autoCall', [
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
	const execution = await runChain('setup', [
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

it('gives the editor the schema of every operation', async () => {
	for (const { value, operations } of resources) {
		for (const { entry, output, outputBefore } of operations)
			for (const [version, fields] of Object.entries({ '1.0.0': outputBefore, '1.1.0': output })) {
				const answer = await demo.n8n.session.fetch(
					`/schemas/n8n-nodes-bitrix24-telephony.bitrix24Telephony/${version}/${value}/${entry.value}.json`,
				);
				expect([value, entry.value, answer.status]).toEqual([value, entry.value, 200]);
				const { properties } = (await answer.json()) as { properties: object };
				expect(Object.keys(properties)).toEqual(Object.keys(fields));
			}
	}
	const trigger = await demo.n8n.session.fetch(
		'/schemas/n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger/1.0.0.json',
	);
	expect(await trigger.json()).toMatchObject({
		properties: { CALL_ID: { type: ['string', 'null'] }, USER_ID: { type: ['integer', 'null'] } },
	});
});

describe('the searchable lists', () => {
	const search = async (methodName: string, filter?: string, paginationToken?: string) =>
		await demo.n8n.session.request<{ results: { name: string; value: string }[]; paginationToken?: string }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				methodName,
				path: 'parameters.employee',
				nodeTypeAndVersion: { name: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony', version: 1 },
				currentNodeParameters: {},
				credentials: { bitrix24OAuth2Api: { id: demo.credentials.bitrix24, name: 'Bitrix24 account' } },
				filter,
				paginationToken,
			},
		);

	it('find employees by name and by extension, mark inactive ones, and page', async () => {
		expect((await search('searchEmployees', 'Carter')).results).toEqual([{ name: 'Ben Carter (102)', value: '2' }]);
		expect((await search('searchEmployees', '10')).results.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Anna Vogel (101)', 'Frank Moreau (106), inactive']),
		);
		demo.sandbox.portal.control.addEmployees(120);
		const seen = new Set<string>();
		let token: string | undefined;
		do {
			const { results, paginationToken } = await search('searchEmployees', undefined, token);
			for (const { value } of results) seen.add(value);
			token = paginationToken;
		} while (token);
		expect(seen.size).toBe(127);
	});

	it.each([
		['searchLines', 'London', { name: 'London showroom (+442079460500)', value: '+442079460500' }],
		['searchSources', 'call', { name: 'Call (CALL)', value: 'CALL' }],
		['searchCurrencies', 'eur', { name: 'Euro (EUR)', value: 'EUR' }],
		[
			'searchVoices',
			'ukenglishfemale',
			{ name: 'English (Female) (Amazon) (ukenglishfemale)', value: 'ukenglishfemale' },
		],
	])('%s finds %s', async (method, filter, expected) => {
		demo.sandbox.portal.control.reset();
		await demo.n8n.connectOAuth(demo.credentials.bitrix24);
		expect((await search(method, filter)).results).toContainEqual(expected);
	});

	it.each(['searchCallLists', 'searchBuiltInLines'])('%s gives codes and names', async (method) => {
		const { results } = await search(method);
		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) expect(name).toContain(value);
	});
});
