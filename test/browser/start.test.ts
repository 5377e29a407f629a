import type { Page } from 'playwright-core';
import { Desk } from './support/desk';
import { Editor } from './support/editor';
import { readmeCommands, Terminal } from './support/shell';
import { Visit } from './support/visit';

let terminal: Terminal;
let visit: Visit;
let desk: Desk;

beforeAll(async () => {
	terminal = Terminal.type(readmeCommands()[0] ?? '');
	await terminal.shows('Ctrl+C ends everything');
	visit = await Visit.start({ pictures: 'start' });
	desk = await Desk.open(await visit.tab(), terminal.value('Sandbox portal'), 'Ben Carter');
});
afterAll(async () => {
	await visit?.end();
	await terminal?.interrupt();
});

const attempt = (steps: () => Promise<void>) => () => visit.attempt(steps);
const isThere = (url: string): Promise<boolean> =>
	fetch(url).then(
		() => true,
		() => false,
	);

describe('the first command of the README', () => {
	it('is npm start', () => {
		expect(readmeCommands()[0]).toBe('npm start');
	});

	it(
		'prints two addresses; a click on a number runs the workflow, and the call tells its whole story',
		attempt(async () => {
			await desk.call('Julia Sommer');
			await desk.press('employee', 'answer');
			await desk.press('client', 'answer');
			await desk.untilTalkedFor(1);
			await desk.press('client', 'hangup');
			await desk.card.waitFor({ state: 'detached' });
			await desk.openView('calls');
			await desk.history.first().waitFor();
			await desk.openAll();
			for (const kind of ['click', 'event', 'pbx', 'report', 'request', 'recording'])
				await desk.page.locator(`[data-testid="step"][data-kind="${kind}"]`).first().waitFor();
			await visit.look(desk.page, 'timeline');
		}),
	);

	it(
		'links a step of the call to its execution in n8n, for whoever logs in with what was printed',
		attempt(async () => {
			const link = desk.page.getByTestId('execution').first();
			await link.waitFor();
			const address = (await link.getAttribute('href')) ?? '';
			const tab: Page = await visit.tab();
			const editor = await Editor.login(tab, {
				session: { url: new URL(terminal.value('n8n')).origin },
				owner: { email: terminal.value('e-mail'), password: terminal.value('password') },
			});
			await editor.page.goto(address);
			await editor.greenNode('Click in Bitrix24').or(editor.greenNode('Call Ended')).first().waitFor();
			await visit.look(tab, 'execution');
		}),
	);

	it('leaves nothing behind after Ctrl+C', async () => {
		const addresses = [terminal.value('Sandbox portal'), new URL(terminal.value('n8n')).origin];
		expect(await Promise.all(addresses.map(isThere))).toEqual([true, true]);
		await terminal.interrupt();
		expect(await Promise.all(addresses.map(isThere))).toEqual([false, false]);
	});
});
