import type { ConnectionState } from '../../../../bitrix24/plan';
import { good, warning, type Finding } from './findings';

const DAY = 24 * 3_600_000;

/** Days. A connection that is used gets a new end every hour, so one that is so near does not move any more. */
const NEAR = 7;

/** Says where the portal takes the token, and how long the connection lasts. */
export function connectionFindings({ tokenPlace, endsAt }: ConnectionState, now: number): Finding[] {
	return [token(tokenPlace), end(endsAt, now)];
}

function token(place: ConnectionState['tokenPlace']): Finding {
	if (place === 'header') return good('Token', 'Bitrix24 takes it in the header Authorization');
	if (place === 'auth')
		return good('Token', 'Bitrix24 does not take it in the header Authorization, so it goes in the body, as auth');
	return warning('Token', 'Bitrix24 did not answer', 'Check again in a minute.');
}

function end(endsAt: number | undefined, now: number): Finding {
	const label = 'Connection';
	if (endsAt === undefined) return good(label, 'Bitrix24 does not tell when it ends; each use renews it');
	const days = Math.floor((endsAt - now) / DAY);
	const when = `Ends on ${new Date(endsAt).toISOString().slice(0, 10)}, in ${days} ${days === 1 ? 'day' : 'days'}`;
	if (days >= NEAR) return good(label, `${when}, unless it is used before; each use renews it`);
	return warning(
		label,
		when,
		'Check again in two hours. If the date stays the same, open the Bitrix24 credential and connect it again.',
	);
}
