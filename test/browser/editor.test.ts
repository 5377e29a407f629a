import type { Locator } from 'playwright-core';
import { startDemo, type Demo } from '../../tools/demo';
import { drawn, Editor } from './support/editor';
import {
	importExample,
	importFetchingTrigger,
	importFinish,
	importSampledTrigger,
	importSetupCheck,
	ownNodes,
} from './support/example';
import { Visit } from './support/visit';

const ICON = /^\/icons\/n8n-nodes-bitrix24-telephony\/.+\.svg$/;

let demo: Demo;
let visit: Visit;
let editor: Editor;

beforeAll(async () => {
	demo = await startDemo({ example: false });
	visit = await Visit.start({ pictures: 'editor' });
	editor = await Editor.login(await visit.tab(), demo.n8n);
	// No event reaches this copy. The editor saves by itself what is tried out in it.
	await editor.open(await importExample(demo));
});
afterAll(async () => {
	await visit?.end();
	await demo?.stop();
});

const attempt = (steps: () => Promise<void>) => () => visit.attempt(steps);

/** The panel shows some icons twice: small, and large for dragging. */
async function expectIcon(images: Locator): Promise<void> {
	await images.first().waitFor();
	for (const image of await images.all()) {
		const { path, width } = await drawn(image);
		expect(path).toMatch(ICON);
		expect(width).toBeGreaterThan(0);
	}
}

