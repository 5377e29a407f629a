import type { Page } from 'playwright-core';
import { startSandbox, type ExecutionOf, type Sandbox } from '../../sandbox';
import { barriers } from './support/axe';
import { Desk, PATIENT_PHONES, VIEWS } from './support/desk';
import { Visit } from './support/visit';
import { Workflow } from './support/workflow';

const PHONE = { width: 390, height: 844 };
const SCREEN = { width: 1280, height: 860 };

/** What n8n tells of its executions; undefined when it does not answer. */
let executions: ExecutionOf[] | undefined = [];
let sandbox: Sandbox;
let workflow: Workflow;
let visit: Visit;
let desk: Desk;

beforeAll(async () => {
	visit = await Visit.start({ pictures: 'page', size: SCREEN });
});
const ask = (): Promise<ExecutionOf[]> =>
	executions ? Promise.resolve(executions) : Promise.reject(new Error('connect ECONNREFUSED'));
beforeEach(async () => {
	executions = [];
	sandbox = await startSandbox({ pbx: PATIENT_PHONES, executions: ask });
	workflow = await Workflow.start(sandbox);
	desk = await Desk.open(await visit.tab(), sandbox.url, 'Ben Carter');
});
afterEach(async () => {
	await desk?.page.close();
	await workflow?.stop();
	await sandbox?.stop();
});
afterAll(() => visit?.end());

const attempt = (steps: () => Promise<void>) => () => visit.attempt(steps);

/**
 * Calls Julia Sommer and answers both phones.
 * @returns the CALL_ID
 */
async function talk(): Promise<string> {
	await desk.call('Julia Sommer');
	await desk.press('employee', 'answer');
	await desk.press('client', 'answer');
	await desk.phone('client', 'engaged').waitFor();
	return (await desk.card.getAttribute('data-call-id')) ?? '';
}

/** What a person who works with the keyboard stands on. */
const focused = (page: Page): Promise<string> =>
	page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName ?? '');

const untilFocused = (page: Page, testid: string): Promise<unknown> =>
	page.waitForFunction((wanted) => document.activeElement?.getAttribute('data-testid') === wanted, testid);

describe.each(['light', 'dark'] as const)('by %s', (colorScheme) => {
	it.each([
		['a screen', SCREEN],
		['a phone', PHONE],
	])('every view shows on %s without a barrier and without being cut', (_name, size) =>
		visit.attempt(async () => {
			const { page } = desk;
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize(size);
			await workflow.log(await talk());
			await desk.press('client', 'hangup');
			await talk();
			for (const view of VIEWS) {
				await desk.openView(view);
				await desk.openAll();
				await visit.look(page, `${view}-${colorScheme}-${size.width}`);
				expect({ view, barriers: await barriers(page) }).toEqual({ view, barriers: [] });
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
			}
			// Nothing lies over the end of a view.
			await desk.openView('application');
			await page.getByRole('button', { name: 'Add line' }).click({ trial: true });
			const tabs = await Promise.all(VIEWS.map((view) => page.getByTestId(`view-${view}`).boundingBox()));
			expect(new Set(tabs.map((tab) => tab?.y)).size).toBe(1);
		}),
	);

	it('the portal’s page that lets n8n in shows without a barrier', () =>
		visit.attempt(async () => {
			const { page } = desk;
			const [application] = sandbox.portal.state.applications.values();
			sandbox.portal.control.setApplication({ id: application?.id, handlerUrl: 'http://127.0.0.1:5678/callback' });
			await page.emulateMedia({ colorScheme });
			await page.goto(`${sandbox.url}oauth/authorize/?client_id=${application?.clientId}`);
			await page.getByRole('button', { name: 'Allow' }).waitFor();
			await visit.look(page, `authorize-${colorScheme}`);
			expect(await barriers(page)).toEqual([]);
		}));
});

