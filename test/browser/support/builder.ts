import type { Locator, Page } from 'playwright-core';
import type { Editor } from './editor';

/** Values of a form's fields by their internal names. Fields with a list get the shown text of an entry. */
export type Values = Record<string, string>;

/** Builds workflows and credentials in n8n's editor, with the mouse and the keyboard alone. */
export class Builder {
	constructor(
		readonly editor: Editor,
		private readonly url: string,
	) {}

	private get page(): Page {
		return this.editor.page;
	}

	/** Opens an empty workflow and adds its first step from the node panel. */
	async begin(entry: string, item?: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.editor.part('canvas-add-button').click();
		await this.take(entry, item);
	}

	/** Adds a further trigger to the open workflow. */
	async addTrigger(entry: string, item?: string): Promise<void> {
		await this.editor.part('node-creator-plus-button').click();
		await this.take(entry, item);
	}

	/** Adds a node behind the last one that has nothing behind it. */
	async addAfter(node: string, entry: string, item?: string): Promise<void> {
		await this.editor.node(node).locator('[data-test-id="canvas-handle-plus"]').first().click();
		await this.take(entry, item);
	}

	/** Searches the node panel, takes an entry and one of its triggers or actions, and waits for the node's form. */
	private async take(entry: string, item?: string): Promise<void> {
		const { editor } = this;
		await editor.part('node-creator-search-bar').fill(entry);
		await editor.panelItem(entry).first().click();
		if (item) await editor.panelItem(item).first().click();
		await editor.part('node-parameters').waitFor();
	}

	/** Closes the form of a node. */
	async close(): Promise<void> {
		await this.editor.part('ndv-close-button').click();
		await this.editor.part('ndv').waitFor({ state: 'hidden' });
	}

	/** Chooses an entry of a list in the open form. */
	async choose(parameter: string, entry: string, within: Locator = this.editor.part('ndv')): Promise<void> {
		await within.locator(`[data-test-id="parameter-input-${parameter}"]`).first().click();
		const list = this.page.locator('.el-select-dropdown:visible, [role=listbox]:visible').last();
		await list.getByText(entry, { exact: true }).first().click();
		await list.waitFor({ state: 'hidden' });
	}

	/** Adds an option to the open form. */
	async addOption(name: string): Promise<void> {
		await this.editor.part('collection-parameter-add').click();
		const list = this.page.locator('.el-select-dropdown:visible, [role=listbox]:visible').last();
		await list.getByText(name, { exact: true }).first().click();
	}

	/** Adds a row to a list of rows in the open form, and chooses an entry of its searchable list. */
	async addRow(button: string, parameter: string, entry: string): Promise<void> {
		const { editor } = this;
		await editor.part('ndv').getByText(button, { exact: true }).first().click();
		await editor.part(`resource-locator-${parameter}`).last().locator('[data-test-id="rlc-input"]').click();
		await editor.listItem(entry).click();
	}

	/** Types into a plain field of the open form. */
	async fill(parameter: string, text: string, within: Locator = this.editor.part('ndv')): Promise<void> {
		await within.locator(`[data-test-id="parameter-input-${parameter}"] input`).first().fill(text);
	}

	/** Writes into a field with an editor of its own: of JSON, or one that may be an expression. */
	async write(parameter: string, text: string): Promise<void> {
		await this.editor.part(`parameter-input-${parameter}`).locator('input, .cm-content').first().click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(text);
	}

	/** Presses a switch. */
	async toggle(parameter: string): Promise<void> {
		await this.editor.part(`parameter-input-${parameter}`).click();
	}

	/** Chooses a stored credential in the open form, where n8n has chosen none. */
	async chooseCredential(name: string): Promise<void> {
		const { page, editor } = this;
		await editor.part('node-credentials-select').first().click();
		await page.locator('.el-select-dropdown:visible, [role=listbox]:visible').last().getByText(name).first().click();
	}

	/** The form of a credential, while it is open. */
	get credential(): Locator {
		return this.editor.part('editCredential-modal');
	}

	/** Opens a new credential from the list of credentials. */
	async newCredential(type: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/create`);
		await this.editor.part('new-credential-type-select').locator('input').fill(type);
		await this.editor.part('new-credential-type-select-option').first().click();
		await this.editor.part('new-credential-type-button').click();
		await this.credential.waitFor();
	}

	/** The address that the open credential wants the application to have. */
	async redirectUrl(): Promise<string> {
		await this.credential.getByText('OAuth Redirect URL').first().waitFor();
		return /https?:\S+\/callback/.exec(await this.credential.innerText())?.[0] ?? '';
	}

	/** Runs the open workflow from one of its triggers, and waits until n8n says that it succeeded. */
	async runFrom(trigger: string): Promise<void> {
		await this.editor.node(trigger).hover();
		await this.editor.part(`execute-workflow-button-${trigger}`).click();
		await this.page.getByText('Workflow executed successfully').first().waitFor();
	}

	/** Fills fields of the open credential, one after the other. */
	async fillCredential(values: Values): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			const field = this.credential.locator(`[data-test-id="parameter-input-${name}"]`).first();
			await field.waitFor();
			if (await field.locator('input:not([readonly])').count()) await this.fill(name, value, this.credential);
			else await this.choose(name, value, this.credential);
		}
	}

	/**
	 * Presses Connect, goes through the portal's page as an employee, and waits for what n8n's window says in the end.
	 * @returns its text; empty when it closed by itself, as it does after success
	 */
	async connect(employee: string): Promise<string> {
		const buttons = ['quick-connect-button', 'oauth-switch-account-button'].map(
			(mark) => `[data-test-id="${mark}"]:visible`,
		);
		const button = this.credential.locator(buttons.join(', ')).first();
		const [popup] = await Promise.all([this.page.context().waitForEvent('page'), button.click()]);
		await popup.getByText(employee).first().click();
		await popup.getByRole('button', { name: 'Allow' }).click();
		const closed = popup.waitForEvent('close').then(() => '');
		const said = popup
			.getByText('The window can be closed now')
			.waitFor()
			.then(async () => await popup.locator('body').innerText())
			.catch(() => '');
		const text = await Promise.race([closed, said]);
		// n8n would use the window again.
		if (!popup.isClosed()) await popup.close();
		return text;
	}

	/**
	 * Saves the open credential, which n8n tests then.
	 * @returns what n8n says of a failed test; empty when it passed, after which n8n closes the form
	 */
	async saveCredential(): Promise<string> {
		await this.editor.part('credential-save-button').click();
		const failed = this.credential.getByText('Couldn’t connect with these settings');
		const passed = this.credential.waitFor({ state: 'hidden' }).then(() => '');
		return await Promise.race([passed, failed.waitFor().then(() => failed.innerText())]);
	}

	/** The address in the open trigger under which the phone system reaches it once the workflow is published. */
	async productionUrl(): Promise<string> {
		const { page } = this;
		await page.getByText('Webhook URLs').click();
		await page.getByText('Production URL', { exact: true }).first().click();
		const text = await page.locator('.webhook-url, [class*="webhook"]', { hasText: '/webhook/' }).last().innerText();
		const url = /https?:\S+/.exec(text)?.[0];
		if (!url) throw new Error(`The trigger shows no address: ${text}`);
		return url;
	}

	/** Publishes the open workflow and waits until it listens. */
	async publish(): Promise<void> {
		await this.page.getByRole('button', { name: 'Publish', exact: true }).first().click();
		const dialog = this.page.locator('[role=dialog]:visible');
		await dialog.getByRole('button', { name: 'Publish' }).click();
		await this.page.getByText('Published', { exact: true }).first().waitFor();
	}
}
