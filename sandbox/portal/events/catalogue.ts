/** An event that can be bound. */
export interface EventFacts {
	readonly name: string;
	/** Scope that the token needs; empty = none. */
	readonly scope: string;
	/** Whether the offline queue takes it. */
	readonly offline: boolean;
	/** Whether its deliveries carry a refresh token. [S sendRefreshToken] */
	readonly refreshToken: boolean;
	/** Whether its deliveries never carry a user's tokens. */
	readonly anonymous: boolean;
}

const event = (name: string, scope: string, facts: Partial<EventFacts> = {}): EventFacts => ({
	name,
	scope,
	offline: scope !== '',
	refreshToken: false,
	anonymous: false,
	...facts,
});

/** [D events pages; S rest_provider.php, voximplant/classes/general/vi_rest.php] Order of `events` is not confirmed. */
export const EVENTS: readonly EventFacts[] = [
	event('ONVOXIMPLANTCALLINIT', 'telephony'),
	event('ONVOXIMPLANTCALLSTART', 'telephony'),
	event('ONVOXIMPLANTCALLEND', 'telephony'),
	event('ONEXTERNALCALLSTART', 'telephony'),
	event('ONEXTERNALCALLBACKSTART', 'telephony'),
	event('ONUSERADD', 'user'),
	event('ONAPPINSTALL', '', { refreshToken: true }),
	event('ONAPPUPDATE', '', { refreshToken: true }),
	event('ONAPPUNINSTALL', '', { anonymous: true }),
	event('ONAPPPAYMENT', '', { anonymous: true }),
	event('ONAPPMETHODCONFIRM', '', { anonymous: true }),
	event('ONAPPTEST', ''),
	event('ONOFFLINEEVENT', '', { refreshToken: true }),
];

/** Finds an event by its name in any case. */
export function eventByName(name: string): EventFacts | undefined {
	const wanted = name.toUpperCase();
	return EVENTS.find((candidate) => candidate.name === wanted);
}

/** user_brief and user_basic stand for user where only its name matters. [D scopes] */
export function hasScope(granted: readonly string[], scope: string): boolean {
	return (
		scope === '' || granted.includes(scope) || (scope === 'user' && granted.some((name) => name.startsWith('user_')))
	);
}