describe('the editor of n8n', () => {
	it(
		'draws our nodes on the canvas with their icon',
		attempt(async () => {
			expect(ownNodes.length).toBeGreaterThan(1);
			for (const name of ownNodes) await expectIcon(editor.node(name).locator('img'));
			await visit.look(editor.page, 'workflow');
		}),
	);

	it(
		'finds both nodes in the node panel',
		attempt(async () => {
			await editor.searchNodes('Bitrix24');
			await visit.look(editor.page, 'node-panel');
			// n8n makes one entry of an action node and the trigger of the same name, and shows both behind it.
			const entry = editor.panelItem('Bitrix24 Telephony');
			await expectIcon(entry.locator('img'));
			await entry.click();

			const action = editor.panelItem('Finish call');
			await expectIcon(action.locator('img'));
			await visit.look(editor.page, 'node-panel-actions');

			const trigger = editor.panelItem('On click on a phone number (click-to-call)');
			await editor.panelSection('Triggers').click();
			await expectIcon(trigger.locator('img'));
			await visit.look(editor.page, 'node-panel-triggers');
			await editor.page.keyboard.press('Escape');
			await editor.part('node-creator').waitFor({ state: 'hidden' });
		}),
	);

	it(
		'asks nothing of whoever finishes by report',
		attempt(async () => {
			await editor.openNode('Finish');
			const labels = await editor.labels();
			expect(labels.slice(0, labels.indexOf('Options') + 1)).toEqual([
				'Resource',
				'Operation',
				'Call ID',
				'Report Options',
				'Options',
			]);
			await visit.look(editor.page, 'finish-by-report');
		}),
	);

	it(
		'shows the parameters of the action node',
		attempt(async () => {
			await editor.open(await importFinish(demo));
			await editor.openNode('Finish');
			expect(await editor.labels()).toEqual(
				expect.arrayContaining(['Resource', 'Operation', 'Call ID', 'Employee', 'Duration (Seconds)', 'Add to Chat']),
			);
			expect(await editor.parameter('employee').innerText()).toContain('{{ $json.query.USER_ID }}');
			await visit.look(editor.page, 'finish');
		}),
	);

	it(
		'lists the employees of the portal, searches them and takes one',
		attempt(async () => {
			await editor.openList('employee');
			await editor.listItem('Anna Vogel (101)').waitFor();
			const active = [...demo.sandbox.portal.state.employees.values()].filter((employee) => employee.active);
			const labels = active.map(
				({ firstName, lastName, extension }) => `${firstName} ${lastName}${extension ? ` (${extension})` : ''}`,
			);
			expect(await editor.listItems.allInnerTexts()).toEqual(expect.arrayContaining(labels));
			await visit.look(editor.page, 'employee-list');

			await editor.searchList('car');
			await editor.listItem('Anna Vogel (101)').waitFor({ state: 'detached' });
			await editor.listItem('Ben Carter (102)').waitFor();
			expect(await editor.listItems.allInnerTexts()).toEqual(['Ben Carter (102)']);
			await visit.look(editor.page, 'employee-search');

			await editor.listItem('Ben Carter (102)').click();
			await editor.listItems.first().waitFor({ state: 'hidden' });
			expect(await editor.part('resource-locator-employee').locator('[data-test-id="rlc-input"]').inputValue()).toBe(
				'Ben Carter (102)',
			);
			await visit.look(editor.page, 'employee-chosen');
		}),
	);

	it(
		'shows how the trigger gets its events, and an output for those that come too late',
		attempt(async () => {
			await editor.open(await importFetchingTrigger(demo));
			const trigger = editor.node('Click');
			for (const name of ['In Time', 'Too Late']) await trigger.getByText(name, { exact: true }).waitFor();
			await visit.look(editor.page, 'trigger-outputs');
			await editor.openNode('Click');
			expect(await editor.labels()).toEqual(
				expect.arrayContaining(['Events', 'Delivery', 'Poll Interval (Seconds)', 'Report Too Late Events']),
			);
			expect(await editor.labels()).not.toContain('Verify Delivery on Publishing');
			await visit.look(editor.page, 'trigger');
		}),
	);

	it(
		'lets the trigger choose employees from the list, and shows a sample of its event',
		attempt(async () => {
			await editor.open(await importSampledTrigger(demo));
			await editor.openNode('Ended');
			await visit.look(editor.page, 'trigger-lists');
			await editor.page.getByText('Execute step, then click a phone number in Bitrix24').waitFor();
			// Its address is good for nothing without the signature.
			expect(await editor.page.getByText('Webhook URLs').count()).toBe(0);
			await editor.part('resource-locator-employee').locator('[data-test-id="rlc-input"]').click();
			await editor.listItem('Ben Carter (102)').click();
			await editor.executeStep();
			const [item] = await editor.outputTable();
			await visit.look(editor.page, 'trigger-sample');
			expect(item).toMatchObject({
				CALL_ID: 'externalCall.sample',
				PORTAL_USER_ID: '2',
				PORTAL_NUMBER: '+4940669690',
				EMPLOYEE_NAME: 'Sample Employee',
			});
		}),
	);

	it(
		'asks for the portal first when somebody connects it, with Bitrix24’s own words above',
		attempt(async () => {
			const { page } = editor;
			await page.goto(`${demo.n8n.session.url}/home/credentials/${demo.credentials.bitrix24}`);
			await page.getByText('In Bitrix24, open Applications').waitFor();
			await visit.look(page, 'credential');
			const text = await page.locator('body').innerText();
			const labels = ['OAuth Redirect URL', 'Handler path', 'Portal Address', 'Client ID', 'Client Secret'];
			const places = labels.map((label) => text.indexOf(label));
			expect(places).toEqual([...places].sort((one, other) => one - other));
			expect(places).not.toContain(-1);
		}),
	);

	it(
		'runs Check Setup and shows what it found',
		attempt(async () => {
			await editor.open(await importSetupCheck(demo));
			await editor.openNode('Check Setup');
			await editor.executeStep();
			const findings = await editor.outputTable();
			await visit.look(editor.page, 'check-setup');
			const found = (check: string, result: string, detail: string, advice: string): object => ({
				CHECK: check,
				RESULT: result,
				DETAIL: detail,
				ADVICE: expect.stringContaining(advice) as string,
			});
			expect(findings).toEqual(
				expect.arrayContaining([
					found('Permission telephony', 'ok', 'Granted', ''),
					found('Connected Employee', 'ok', 'Anna Vogel, an administrator', ''),
					// Nothing is published here.
					found(
						'Click-to-Call',
						'problem',
						'No trigger listens, so the application cannot be chosen as the outgoing number',
						'Publish a workflow with the Bitrix24 Telephony Trigger',
					),
				]),
			);
		}),
	);
});
