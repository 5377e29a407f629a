import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium';

/** Milliseconds. A wait that is in vain ends before jest gives up, so that the error names what was waited for. */
const WAIT_MS = 120_000;
const SIZE = { width: 1440, height: 900 };

/** How a visit begins; all parts are optional. */
export interface VisitOptions {
	/** Folder of the pictures below the artefacts; without it no picture is kept. */
	pictures?: string;
	/** Size of the window in CSS pixels. */
	size?: { width: number; height: number };
	/** Pixels of a picture for each CSS pixel. */
	scale?: number;
}

/** One person's browser: fresh, without the Internet, with pictures of what was seen. */
export class Visit {
	private count = 0;

	private constructor(
		private readonly browser: Browser,
		private readonly context: BrowserContext,
		private readonly folder: string | undefined,
	) {}

	/** Opens the browser. Pictures of an earlier run are removed. */
	static async start({ pictures, size = SIZE, scale = 1 }: VisitOptions = {}): Promise<Visit> {
		const folder = pictures === undefined ? undefined : join(artefacts(), pictures);
		if (folder !== undefined) {
			rmSync(folder, { recursive: true, force: true });
			mkdirSync(folder, { recursive: true });
		}
		const browser = await launchChromium();
		const context = await browser.newContext({
			viewport: size,
			deviceScaleFactor: scale,
			locale: 'en-GB',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(WAIT_MS);
		// The editor asks npm about community packages; what is tested here must not depend on that.
		await context.route(
			(url) => url.hostname !== '127.0.0.1',
			(route) => route.abort(),
		);
		return new Visit(browser, context, folder);
	}

	/** Opens another tab. */
	async tab(): Promise<Page> {
		return await this.context.newPage();
	}

	/** Keeps a picture of a page. Pictures are numbered in the order in which they were taken. */
	async look(page: Page, name: string): Promise<void> {
		if (this.folder === undefined) return;
		this.count += 1;
		await page.screenshot({
			path: join(this.folder, `${String(this.count).padStart(2, '0')}-${name}.png`),
			animations: 'disabled',
		});
	}

	/** Does something; when it fails, every open tab is kept as a picture. */
	async attempt(steps: () => Promise<void>): Promise<void> {
		try {
			await steps();
		} catch (error) {
			for (const page of this.context.pages()) await this.look(page, 'failed').catch(() => undefined);
			throw error;
		}
	}

	/** Closes the browser. */
	async end(): Promise<void> {
		await this.browser.close();
	}
}

/** Where pictures go: CI_ARTEFACTS, or a folder for temporary files. Never into the repository. */
function artefacts(): string {
	return process.env.CI_ARTEFACTS ?? join(tmpdir(), 'n8n-nodes-bitrix24-telephony-screenshots');
}