describe('a call', () => {
	it(
		'is held, taken back and handed over to a colleague',
		attempt(async () => {
			await talk();
			await desk.page.getByText('Hold or transfer').click();
			await desk.hold('Hold').click();
			await desk.card.filter({ hasText: 'On hold' }).waitFor();
			await desk.hold('Take back').click();
			await desk.card.filter({ hasText: 'Talking' }).waitFor();
			await desk.openDesk('Chiara Rossi');
			await desk.transferTo('Chiara');
			const chiara = desk.desk('Chiara Rossi');
			await chiara.getByTestId('pbx-employee-answer').click();
			await chiara.getByTestId('pbx-employee-hangup').click();
			await chiara.locator('[data-testid="pbx-employee"][data-mode="idle"]').waitFor();
		}),
	);

	it(
		'of a client rings where the dialplan says, and is answered',
		attempt(async () => {
			await desk.ring('+442079460111');
			await desk.page.getByTestId('notice').filter({ hasText: 'The fixed fallback rings' }).waitFor();
			const anna = desk.desk('Anna Vogel');
			await anna.getByTestId('pbx-employee-answer').waitFor();
			await desk.desk('Ben Carter').getByTestId('pbx-employee-answer').click();
			await anna.locator('[data-testid="pbx-employee"][data-mode="idle"]').waitFor();
			await desk.press('employee', 'hangup');
			await desk.phone('employee', 'engaged').waitFor({ state: 'detached' });
		}),
	);

	it(
		'is led by keyboard alone',
		attempt(async () => {
			const { page } = desk;
			await page.getByRole('link', { name: 'Skip to content' }).focus();
			await page.keyboard.press('Enter');
			await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
			await page.getByTestId('phone').first().focus();
			await page.keyboard.press('Enter');
			for (const key of ['pbx-employee-answer', 'pbx-client-answer']) {
				await untilFocused(page, key);
				await page.keyboard.press('Enter');
			}
			await untilFocused(page, 'pbx-employee-hangup');
			expect(await page.getByTestId('announcer').innerText()).toBe('Call card: Julia Sommer, +49 40 6696 9441');
			await page.keyboard.press('Enter');
			await untilFocused(page, 'phone');
		}),
	);

	it(
		'leaves a card that says what it waits for, and can be dismissed',
		attempt(async () => {
			const callId = await talk();
			await workflow.rest('telephony.externalcall.show', { CALL_ID: callId, USER_ID: [3] });
			await desk.openDesk('Chiara Rossi');
			await desk.desk('Chiara Rossi').getByTestId('card').waitFor();
			await workflow.rest('telephony.externalcall.finish', { CALL_ID: callId, USER_ID: 2, DURATION: 5 });
			await desk.overCard.filter({ hasText: 'Call over, card still open' }).waitFor();
			expect(await desk.overCard.getByTestId('card-waits').innerText()).toMatch(/^Waits for Hide by a workflow/);
			await desk.page.getByTestId('dismiss-card').click();
			await desk.overCard.waitFor({ state: 'detached' });
		}),
	);

	it(
		'opens to its steps, each with what was sent and answered and with its execution',
		attempt(async () => {
			const { page } = desk;
			const callId = await talk();
			executions = [
				{
					id: '12',
					url: 'http://127.0.0.1:5678/workflow/1/executions/12',
					workflow: 'Click-to-call',
					status: 'success',
					callIds: [callId],
					startedAt: sandbox.portal.state.deliveries.at(-1)?.queuedAt ?? 0,
				},
			];
			await page.getByRole('link', { name: 'Every step of this call' }).click();
			await workflow.log(callId);
			await desk.step('recording').waitFor();
			await desk.openAll();
			await visit.look(page, 'steps');
			expect(await page.getByTestId('timeline').innerText()).toMatch(
				/ONEXTERNALCALLSTART[^]*auth\[access_token\][^]*••••[^]*batch[^]*telephony\.externalCall\.finish[^]*DURATION/,
			);
			const execution = page.getByTestId('execution').first();
			expect(await execution.innerText()).toContain('Execution 12 in n8n');
			expect(await execution.getAttribute('href')).toBe('http://127.0.0.1:5678/workflow/1/executions/12');
			expect(await execution.getAttribute('target')).toBe('_blank');
			expect(await page.getByTestId('recording').count()).toBe(1);

			// A recording that plays goes on when the page changes around it.
			const player = await page.getByTestId('recording').elementHandle();
			await desk.press('employee', 'hangup');
			await desk.step('pbx').filter({ hasText: 'hangs up after' }).waitFor();
			expect(await player?.evaluate((element) => element.isConnected)).toBe(true);
		}),
	);
});

