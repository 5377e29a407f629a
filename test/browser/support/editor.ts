import type { Locator, Page } from 'playwright-core';
import type { N8n } from '../../../tools/n8n/driver';

/** Where n8n is, and who logs in. */
interface Login {
	session: Pick<N8n['session'], 'url'>;
	owner: Pick<N8n['owner'], 'email' | 'password'>;
}

/** CSS pixels around the nodes on a picture of a workflow: room for names below and handles beside them. */
const MARGIN = { top: 24, right: 64, bottom: 56, left: 48 };
/** Of 100; letters stay sharp, and a picture small. */
const JPEG_QUALITY = 65;
/** What n8n lays over the canvas, and the dots below it, which make a picture large. */
const OVERLAYS =
	'.el-notification, .vue-flow__background, .vue-flow__panel, [data-test-id="canvas-wrapper"] button, :has(> * > [data-test-id="execute-workflow-button"]) *';

/** Milliseconds in which something can be closed that is really there. */
const DISMISS_MS = 3000;

/** Closes what n8n shows by itself. It may go by itself just then; a click would wait for it to come back. */
async function dismiss(button: Locator): Promise<void> {
	await button.click({ timeout: DISMISS_MS }).catch(() => undefined);
}

/** The editor of n8n 2.41 in one tab. Elements are found by n8n's own `data-test-id`. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Logs in with the form, as a person does. */
	static async login(page: Page, { session, owner }: Login): Promise<Editor> {
		await page.goto(`${session.url}/signin`);
		await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
		await page.locator('input[name="password"]').fill(owner.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL(/\/home\//);
		const editor = new Editor(page, session.url);
		// A list of advice that opens by itself over a published workflow.
		await page.addLocatorHandler(editor.part('suggested-actions-close'), dismiss, { noWaitAfter: true });
		// What n8n explains when a workflow is published for the first time.
		await page.addLocatorHandler(page.getByRole('button', { name: 'Got it' }), dismiss, { noWaitAfter: true });
		return editor;
	}

	/** An element by n8n's own mark. */
	part(mark: string): Locator {
		return this.page.locator(`[data-test-id="${mark}"]`);
	}

	/** Opens a workflow and waits until its nodes are there. */
	async open(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.part('canvas-node').first().waitFor();
	}

	/**
	 * Opens another workflow as a link in the editor does, which spares loading the editor anew. For workflows that
	 * nobody changed: the editor asks before it leaves unsaved changes. One must be open: the list that n8n begins
	 * with may call the way off while it loads.
	 * @param name of the workflow, which the window's title shows when it is there
	 */
	async change(workflowId: string, name: string): Promise<void> {
		await this.page.evaluate((path) => {
			history.pushState({}, '', path);
			dispatchEvent(new PopStateEvent('popstate', { state: {} }));
		}, `/workflow/${workflowId}`);
		await this.page.waitForFunction((shown) => document.title.includes(shown), name);
	}

	/** Waits until the canvas shows so many nodes and notes. */
	async nodesAre(count: number): Promise<void> {
		await this.page.waitForFunction((wanted) => document.querySelectorAll('.vue-flow__node').length === wanted, count);
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** What the canvas complains of, by node: a missing parameter or credential, or a type that nobody knows. */
	async issues(): Promise<string[]> {
		const marks = '[data-test-id="node-issues"], [data-test-id="node-setup-required"]';
		const nodes = await this.part('canvas-node')
			.filter({ has: this.page.locator(marks) })
			.all();
		return Promise.all(nodes.map(async (node) => (await node.getAttribute('data-node-name')) ?? ''));
	}

	/** Opens the node panel with its key and searches in it. */
	async searchNodes(text: string): Promise<void> {
		// A press on the empty canvas first: keys go to whatever was used last.
		await this.page.locator('.vue-flow__pane').click({ position: { x: 20, y: 300 } });
		await this.page.keyboard.press('n');
		await this.part('node-creator-search-bar').fill(text);
	}

	/** A node or an action that the node panel lists. */
	panelItem(name: string): Locator {
		const title = this.part('node-creator-item-name').getByText(name, { exact: true });
		return this.part('node-creator').locator('[data-test-id="item-iterator-item"]').filter({ has: title });
	}

	/** A heading of the panel's page about one node, for example `Triggers`. */
	panelSection(name: string): Locator {
		return this.part('node-creator-category-item').filter({ hasText: name });
	}

	/** Opens the parameters of a node. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		const parameters = this.part('node-parameters');
		await parameters.waitFor();
		// In place of a collection that n8n still loads.
		await parameters.locator('.async-notice').first().waitFor({ state: 'hidden' });
	}

	/**
	 * Runs the open node, and those before it, with the button of its panel, and waits until it has put something out.
	 */
	async executeStep(): Promise<void> {
		await this.part('node-execute-button').click();
		await this.part('output-panel').locator('[data-test-id="ndv-items-count"]').waitFor();
	}

	/**
	 * Shows the output of the open node as a table, and reads it: for each item the cells' text by the heading of the
	 * column.
	 */
	async outputTable(): Promise<Record<string, string>[]> {
		const panel = this.part('output-panel');
		await panel.locator('[data-test-id="radio-button-table"]').click();
		const table = panel.locator('table');
		await table.locator('tbody td').first().waitFor();
		const rows = await Promise.all(
			(await table.locator('tr').all()).map((row) => row.locator('th, td').allInnerTexts()),
		);
		const [headings = [], ...items] = rows;
		return items.map((cells) =>
			Object.fromEntries(
				headings.flatMap((heading, column) => (heading ? [[heading.trim(), cells[column]?.trim() ?? '']] : [])),
			),
		);
	}

	/** The parameter of the open node with this internal name. */
	parameter(name: string): Locator {
		return this.part('node-parameters').locator(
			`[data-test-id="parameter-item"]:has([data-test-id="parameter-input-${name}"])`,
		);
	}

	/** Names of the parameters that the open node shows. */
	async labels(): Promise<string[]> {
		const texts = await this.part('node-parameters').locator('[data-test-id="input-label"]').allInnerTexts();
		// Below the name n8n keeps the switch between "Fixed" and "Expression".
		return texts.map((text) => text.trim().split('\n')[0] ?? '');
	}

	/** Turns a searchable choice from an expression into "From list" and opens the list. */
	async openList(parameter: string): Promise<void> {
		await this.parameter(parameter).hover();
		await this.parameter(parameter).locator('[data-test-id="radio-button-fixed"]').click();
		const choice = this.part(`resource-locator-${parameter}`);
		await choice.locator('[data-test-id="rlc-mode-selector"]').click();
		await this.page.locator('[data-test-id="mode-list"]:visible').click();
		await choice.locator('[data-test-id="rlc-input"]').click();
	}

	/** The entries of the open searchable list. */
	get listItems(): Locator {
		return this.page.locator('[data-test-id="rlc-item"]:visible');
	}

	/** One entry of the open searchable list. */
	listItem(name: string): Locator {
		return this.listItems.getByText(name, { exact: true });
	}

	/** Types into the search field of the open list. */
	async searchList(text: string): Promise<void> {
		await this.page.locator('[data-test-id="rlc-search"]:visible').fill(text);
	}

	/** Opens the list of executions of a workflow. */
	async openExecutions(workflowId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions`);
		await this.part('current-executions-list').waitFor();
	}

	/** Executions in the list, the newest first; of one status, or all. */
	executions(status?: string): Locator {
		return this.part('current-executions-list').locator(
			status ? `[data-test-execution-status="${status}"]` : '[data-test-execution-status]',
		);
	}

	/** Lets a trigger listen for one event, and waits until it does. */
	async listen(trigger: string): Promise<void> {
		await this.node(trigger).hover();
		await this.part(`execute-workflow-button-${trigger}`).click();
		await this.page.getByText('Waiting for trigger event').first().waitFor();
	}

	/** Takes the pattern from behind the canvas, which makes a picture large. */
	async plain(): Promise<void> {
		await this.page.addStyleTag({ content: '.vue-flow__background { visibility: hidden !important }' });
	}

	/**
	 * Keeps a picture of the workflow alone, without the editor's own buttons: PNG or JPEG, by the ending of the path.
	 */
	async picture(path: string): Promise<void> {
		const { page } = this;
		await page.mouse.move(0, 0);
		await page.addStyleTag({ content: `${OVERLAYS} { visibility: hidden !important }` });
		const boxes = await Promise.all((await page.locator('.vue-flow__node').all()).map((node) => node.boundingBox()));
		const nodes = boxes.filter((box) => box !== null);
		const x = Math.min(...nodes.map((box) => box.x)) - MARGIN.left;
		const y = Math.min(...nodes.map((box) => box.y)) - MARGIN.top;
		const width = Math.max(...nodes.map((box) => box.x + box.width)) + MARGIN.right - x;
		const height = Math.max(...nodes.map((box) => box.y + box.height)) + MARGIN.bottom - y;
		await page.screenshot({
			path,
			clip: { x, y, width, height },
			animations: 'disabled',
			quality: path.endsWith('.jpg') ? JPEG_QUALITY : undefined,
		});
	}

	/** A node that the canvas shows as done. */
	greenNode(name: string): Locator {
		return this.node(name).filter({ has: this.part('canvas-node-status-success') });
	}
}

/**
 * Waits until a picture is drawn.
 * @returns its path and its natural width; a broken picture has the width 0
 */
export async function drawn(image: Locator): Promise<{ path: string; width: number }> {
	return await image.evaluate(async (element) => {
		if (!(element instanceof HTMLImageElement)) throw new Error(`This is a ${element.tagName}, not a picture`);
		await element.decode().catch(() => undefined);
		return { path: new URL(element.src).pathname, width: element.naturalWidth };
	});
}
