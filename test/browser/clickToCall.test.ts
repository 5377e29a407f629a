import { startDemo, type Demo } from '../../tools/demo';
import { Desk, PATIENT_PHONES } from './support/desk';
import { Editor } from './support/editor';
import { Visit } from './support/visit';

let demo: Demo;
let visit: Visit;
let desk: Desk;

beforeAll(async () => {
	demo = await startDemo({ sandbox: { pbx: PATIENT_PHONES } });
	visit = await Visit.start({ pictures: 'click-to-call' });
	desk = await Desk.open(await visit.tab(), demo.sandbox.url, 'Ben Carter');
});
afterAll(async () => {
	await visit?.end();
	await demo?.stop();
});

const attempt = (steps: () => Promise<void>) => () => visit.attempt(steps);

describe('an employee who clicks a number', () => {
	it(
		'gets the card, talks to the client, and finds the call in the history',
		attempt(async () => {
			await visit.look(desk.page, 'before');
			await desk.call('Julia Sommer');
			await desk.card.waitFor();
			expect(await desk.card.innerText()).toContain('Julia Sommer');
			await desk.phone('employee', 'ringing').waitFor();
			await visit.look(desk.page, 'employee-rings');

			await desk.press('employee', 'answer');
			await desk.phone('client', 'ringing').waitFor();
			await visit.look(desk.page, 'client-rings');

			await desk.press('client', 'answer');
			await desk.phone('client', 'engaged').waitFor();
			await desk.untilTalkedFor(1);
			await visit.look(desk.page, 'talking');

			await desk.press('employee', 'hangup');
			await desk.card.waitFor({ state: 'detached' });
			await desk.history.waitFor();
			await visit.look(desk.page, 'logged');
			const [row] = [...demo.sandbox.portal.state.history.values()];
			expect(row).toMatchObject({ failedCode: '200', userId: 2 });
			expect(row?.duration).toBeGreaterThan(0);
			expect(await desk.history.getAttribute('data-code')).toBe('200');
			expect(await desk.history.innerText()).toMatch(/Julia Sommer[^]*Ben Carter[^]*Answered/);
			await desk.history.scrollIntoViewIfNeeded();
			await visit.look(desk.page, 'history');
		}),
	);

	it(
		'opens the steps of the call, each with the execution in n8n that made it',
		attempt(async () => {
			await desk.openView('calls');
			await desk.openAll();
			for (const kind of ['event', 'report', 'request'])
				await desk.step(kind).getByRole('link', { name: 'in n8n' }).first().waitFor();
			const link = desk.step('event').getByRole('link', { name: 'in n8n' }).first();
			expect(await link.getAttribute('href')).toContain(
				`${demo.n8n.session.url}/workflow/${demo.workflowId}/executions/`,
			);
			await visit.look(desk.page, 'steps');
		}),
	);

	it(
		'switches a limit of the portal on',
		attempt(async () => {
			await desk.openView('limits');
			await desk.limit('intensity', 'off').click();
			await desk.limit('intensity', 'on').waitFor();
			expect(demo.sandbox.portal.limits.settings).toMatchObject({ intensity: true, operating: false });
			await visit.look(desk.page, 'limits');
		}),
	);

	it(
		'leaves two green executions in n8n: the click and the report of the PBX',
		attempt(async () => {
			const editor = await Editor.login(await visit.tab(), demo.n8n);
			await editor.openExecutions(demo.workflowId);
			await editor.executions('success').nth(1).waitFor();
			expect(await editor.executions().count()).toBe(2);

			await editor.executions().last().click();
			for (const name of ['Click in Bitrix24', 'Ring the Employee']) await editor.greenNode(name).waitFor();
			await visit.look(editor.page, 'execution-of-the-click');

			await editor.executions().first().click();
			for (const name of ['Call Ended', 'Finish']) await editor.greenNode(name).waitFor();
			await visit.look(editor.page, 'execution-of-the-report');
		}),
	);
});
