import type { Locator, Page } from 'playwright-core';
import type { Film } from './film';

/** How many pictures a way of the pointer has, and how long each is shown, in milliseconds. */
const GLIDE = { steps: 5, ms: 40 };
/** Milliseconds that the mark of a click is shown. */
const CLICK_MS = 160;
const POINTER =
	'<svg width="28" height="28" viewBox="4 2 28 28" style="overflow:visible"><path d="M4 2 L4 22 L9.5 17.5 L13 25.5 L16.5 24 L13 16 L20 15.5 Z" fill="#111" stroke="#fff" stroke-width="1.6"/></svg>';

/** Films a page as if somebody worked on it: a pointer that moves and clicks, and a caption that says what happens. */
export class Narrator {
	private place = { x: 640, y: 420 };

	constructor(
		private readonly page: Page,
		private readonly film: Film,
	) {}

	/** Writes a caption below, over the page. */
	async say(text: string): Promise<void> {
		await this.page.evaluate((words) => {
			const caption = document.getElementById('film-caption') ?? document.createElement('div');
			caption.id = 'film-caption';
			caption.textContent = words;
			caption.style.cssText =
				'position:fixed;left:50%;bottom:22px;transform:translateX(-50%);z-index:2147483646;pointer-events:none;white-space:nowrap;' +
				'padding:12px 24px;border-radius:12px;background:#15232d;color:#fff;font:600 21px/1.3 sans-serif;box-shadow:0 4px 18px #0005';
			// Beside the body: what draws the page leaves it alone.
			document.documentElement.append(caption);
		}, text);
	}

	/** Shows the page as it is now. */
	async hold(ms: number): Promise<void> {
		this.film.show(await this.page.screenshot({ animations: 'disabled' }), ms);
	}

	/**
	 * Moves the pointer to a thing and marks a click there; the caller clicks.
	 * @throws Error when the thing is not on the page
	 */
	async point(target: Locator): Promise<void> {
		await target.scrollIntoViewIfNeeded();
		const box = await target.boundingBox();
		if (!box) throw new Error(`Nothing to point at: ${String(target)}`);
		const { x, y } = this.place;
		const end = { x: box.x + box.width * 0.6, y: box.y + box.height * 0.6 };
		for (let step = 1; step <= GLIDE.steps; step++) {
			const part = 1 - (1 - step / GLIDE.steps) ** 2;
			await this.draw(x + (end.x - x) * part, y + (end.y - y) * part, false);
			await this.hold(GLIDE.ms);
		}
		await this.draw(end.x, end.y, true);
		await this.hold(CLICK_MS);
		await this.draw(end.x, end.y, false);
		this.place = end;
	}

	private async draw(x: number, y: number, clicks: boolean): Promise<void> {
		await this.page.evaluate(
			({ left, top, ring, picture }) => {
				const pointer = document.getElementById('film-pointer') ?? document.createElement('div');
				pointer.id = 'film-pointer';
				pointer.innerHTML = picture;
				pointer.style.cssText = `position:fixed;left:${left}px;top:${top}px;z-index:2147483647;pointer-events:none;width:0;height:0;border-radius:50%;box-shadow:${ring}`;
				document.documentElement.append(pointer);
			},
			{ left: x, top: y, ring: clicks ? '0 0 0 16px #ff6d5a99' : 'none', picture: POINTER },
		);
	}
}
