import type { Portal } from '../../sandbox/portal';
import { hasten } from '../support/hasten';

/** The portal of the pages, in place of the one that the tests start on a port of its own. */
const PORTAL = 'https://example.bitrix24.com';

/** The n8n of the pages. */
const N8N = 'https://n8n.example.com';

/** An instant for all pages, so that they change only when the code does. A Monday morning. */
const INSTANT = Date.parse('2026-03-02T09:00:00Z');

/** Times of the day of {@link INSTANT} move by what limits held up, which depends on what ran before. */
const NEAR: readonly [RegExp, string][] = [
	[/2026-03-02T\d\d:\d\d:\d\d(\.\d+)?/g, '2026-03-02T10:00:00'],
	[/\.17724\d{5}\b/g, '.1772442000'],
	[/\b\d\d:\d\d:\d\d \(/g, '10:10:00 ('],
];

/**
 * Makes a record the same in every run: addresses with ports, random parts of ids, and times near {@link INSTANT}.
 *
 * @param portals addresses that stand for the portal
 * @param n8n address that stands for n8n
 */
export function steady<Value>(value: Value, portals: string[], n8n = N8N): Value {
	let text = JSON.stringify(value).replaceAll(n8n, N8N);
	for (const portal of portals)
		text = text.replaceAll(portal, PORTAL).replaceAll(new URL(portal).host, new URL(PORTAL).host);
	const ids = [...new Set(text.match(/[0-9a-f]{32}/g))];
	ids.forEach((id, index) => (text = text.replaceAll(id, `${index + 1}`.padStart(2, '0').repeat(16))));
	for (const [pattern, fixed] of NEAR) text = text.replace(pattern, fixed);
	return JSON.parse(text) as Value;
}

/**
 * Dates stand still at {@link INSTANT}, and move on only by what nobody waits for: n8n and the portal agree on them,
 * whatever ran before.
 */
export function stopDates(portal: Portal): void {
	jest.useFakeTimers({
		now: INSTANT,
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
	hasten(portal, (milliseconds) => jest.setSystemTime(Date.now() + milliseconds));
}
