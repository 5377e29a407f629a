import { html } from 'htm/preact';
import { wish } from './actions.js';
import { empty, panel, toggle } from './parts.js';

/** @import { Snapshot } from '../../snapshot' */

const OFF = 'Off in this sandbox: it counts, but refuses nothing.';

/**
 * How close the callers of the REST interface are to the portal's limits, and the switches of the limits.
 * @param {Snapshot} state
 */
export function limitsView({ limits: { buckets, operating, settings } }) {
	const rate = `Each address may have ${settings.bucket} requests in its bucket, and ${settings.leakPerSecond} a second leak out. A full bucket answers 503 QUERY_LIMIT_EXCEEDED.`;
	const time =
		'Seconds that a method worked within the last ten minutes, for each application. Past the limit it answers 429 OPERATION_TIME_LIMIT.';
	return html`
		${panel(
			{ title: 'Request rate', level: 1, hint: settings.intensity ? rate : OFF },
			limitSwitch('Limit the request rate', 'intensity', settings.intensity),
			buckets.length > 0
				? buckets.map(({ source, level, size }) => gauge(source, `${Math.ceil(level)} of ${size}`, level / size))
				: empty('Nobody has called yet.'),
		)}
		${panel(
			{ title: 'Operating time', hint: settings.operating ? time : OFF },
			limitSwitch('Limit the operating time', 'operating', settings.operating),
			operating.length > 0
				? operating.map(({ key, seconds, limit }) =>
						gauge(key.split('|').pop() ?? key, `${seconds.toFixed(1)} of ${limit} s`, seconds / limit),
					)
				: empty('No method has worked longer than 0.1 s yet.'),
		)}
	`;
}

/**
 * @param {string} label
 * @param {'intensity' | 'operating'} limit
 * @param {boolean} on
 */
function limitSwitch(label, limit, on) {
	return html`<div class="toggles">
		${toggle({ label, on, testid: `limit-${limit}`, change: (wanted) => wish('limit', { limit, on: wanted }) })}
	</div>`;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} part of the whole, 0 to 1
 */
function gauge(name, text, part) {
	const percent = Math.min(100, Math.round(part * 100));
	const tone = percent >= 90 ? 'bad' : percent >= 60 ? 'warn' : '';
	return html`<div class="gauge" key=${name} data-testid="gauge">
		<div class="gauge-head"><strong>${name}</strong><span class="quiet">${text}</span></div>
		<div
			class="bar ${tone}"
			role="meter"
			aria-label=${name}
			aria-valuenow=${percent}
			aria-valuemin="0"
			aria-valuemax="100"
			aria-valuetext=${text}
			style=${`--part:${percent}`}
		>
			<i></i>
		</div>
	</div>`;
}
