import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { startPortal, type Portal } from '../sandbox/portal';
import { connectPortal } from '../tools/demo';
import { output, type N8n, type WorkflowFile, type WorkflowNode } from '../tools/n8n/driver';
import { spread, table } from './report';

const NODE = 'Finish';
const EMPLOYEE = 2;
const TALKED_SECONDS = 7;

/** What is measured. */
export interface FinishOptions {
	/** Calls to finish in one run of the node. */
	items: number;
	/** Runs of each node. */
	rounds: number;
	/** Share of a real portal's service times: 1 is like a real portal, 0 answers at once. */
	timeFactor: number;
}

/** A node under measurement. */
interface Contestant {
	name: string;
	url: string;
	workflowId: string;
	times: number[];
	requests: number;
}

/**
 * Figure 2: many Finish items through our node and through n8n's HTTP Request node, which calls
 * `telephony.externalCall.finish` with the same credential and the same parameters. The time is the one that n8n notes
 * for the node; requests are counted at the portal; afterwards every call must stand in the history.
 * @param n8n where both run
 * @returns the table to print
 */
export async function finishItems(n8n: N8n, { items, rounds, timeFactor }: FinishOptions): Promise<string> {
	const portal = await startPortal({ timeFactor });
	try {
		const credential = await connectPortal(n8n, portal);
		const ours = await contestant(n8n, 'Bitrix24 Telephony', credential, ourNode());
		const plain = await contestant(n8n, 'n8n HTTP Request node', credential, requestNode(portal));
		// Without service time a first run also loads code; with it that would only cost minutes.
		if (timeFactor === 0) for (const one of [ours, plain]) await measure(n8n, portal, one, items);
		for (let round = 0; round < rounds; round += 1) {
			// Our node remembers which part of the burst it has used, although the portal is made to forget it.
			if (round > 0 && timeFactor > 0) await sleep(REFILL_MS * timeFactor);
			for (const one of round % 2 === 0 ? [ours, plain] : [plain, ours])
				one.times.push(await measure(n8n, portal, one, items));
		}
		for (const { workflowId } of [ours, plain]) await n8n.deactivate(workflowId);
		const row = ({ name, times, requests }: Contestant) => ({ name, times: spread(times), counts: { requests } });
		return table(row(ours), row(plain));
	} finally {
		await portal.stop();
	}
}

async function contestant(n8n: N8n, name: string, credential: string, node: WorkflowNode): Promise<Contestant> {
	const path = randomUUID();
	const nodes: WorkflowNode[] = [
		{
			name: 'Calls',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		},
		{
			name: 'Split',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [220, 0],
			parameters: { fieldToSplitOut: 'body.calls', options: {} },
		},
		node,
	];
	const connections = Object.fromEntries(
		[
			['Calls', 'Split'],
			['Split', NODE],
		].map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	const file: WorkflowFile = { name: `Bench: ${name}`, nodes, connections };
	const { id } = await n8n.importWorkflow(file, { credentials: [credential] });
	await n8n.activate(id);
	return { name, url: `${n8n.session.url}/webhook/${path}`, workflowId: id, times: [], requests: 0 };
}

/** The credential is filled in at the import. */
const CREDENTIALS = { bitrix24OAuth2Api: { id: null, name: '' } };

function ourNode(): WorkflowNode {
	return {
		name: NODE,
		type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
		typeVersion: 1,
		position: [440, 0],
		credentials: CREDENTIALS,
		parameters: {
			resource: 'call',
			operation: 'finish',
			callId: '={{ $json.CALL_ID }}',
			employee: { __rl: true, mode: 'id', value: String(EMPLOYEE) },
			duration: TALKED_SECONDS,
			outcomeFrom: 'list',
			outcome: 'answered',
			direction: 'outgoing',
			addToChat: true,
			additionalFields: {},
			options: {},
		},
	};
}

function requestNode(portal: Portal): WorkflowNode {
	return {
		name: NODE,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [440, 0],
		credentials: CREDENTIALS,
		parameters: {
			method: 'POST',
			url: `${portal.url}/rest/telephony.externalCall.finish`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'bitrix24OAuth2Api',
			sendBody: true,
			specifyBody: 'json',
			options: {},
			jsonBody: `={"CALL_ID": "{{ $json.CALL_ID }}", "USER_ID": ${EMPLOYEE}, "DURATION": ${TALKED_SECONDS}, "STATUS_CODE": "200", "ADD_TO_CHAT": 1 }`,
		},
	};
}

/** One run. Both nodes find a portal whose request limit is untouched. */
async function measure(n8n: N8n, portal: Portal, one: Contestant, items: number): Promise<number> {
	const calls = await register(portal, items);
	portal.limits.reset();
	const lastRequest = portal.state.requests.at(-1)?.id ?? 0;
	const known = new Set((await n8n.executions({ workflowId: one.workflowId })).map(({ id }) => id));
	const answer = await fetch(one.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ calls: calls.map((CALL_ID) => ({ CALL_ID })) }),
	});
	if (!answer.ok) throw new Error(`${one.url} answered ${answer.status}: ${await answer.text()}`);
	const execution = await n8n.waitForExecution(
		{ workflowId: one.workflowId, where: ({ id }) => !known.has(id) },
		ENOUGH_MS,
	);
	const [run] = execution.runs[NODE] ?? [];
	if (execution.status !== 'success' || !run || output(execution, NODE).length !== items) {
		throw new Error(
			`${one.name} did not finish ${items} calls: ${execution.status}, ${JSON.stringify(execution.error)}`,
		);
	}
	const logged = new Set([...portal.state.history.values()].map(({ callId }) => callId));
	const missing = calls.filter((callId) => !logged.has(callId));
	if (missing.length > 0) throw new Error(`${one.name} left ${missing.length} of ${items} calls out of the history`);
	one.requests = portal.state.requests.filter(({ id, inBatch }) => id > lastRequest && !inBatch).length;
	return run.executionTime;
}

/** Milliseconds until a burst of fifty requests is whole again, at two a second. */
const REFILL_MS = 25_000;
/** Milliseconds. Fifty calls, each at 2.3 s, and as much again. */
const ENOUGH_MS = 240_000;
let registered = 0;

async function register(portal: Portal, count: number): Promise<string[]> {
	const { accessToken } = portal.control.issueTokens();
	const one = async (): Promise<string> => {
		registered += 1;
		const response = await fetch(`${portal.url}/rest/telephony.externalCall.register`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
			body: JSON.stringify({
				USER_ID: EMPLOYEE,
				PHONE_NUMBER: `+4930${1_000_000 + registered}`,
				TYPE: 1,
				SHOW: 0,
				CRM_CREATE: 0,
			}),
		});
		const { result }: { result?: { CALL_ID?: string } } = await response.json();
		if (!result?.CALL_ID) throw new Error(`The portal registered no call (${response.status})`);
		return result.CALL_ID;
	};
	portal.limits.reset();
	return await Promise.all(Array.from({ length: count }, one));
}
