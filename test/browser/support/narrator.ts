import type { Locator, Page } from 'playwright-core';
import type { Film } from './film';

/** How many pictures a way of the pointer has, and how long each is shown, in milliseconds. */
const GLIDE = { steps: 5, ms: 40 };
/** Milliseconds that the mark of a click is shown. */
const CLICK_MS = 160;
/** An arrow whose tip is at 0, 0; around it a ring while it clicks. */
const pointer = (clicks: boolean): string =>
	'<svg width="24" height="26" overflow="visible">' +
	(clicks ? '<circle r="16" fill="#ff6d5a" fill-opacity="0.6"/>' : '') +
	'<path d="M0 0 L0 20 L5.5 15.5 L9 23.5 L12.5 22 L9 14 L16 13.5 Z" fill="#111" stroke="#fff" stroke-width="1.6"/></svg>';

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
			({ left, top, picture }) => {
				const element = document.getElementById('film-pointer') ?? document.createElement('div');
				element.id = 'film-pointer';
				element.innerHTML = picture;
				element.style.cssText = `position:fixed;left:${left}px;top:${top}px;z-index:2147483647;pointer-events:none`;
				document.documentElement.append(element);
			},
			{ left: x, top: y, picture: pointer(clicks) },
		);
	}
}
