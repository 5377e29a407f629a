import { randomUUID } from 'node:crypto';
import type { N8n, WorkflowFile } from '../../tools/n8n/driver';
import { lines, spread } from '../report';
import type { LoadSize } from './executions';
import { boundOf, loadOf, loadTable, REGISTER, seconds, timed } from './load';
import { RemotePortal } from './remotePortal';
import { newCalls, OPERATIONS } from './runner';

/**
 * Row 1 on real n8n: a workflow behind a webhook that registers one call, and as many posts at once.
 * @returns the tables to print
 */
export async function registersOnN8n(n8n: N8n, { count, timeFactor }: LoadSize): Promise<string> {
	return await RemotePortal.during(timeFactor, async (portal) => {
		const { workflowId, url } = await publish(n8n, await connect(n8n, portal));
		try {
			// The first execution loads code.
			if (!(await isRegistered(url, newCalls(1, 'warm')))) throw new Error('The first call was not registered');
			await portal.forget();
			const posts = newCalls(count).map((call) => timed(async () => await isRegistered(url, [call])));
			const { result, time } = await timed(async () => await Promise.all(posts));
			const { requests, running } = await portal.traffic();
			const unanswered = result.filter((one) => !one.result).length;
			if (unanswered > count + 1 - running) throw new Error(`${unanswered} executions failed`);
			const { min, median, max } = spread(result.map((one) => one.time));
			const table = loadTable(
				[{ name: 'Bitrix24 Telephony on n8n', lost: count + 1 - running, requests, time }],
				boundOf(loadOf(count, [REGISTER], timeFactor)),
			);
			const answers = lines([
				['', 'min', 'median', 'max'],
				['from the post to the answer', seconds(min), seconds(median), seconds(max)],
			]);
			return `${table}\n\n${answers}\n\nn8n carried ${(count / (time / 1000)).toFixed(1)} executions a second.`;
		} finally {
			await n8n.deactivate(workflowId);
		}
	});
}

async function connect(n8n: N8n, portal: RemotePortal): Promise<string> {
	const { clientId, clientSecret } = await portal.application(`${n8n.session.url}/rest/oauth2-credential/callback`);
	const data = {
		portal: portal.url,
		clientId,
		clientSecret,
		authorizationServer: 'custom',
		customAuthorizationServer: portal.authorizationUrl,
	};
	const id = await n8n.createCredential({ name: 'Bench', type: 'bitrix24OAuth2Api', data });
	await n8n.connectOAuth(id);
	return id;
}

async function publish(n8n: N8n, credential: string): Promise<{ workflowId: string; url: string }> {
	const path = randomUUID();
	const file: WorkflowFile = {
		name: 'Bench: one Register an execution',
		nodes: [
			{
				name: 'Call',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
			},
			{
				name: 'Register',
				type: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'call',
					options: {},
					...OPERATIONS.register,
					phoneNumber: '={{ $json.body.number }}',
					externalCallId: '={{ $json.body.id }}',
				},
				credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
			},
		],
		connections: { Call: { main: [[{ node: 'Register', type: 'main', index: 0 }]] } },
	};
	const { id } = await n8n.importWorkflow(file, { credentials: [credential] });
	await n8n.activate(id);
	return { workflowId: id, url: `${n8n.session.url}/webhook/${path}` };
}

async function isRegistered(url: string, [call]: object[]): Promise<boolean> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(call),
	});
	return /"CALL_ID"/.test(await response.text());
}
