import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { N8n, until, type WorkflowFile } from '../../tools/n8n/driver';
import { readExample } from '../support/example';
import { type RunningN8n, startN8n } from '../../tools/n8n/run';
import { ROOT } from '../../tools/programs';
import { Builder } from './support/builder';
import { Desk, PATIENT_PHONES } from './support/desk';
import { Editor } from './support/editor';
import { Visit } from './support/visit';

/** n8n 2 lets workflows read this folder alone. */
const FILES = join(tmpdir(), `n8n-stranger-${process.pid}`);

let n8n: N8n;
let sandbox: Sandbox;
let host: RunningN8n;
let visit: Visit;
let builder: Builder;
let desk: Desk;
let reportUrl = '';
beforeAll(async () => {
	[sandbox, host] = await Promise.all([
		startSandbox({ portal: { timeFactor: 1 }, pbx: PATIENT_PHONES }),
		startN8n({ packages: [ROOT], env: { N8N_RESTRICT_FILE_ACCESS_TO: FILES } }),
	]);
	n8n = new N8n(host.url, {}, host.version);
	await n8n.setupOwner();
	visit = await Visit.start({ pictures: 'stranger' });
	builder = new Builder(await Editor.login(await visit.tab(), n8n), host.url);
	desk = await Desk.open(await visit.tab(), sandbox.url, 'Ben Carter');
});
afterAll(async () => {
	await visit?.end();
	await Promise.all([host?.stop(), sandbox?.stop()]);
	rmSync(FILES, { recursive: true, force: true });
});

/** Waits until the portal knows which outgoing number was chosen on the page. */
const lineIs = (isChosen: (line: Sandbox['portal']['state']['settings']['defaultLine']) => boolean) =>
	until(
		() => Promise.resolve(isChosen(sandbox.portal.state.settings.defaultLine) || undefined),
		() => `the outgoing number is ${JSON.stringify(sandbox.portal.state.settings.defaultLine)}`,
	);

/** A step of the story. Each stands on those before it: when one has failed, the next need not wait. */
let isBroken = false;
const attempt = (steps: () => Promise<void>) => async (): Promise<void> => {
	if (isBroken) throw new Error('An earlier step failed');
	isBroken = true;
	await visit.attempt(steps);
	isBroken = false;
};

const CSV = {
	type: 'n8n-nodes-base.spreadsheetFile',
	typeVersion: 2,
	parameters: { operation: 'fromFile', fileFormat: 'csv', options: {} },
};

const RING = `{"channelId": "{{ $json.CALL_ID }}", "endpoint": "Local/{{ $json.EMPLOYEE_EXTENSION }}@b24-agent", "extension": "s", "context": "from-bitrix24", "priority": 1, "timeout": 60, "variables": {"__B24_NUMBER": "{{ $json.DIAL_NUMBER }}"}}`;

/** The example of CSV files, with the node that the reduced n8n has in the place of *Extract from File*. */
function csvImport(folder: string): WorkflowFile {
	const file = readExample('import-call-records');
	return {
		...file,
		nodes: file.nodes.map((node) =>
			node.type.endsWith('.extractFromFile')
				? { ...node, ...CSV }
				: node.type.endsWith('.readWriteFile')
					? { ...node, parameters: { fileSelector: `${folder}/*.csv`, options: {} } }
					: node,
		),
	};
}

