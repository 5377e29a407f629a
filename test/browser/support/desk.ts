import type { Locator, Page } from 'playwright-core';
import type { PbxOptions } from '../../../sandbox';

/** The views of the page, in the order of their tabs. */
export const VIEWS = ['clients', 'calls', 'events', 'application', 'limits', 'faults'] as const;

/**
 * A PBX in real time whose phones ring until the person at the page has answered, however long the browser takes.
 */
export const PATIENT_PHONES: PbxOptions = {
	timeFactor: 1,
	answerSeconds: 120,
	employeeRingSeconds: 600,
	clientRingSeconds: 600,
	globals: { B24_GROUP_RING: '600' },
};

/** The sandbox page in one tab, as the employee sees it who sits there. */
export class Desk {
	constructor(readonly page: Page) {}

	/** Opens the page and sits down as an employee. */
	static async open(page: Page, url: string, employee: string): Promise<Desk> {
		await page.goto(url);
		const desk = new Desk(page);
		const choice = page.getByTestId('employee');
		const option = choice.locator('option').filter({ hasText: employee });
		await choice.selectOption(await option.getAttribute('value'));
		await desk.desk(employee).waitFor();
		return desk;
	}

	/** Clicks the first number of a client. */
	async call(client: string): Promise<void> {
		await this.number(client).click();
	}

	/** The first number of a client. */
	number(client: string): Locator {
		return this.page.getByTestId('client').filter({ hasText: client }).getByTestId('phone').first();
	}

	/** The desk of an employee. */
	desk(employee: string): Locator {
		return this.page.getByTestId('desk').filter({ hasText: employee });
	}

	/** The call card. */
	get card(): Locator {
		return this.page.getByTestId('card');
	}

	/** A phone while it is in a state: idle, ringing or engaged. */
	phone(side: 'employee' | 'client', mode: string): Locator {
		return this.page.locator(`[data-testid="pbx-${side}"][data-mode="${mode}"]`);
	}

	/** Presses a button of a phone. */
	async press(side: 'employee' | 'client', button: 'answer' | 'hangup'): Promise<void> {
		await this.button(side, button).click();
	}

	/** A button of a phone. */
	button(side: 'employee' | 'client', button: 'answer' | 'hangup'): Locator {
		return this.page.getByTestId(`pbx-${side}-${button}`);
	}

	/** Waits until the card's timer shows that many seconds of the talk, or more. */
	async untilTalkedFor(seconds: number): Promise<void> {
		const { page } = this;
		await this.card.filter({ hasText: 'Talking' }).waitFor();
		await page.waitForFunction((wanted) => {
			const timer = document.querySelector('[data-testid="card"] [data-since]')?.textContent ?? '';
			const [minutes, rest] = timer.split(':').map(Number);
			return Number(minutes) * 60 + Number(rest) >= wanted;
		}, seconds);
	}

	/** Turns to another view of the page. */
	async openView(name: (typeof VIEWS)[number]): Promise<void> {
		await this.page.getByTestId(`view-${name}`).click();
		await this.page.locator(`[data-view="${name}"]`).waitFor();
	}

	/** Opens everything in the view that can be opened. */
	async openAll(): Promise<void> {
		const closed = this.page.locator('main details:not([open]) > summary:visible');
		while ((await closed.count()) > 0)
			await closed.evaluateAll((all) => all.forEach((one) => one instanceof HTMLElement && one.click()));
	}

	/** The steps of calls that are of one kind: event, request, report and so on. */
	step(kind: string): Locator {
		return this.page.locator(`[data-testid="step"][data-kind="${kind}"]`);
	}

	/** The card of a call that is over. */
	get overCard(): Locator {
		return this.card.filter({ has: this.page.getByTestId('dismiss-card') });
	}

	/** The button that puts a call on hold or takes it back, while it offers this. */
	hold(offer: 'Hold' | 'Take back'): Locator {
		return this.page.getByTestId('pbx-hold').filter({ hasText: offer });
	}

	/** Hands the call over to a colleague. */
	async transferTo(firstName: string): Promise<void> {
		await this.page
			.getByTestId('pbx-transfer')
			.filter({ hasText: `To ${firstName}` })
			.click();
	}

	/** Opens the desk of an employee beside the own one. */
	async openDesk(name: string): Promise<void> {
		await this.page.getByText('Open another desk beside').click();
		await this.page.getByTestId('open-desk').filter({ hasText: name }).click();
	}

	/** Lets a client call one of the company's lines. */
	async ring(number: string): Promise<void> {
		await this.page.getByTestId('incoming-number').fill(number);
		await this.page.getByTestId('incoming').click();
	}

	/** The switch of a limit while it stands so. */
	limit(name: 'intensity' | 'operating', state: 'on' | 'off'): Locator {
		return this.page.locator(`[data-testid="limit-${name}"][aria-checked="${state === 'on'}"]`);
	}

	/** Rows of the call history. */
	get history(): Locator {
		return this.page.getByTestId('history-row');
	}

	/** The steps of the call that is open in the history. */
	get timeline(): Locator {
		return this.page.getByTestId('timeline');
	}

	/** A value that another program wants, as the page shows it for copying. */
	value(name: string): Promise<string> {
		return this.page.getByTestId(name).inputValue();
	}

	/** Enters an address of n8n, and saves it. */
	async enter(name: 'handlerUrl' | 'reportUrl', address: string): Promise<void> {
		const field = this.page.getByTestId(name);
		await field.fill(address);
		await field.press('Enter');
		await this.page.getByText('saved').last().waitFor();
	}

	/** Lets something go wrong once. */
	async arm(kind: string, target: string): Promise<void> {
		await this.page.getByTestId('fault-kind').selectOption(kind);
		await this.page.getByTestId('fault-target').fill(target);
		await this.page.getByTestId('add-fault').click();
		await this.page.getByTestId('fault-row').waitFor();
	}
}
