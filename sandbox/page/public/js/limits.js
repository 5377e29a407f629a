import { h } from './dom.js';
import { button, empty } from './parts.js';

/** How close the callers of the REST interface are to the portal's limits, and the switches of the limits. */
export function limitsView(state) {
	const { buckets, operating, settings } = state.limits;
	return [
		h(
			'section',
			{ class: 'panel', 'data-key': 'rate' },
			head(
				'h1',
				'Request rate',
				'intensity',
				settings,
				`Each address may have ${settings.bucket} requests in its bucket, and ${settings.leakPerSecond} a second leak out. A full bucket answers 503 QUERY_LIMIT_EXCEEDED.`,
			),
			buckets.length
				? buckets.map((bucket) =>
						gauge(
							`bucket-${bucket.source}`,
							bucket.source,
							`${Math.ceil(bucket.level)} of ${bucket.size}`,
							bucket.level / bucket.size,
						),
					)
				: empty('Nobody has called yet.'),
		),
		h(
			'section',
			{ class: 'panel', 'data-key': 'operating' },
			head(
				'h2',
				'Operating time',
				'operating',
				settings,
				'Seconds that a method worked within the last ten minutes, for each application. Past the limit it answers 429 OPERATION_TIME_LIMIT.',
			),
			operating.length
				? operating.map((one) =>
						gauge(
							`operating-${one.key}`,
							one.key.split('|').pop(),
							`${one.seconds.toFixed(1)} of ${one.limit} s`,
							one.seconds / one.limit,
						),
					)
				: empty('No method has worked longer than 0.1 s yet.'),
		),
	];
}

function head(level, title, limit, settings, hint) {
	const on = settings[limit];
	return h(
		'header',
		{ class: 'panel-head' },
		h(level, {}, title),
		h('p', { class: 'hint' }, on ? hint : 'Switched off in this sandbox: it counts, but refuses nothing.'),
		button(
			on ? 'Switch off' : 'Switch on',
			'limit',
			{ limit, on: String(!on), testid: `limit-${limit}` },
			on ? 'small' : 'small primary',
		),
	);
}

function gauge(key, name, text, part) {
	const percent = Math.min(100, Math.round(part * 100));
	const tone = percent >= 90 ? 'bad' : percent >= 60 ? 'warn' : '';
	return h(
		'div',
		{ class: 'gauge', 'data-key': key, 'data-testid': 'gauge' },
		h('div', { class: 'gauge-head' }, h('strong', {}, name), h('span', { class: 'quiet' }, text)),
		h(
			'div',
			{
				class: `bar ${tone}`,
				role: 'meter',
				'aria-label': name,
				'aria-valuenow': percent,
				'aria-valuemin': 0,
				'aria-valuemax': 100,
				'aria-valuetext': text,
				style: `--part:${percent}`,
			},
			h('i', {}),
		),
	);
}