describe('a stranger with an n8n of his own', () => {
	it(
		'is told by n8n when the client secret is wrong, and connects with the right one',
		attempt(async () => {
			await builder.newCredential('Bitrix24');
			await visit.look(builder.editor.page, 'credential');
			await desk.openView('application');
			await desk.enter('handlerUrl', await builder.redirectUrl());
			await visit.look(desk.page, 'setup');
			await builder.fillCredential({
				portal: await desk.value('portal'),
				clientId: await desk.value('client-id'),
				clientSecret: 'wrong',
				authorizationServer: 'Custom Address',
				customAuthorizationServer: await desk.value('authorization-server'),
			});
			expect(await builder.connect('Anna Vogel')).toMatch(/Client authentication failed/);
			await builder.fillCredential({ clientSecret: await desk.value('client-secret') });
			expect(await builder.connect('Anna Vogel')).toBe('');
			await visit.look(builder.editor.page, 'connected');
		}),
	);

	it(
		'builds click-to-call by hand with four nodes',
		attempt(async () => {
			const { editor } = builder;
			await builder.begin('Bitrix24 Telephony', 'On click on a phone number (click-to-call)');
			await visit.look(editor.page, 'trigger');
			await builder.close();
			await builder.addAfter('Bitrix24 Telephony Trigger', 'HTTP Request');
			await builder.choose('method', 'POST');
			await builder.write('url', `${await desk.value('pbx-url')}/ari/channels`);
			await builder.choose('authentication', 'Predefined Credential Type');
			await builder.choose('nodeCredentialType', 'Phone System API');
			await editor.part('node-credentials-empty-state').getByRole('button').first().click();
			await builder.fillCredential({
				address: await desk.value('pbx-url'),
				user: await desk.value('pbx-user'),
				password: await desk.value('pbx-password'),
			});
			await visit.look(editor.page, 'pbx');
			expect(await builder.saveCredential()).toBe('');
			await builder.toggle('sendBody');
			await builder.choose('specifyBody', 'Using JSON');
			await builder.write('jsonBody', RING);
			await visit.look(editor.page, 'ring');
			await builder.close();
			await builder.addTrigger('Phone System', 'On call ended');
			reportUrl = await builder.productionUrl();
			await visit.look(editor.page, 'reports');
			await builder.close();
			await builder.addAfter('Phone System Trigger', 'Bitrix24 Telephony', 'Finish call by report of phone system');
			await builder.chooseCredential('Bitrix24 account');
			await visit.look(editor.page, 'finish');
			await builder.close();
			await visit.look(editor.page, 'built');
			expect(await editor.part('canvas-node').count()).toBe(4);
			expect(await editor.issues()).toEqual([]);
			await builder.publish();
			await visit.look(editor.page, 'published');
		}),
	);

	it(
		'tells the phone system where n8n is, calls, and finds the call with its recording',
		attempt(async () => {
			await desk.openView('application');
			await desk.enter('reportUrl', reportUrl);
			await talk();
			await desk.press('client', 'hangup');
			await desk.card.waitFor({ state: 'detached' });
			await desk.openView('calls');
			await desk.history.first().waitFor();
			expect(await desk.history.first().innerText()).toMatch(/Julia Sommer[^]*Ben Carter[^]*Answered/);
			await visit.look(desk.page, 'logged');
		}),
	);

	it(
		'loses the network in the middle of a call, and sees how it stands when it is back',
		attempt(async () => {
			await talk();
			await desk.page.context().setOffline(true);
			await desk.page.getByText('Connection lost').waitFor();
			const [call] = sandbox.pbx.calls.filter(({ phase }) => phase === 'talking');
			sandbox.pbx.press(call?.channelId ?? '', 'client', 'hangup');
			await desk.page.context().setOffline(false);
			await desk.page.getByText('Connection lost').waitFor({ state: 'hidden' });
			await desk.card.waitFor({ state: 'detached' });
			await desk.openView('calls');
			await desk.history.nth(1).waitFor();
		}),
	);

	it(
		'logs a call once although the answer to its end is lost',
		attempt(async () => {
			await desk.openView('faults');
			await desk.arm('resetAfterWork', 'telephony.externalCall.finish');
			await visit.look(desk.page, 'fault');
			await talk();
			await desk.press('client', 'hangup');
			await desk.card.waitFor({ state: 'detached' });
			await desk.openView('calls');
			await desk.history.nth(2).waitFor();
			expect(await desk.history.count()).toBe(3);
		}),
	);

	it(
		'reads what to do when the wrong outgoing number is chosen',
		attempt(async () => {
			await desk.openView('application');
			const outgoing = desk.page.getByTestId('outgoing');
			const right = await outgoing.inputValue();
			await outgoing.selectOption('');
			await lineIs((line) => line === null);
			await desk.openView('clients');
			await desk.call('Julia Sommer');
			await desk.page.getByText('choose the application under Setup').waitFor();
			await visit.look(desk.page, 'wrong-line');
			await desk.openView('application');
			await outgoing.selectOption(right);
		}),
	);

	it(
		'reads which line the trigger waits for when the wrong one is chosen in its filter',
		attempt(async () => {
			const { editor } = builder;
			await editor.page.bringToFront();
			await editor.part('zoom-to-fit').click();
			await editor.openNode('Bitrix24 Telephony Trigger');
			await builder.addOption('Only for Lines');
			await builder.addRow('Add Line', 'line', 'London showroom (+442079460500)');
			await visit.look(editor.page, 'filter');
			await builder.close();
			await builder.publish();
			await desk.page.bringToFront();
			await desk.openView('application');
			await desk.page.getByTestId('outgoing').selectOption({ label: '+4940669690 Head office' });
			await lineIs((line) => line?.lineNumber === '+4940669690');
			await desk.openView('clients');
			await desk.call('Sarah Bennett');
			const why = 'Nothing started: the event is of the line +4940669690, and Only for Lines has +442079460500.';
			await desk.page.getByTestId('card-trouble').filter({ hasText: why }).waitFor();
			await visit.look(desk.page, 'filtered');
			await desk.page.getByRole('link', { name: 'Every step of this call' }).click();
			await desk.step('event').filter({ hasText: why }).waitFor();
			await visit.look(desk.page, 'filtered-steps');
		}),
	);

	it(
		'imports a CSV file by hand, once',
		attempt(async () => {
			mkdirSync(FILES, { recursive: true });
			const row = '2026-03-02 09:14:05,+494066969441,102,from-trunk,95,ANSWERED,csv.1';
			writeFileSync(join(FILES, 'march.csv'), `calldate,src,dst,dcontext,billsec,disposition,uniqueid\n${row}\n`);
			const { id } = await n8n.importWorkflow(csvImport(FILES), { credentials: [await bitrix24()] });
			for (const logged of ['1', '0']) {
				await builder.editor.page.bringToFront();
				await builder.editor.open(id);
				await builder.runFrom('Import the Past');
				await builder.editor.openNode('Result');
				const [result] = await builder.editor.outputTable();
				await visit.look(builder.editor.page, 'import');
				expect(result).toMatchObject({ logged });
			}
			const rows = sandbox.portal.state.history.filter(({ externalCallId }) => externalCallId === 'csv.1');
			expect(rows).toHaveLength(1);
		}),
	);

	/** The credential that was made by hand. */
	async function bitrix24(): Promise<string> {
		const all = await n8n.session.request<{ id: string; type: string }[]>('GET', '/rest/credentials');
		return all.find(({ type }) => type === 'bitrix24OAuth2Api')?.id ?? '';
	}

	/** Calls Julia Sommer as Ben Carter, and answers both phones. */
	async function talk(): Promise<void> {
		await desk.page.bringToFront();
		await desk.openView('clients');
		await desk.call('Julia Sommer');
		await desk.press('employee', 'answer');
		await desk.press('client', 'answer');
		await desk.untilTalkedFor(1);
	}
});