describe('a window', () => {
	it(
		'shows what happens in another, and keeps its own view, focus, typed text and open rows',
		attempt(async () => {
			const other = await Desk.open(await visit.tab(), sandbox.url, 'Ben Carter');
			await other.openView('faults');
			await other.page.getByTestId('fault-target').fill('telephony.externalcall.reg');
			await talk();
			await other.phone('client', 'engaged').waitFor();
			await other.page.getByTestId('pbx-client').waitFor();
			expect(await focused(other.page)).toBe('fault-target');
			expect(await other.page.getByTestId('fault-target').inputValue()).toBe('telephony.externalcall.reg');
			expect(await desk.page.getByTestId('view-clients').getAttribute('aria-current')).toBe('page');

			await desk.openView('events');
			await desk.openAll();
			await other.press('employee', 'hangup');
			await desk.phone('employee', 'engaged').waitFor({ state: 'detached' });
			expect(await desk.page.getByTestId('raw-body').isVisible()).toBe(true);

			await desk.openView('limits');
			await other.openView('limits');
			await desk.limit('intensity', 'off').click();
			await other.limit('intensity', 'on').waitFor();
			await other.page.close();
		}),
	);

	it(
		'copies addresses, and selects them where it may not use the clipboard',
		attempt(async () => {
			const { page } = desk;
			await desk.openView('application');
			const copy = page.getByRole('button', { name: 'Copy: Portal Address' });
			const address = await page.getByTestId('portal').inputValue();
			await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
			await copy.click();
			await page.getByTestId('notice').filter({ hasText: 'Portal Address copied' }).waitFor();
			expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

			await page.context().clearPermissions();
			await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
			await copy.click();
			await page.getByTestId('notice').filter({ hasText: 'Selected' }).waitFor();
			expect(await page.evaluate(() => document.getSelection()?.toString())).toBe(address);
		}),
	);

	it(
		'says which permissions take effect when n8n connects again',
		attempt(async () => {
			sandbox.portal.control.issueTokens(1);
			await desk.openView('application');
			const permission = desk.page.getByTestId('scope-call');
			await permission.click();
			await desk.page.locator('[data-testid="scope-call"][aria-checked="false"]').waitFor();
			await desk.page.getByText('takes effect when connected again').waitFor();
			await permission.click();
			await desk.page.getByText('takes effect when connected again').waitFor({ state: 'detached' });
		}),
	);

	it(
		'says so when n8n is gone in the middle of a call, and when it is back',
		attempt(async () => {
			await talk();
			executions = undefined;
			await desk.press('client', 'hangup');
			await desk.page.getByText('n8n does not answer').waitFor();
			await desk.page
				.getByTestId('card-trouble')
				.filter({ hasText: 'reports to nobody: give it an address under Setup' })
				.waitFor();
			await visit.look(desk.page, 'n8n-gone');
			executions = [];
			await desk.page.getByText('n8n does not answer').waitFor({ state: 'detached' });
		}),
	);

	it(
		'keeps a long name in its card, and phones in sight below many cards',
		attempt(async () => {
			const { page } = desk;
			for (const end of ['1', '2', '3', '4'])
				sandbox.portal.control.click({ userId: 2, phoneNumber: `+49${'1'.repeat(49)}${end}` });
			await desk.card.nth(3).waitFor();
			await visit.look(page, 'long');
			const cut = await desk.card.evaluateAll(
				(cards) => cards.filter((card) => card.scrollWidth > card.clientWidth).length,
			);
			expect(cut).toBe(0);
			const phone = await page.getByTestId('pbx-employee').first().boundingBox();
			expect((phone?.y ?? Infinity) + (phone?.height ?? 0)).toBeLessThanOrEqual(SCREEN.height);
		}),
	);

	it(
		'says so when the sandbox is gone',
		attempt(async () => {
			await sandbox.stop();
			await desk.page.getByText('Connection lost, trying again').waitFor();
		}),
	);
});
