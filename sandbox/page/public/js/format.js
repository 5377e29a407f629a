/**
 * Seconds as m:ss, or h:mm:ss.
 * @param {number} seconds
 */
export function duration(seconds) {
	const whole = Math.max(0, Math.floor(seconds));
	const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const text = parts[0] ? parts : parts.slice(1);
	return text.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * Time of day, with the date when it is not today.
 * @param {number} at milliseconds since 1970
 */
export function moment(at) {
	const date = new Date(at);
	const time = timeOfDay(at);
	return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`;
}

/**
 * Time of day.
 * @param {number} at milliseconds since 1970
 */
export function timeOfDay(at) {
	return new Date(at).toLocaleTimeString([], {
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
	});
}

/**
 * A number grouped for reading; the value that is dialled stays as it is.
 * @param {string} number
 */
export function readable(number) {
	const [main = '', extension] = number.split(/[;,]/);
	return extension ? `${grouped(main)} ext. ${extension}` : grouped(number);
}

/** @param {string} number */
function grouped(number) {
	const match = /^\+(1|7|\d{2})(\d{6,})$/.exec(number);
	if (!match) return number;
	const [, country = '', rest = ''] = match;
	const first = country === '1' && rest.length === 10 ? 3 : rest.length % 4;
	const head = first === 1 ? 5 : first || 4;
	const groups = [
		rest.slice(0, head),
		...(country === '1' && first === 3 ? [rest.slice(3, 6), rest.slice(6)] : (rest.slice(head).match(/.{1,4}/g) ?? [])),
	];
	return `+${country} ${groups.join(' ')}`;
}

/**
 * Up to two letters for the round picture.
 * @param {string} name
 */
export function initials(name) {
	return (
		name
			.split(/\s+/)
			.filter(Boolean)
			.map((word) => word[0] ?? '')
			.filter((letter) => /\p{L}/u.test(letter))
			.slice(0, 2)
			.join('')
			.toUpperCase() || '?'
	);
}

/**
 * A hue that stays the same for a name.
 * @param {string} name
 */
export function hue(name) {
	let sum = 0;
	for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
	return sum;
}

/** @typedef {'good' | 'bad' | 'warn' | 'plain'} Tone */

/** @type {Readonly<Record<number, { label: string, arrow: 'in' | 'out' }>>} */
const CALL_TYPES = {
	1: { label: 'Outgoing', arrow: 'out' },
	2: { label: 'Incoming', arrow: 'in' },
	3: { label: 'Incoming, forwarded', arrow: 'in' },
	4: { label: 'Callback', arrow: 'out' },
	5: { label: 'Info call', arrow: 'out' },
};

/**
 * Direction and kind of a call.
 * @param {number} type Bitrix24's TYPE
 */
export function callKind(type) {
	return CALL_TYPES[type] ?? { label: 'Outgoing', arrow: 'out' };
}

/** @type {Readonly<Record<string, [label: string, tone: Tone]>>} */
const CODES = {
	200: ['Answered', 'good'],
	304: ['Not answered', 'warn'],
	402: ['No money on the account', 'bad'],
	403: ['Forbidden', 'bad'],
	404: ['Wrong number', 'bad'],
	423: ['Blocked', 'bad'],
	480: ['Unavailable', 'warn'],
	484: ['Number cannot be reached', 'bad'],
	486: ['Busy', 'warn'],
	503: ['Line refused', 'bad'],
	603: ['Declined', 'warn'],
	'603-S': ['Cancelled', 'warn'],
};

/**
 * Words and tone of a status code of finish.
 * @param {string} code
 * @returns {{ label: string, tone: Tone }}
 */
export function outcome(code) {
	const [label, tone] = CODES[code] ?? [code ? `Code ${code}` : 'Ended', 'plain'];
	return { label, tone };
}
