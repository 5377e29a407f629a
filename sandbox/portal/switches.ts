/**
 * Where the documentation and the server disagree, the sandbox can act either way. Each switch names the entry of
 * `conflicts` in contract/bitrix24.json that it stands for.
 */
export interface Switches {
	/** C01: `error` of plain telephony failures: the empty text or ERROR_CORE. */
	telephonyErrorCode: 'empty' | 'ERROR_CORE';
	/** C02: whether an incoming webhook may call register, finish and externalLine.*. */
	webhookInTelephony: 'refused' | 'allowed';
	/** C03: ADD_TO_CHAT of finish when it is not sent. */
	finishAddToChatDefault: 'off' | 'on';
	/** C04: whether register stores CALL_LIST_ID. */
	registerCallList: 'ignored' | 'stored';
	/** C05: whether ADD_TO_CHAT of register counts for the later finish. */
	registerAddToChat: 'ignored' | 'used';
	/** C06: whether CRM_AUTO_CREATE of the line also limits register. */
	lineAutoCreateInRegister: 'ignored' | 'used';
	/** C08: whether telephony events carry a refresh token. */
	refreshTokenInEvents: 'absent' | 'present';
	/** C09: server_endpoint in the `auth` of events. */
	serverEndpointInEvents: 'present' | 'absent';
	/** C09: event_handler_id in events. */
	handlerIdInEvents: 'present' | 'absent';
	/** C10: event.unbind without a handler: an error, or all handlers of the event go. */
	unbindWithoutHandler: 'error' | 'all';
	/** C11: which of the two event.offline.clear looks at when both come. */
	offlineClearLooksAt: 'message_id' | 'id';
	/** C12: scope of voximplant.callback.start and voximplant.infocall.*. */
	callbackScope: 'call' | 'telephony';
	/** C13: status of PORTAL_DELETED. */
	portalDeletedStatus: 403 | 500;
	/** C14: status of insufficient_scope and user_access_error. */
	scopeErrorStatus: 401 | 403;
	/** C15: status of INVALID_REQUEST. */
	plainHttpStatus: 401 | 400;
	/** C16: CALL_LOG in voximplant.statistic.get. */
	callLogInStatistic: 'absent' | 'present';
	/** C17: batch inside batch. */
	nestedBatch: 'refused' | 'run';
	/** C18: which handlers an update of the application removes. */
	updateRemovesHandlers: 'install' | 'all';
	/** C20: age in days at which reserved offline events go. */
	offlinePurgeDays: 34 | 30;
	/** C21: wording of some texts. */
	errorTexts: 'server' | 'docs';
	/** C22: file extension of recordings: lower case only, or any case. */
	recordingExtension: 'lower' | 'any';
	/** C23: operating limit in seconds. */
	operatingLimitSeconds: 420 | 480;
	/** C25: separator of auth.scope in events. */
	eventScopeSeparator: 'comma' | 'space';
	/** C26: status of INVALID_CREDENTIALS. */
	webhookErrorStatus: 401 | 403;
	/** C28: whether event.offline.error demands message_id. */
	offlineErrorMessageId: 'required' | 'optional';
	/** C29: type of ID in the answer of externalLine.update. */
	lineUpdateId: 'text' | 'number';
	/** C30: `scope` of the token answer: the word app, or the application's permissions. */
	tokenScope: 'app' | 'permissions';
	/** C31: days that a refresh token lives. */
	refreshTokenDays: 30 | 180;
	/** C32: whether a refresh token dies when it was used, or lives on beside its successor. */
	usedRefreshToken: 'dies' | 'lives';
	/** C32: whether a renewal also ends the access token that was issued with the used refresh token. */
	accessTokenAfterRenewal: 'dies' | 'lives';
	/** C32: whether an authorisation code works once, or until it expires. */
	usedCode: 'dies' | 'lives';
	/** C33: error of an expired code or refresh token. */
	expiredGrant: 'expired_token' | 'invalid_grant';
	/** C34: whether REST takes the token from the header `Authorization: Bearer`, or does as if it were not there. */
	bearerHeader: 'accepted' | 'ignored';
	/** C35: what `ts` of an event tells: when it was made, or when the queue sent it. */
	eventTime: 'made' | 'sent';
	/** CRM_ENTITY_TYPE of a click without client, beside CRM_ENTITY_ID 0: both were seen. */
	typeWithoutClient: 'empty' | 'LEAD';
	/** Whether events carry a user's access token, as a click does, or none, as events of robots do. */
	eventAuth: 'user' | 'anonymous';
	/** What happens to the work of a request that is cut off after 60 s: it stops, or runs to its end unseen. */
	workAfterTimeout: 'stops' | 'continues';
}

interface SwitchFact<Value> {
	readonly conflict: string;
	readonly server: Value;
	readonly docs: Value;
	readonly values: readonly Value[];
}

type SwitchTable = { readonly [Name in keyof Switches]: SwitchFact<Switches[Name]> };

const fact = <Value>(
	conflict: string,
	server: Value,
	docs: Value,
	others: readonly Value[] = [],
): SwitchFact<Value> => ({ conflict, server, docs, values: [...new Set([server, docs, ...others])] });

/**
 * Every switch with its value in both presets. C02, C17 and C32 start with the stricter way, as the verdicts of the
 * contract say: there the source that could be read is older than the documentation.
 */
export const SWITCHES: SwitchTable = {
	telephonyErrorCode: fact('C01', 'empty', 'ERROR_CORE'),
	webhookInTelephony: fact('C02', 'refused', 'refused', ['allowed']),
	finishAddToChatDefault: fact('C03', 'off', 'on'),
	registerCallList: fact('C04', 'ignored', 'stored'),
	registerAddToChat: fact('C05', 'ignored', 'used'),
	lineAutoCreateInRegister: fact('C06', 'ignored', 'used'),
	refreshTokenInEvents: fact('C08', 'absent', 'present'),
	serverEndpointInEvents: fact('C09', 'present', 'present', ['absent']),
	handlerIdInEvents: fact('C09', 'present', 'present', ['absent']),
	unbindWithoutHandler: fact('C10', 'error', 'all'),
	offlineClearLooksAt: fact('C11', 'message_id', 'id'),
	callbackScope: fact('C12', 'call', 'telephony'),
	portalDeletedStatus: fact('C13', 403, 500),
	scopeErrorStatus: fact('C14', 401, 403),
	plainHttpStatus: fact('C15', 401, 400),
	callLogInStatistic: fact('C16', 'absent', 'present'),
	nestedBatch: fact('C17', 'refused', 'refused', ['run']),
	updateRemovesHandlers: fact('C18', 'install', 'all'),
	offlinePurgeDays: fact('C20', 34, 30),
	errorTexts: fact('C21', 'server', 'docs'),
	recordingExtension: fact('C22', 'lower', 'any'),
	operatingLimitSeconds: fact('C23', 420, 480),
	eventScopeSeparator: fact('C25', 'comma', 'space'),
	webhookErrorStatus: fact('C26', 401, 403),
	offlineErrorMessageId: fact('C28', 'required', 'optional'),
	lineUpdateId: fact('C29', 'text', 'number'),
	tokenScope: fact('C30', 'app', 'permissions'),
	refreshTokenDays: fact('C31', 30, 180),
	usedRefreshToken: fact('C32', 'dies', 'dies', ['lives']),
	accessTokenAfterRenewal: fact('C32', 'dies', 'dies', ['lives']),
	usedCode: fact('C32', 'dies', 'dies', ['lives']),
	expiredGrant: fact('C33', 'expired_token', 'invalid_grant'),
	bearerHeader: fact('C34', 'accepted', 'accepted', ['ignored']),
	eventTime: fact('C35', 'made', 'sent'),
	typeWithoutClient: fact('', 'empty', 'empty', ['LEAD']),
	eventAuth: fact('', 'user', 'user', ['anonymous']),
	workAfterTimeout: fact('', 'stops', 'stops', ['continues']),
};

/** All switches as one side has them. */
export function presetSwitches(preset: 'server' | 'docs'): Switches {
	const pairs = Object.entries(SWITCHES).map(([name, entry]) => [name, entry[preset]] as const);
	return Object.fromEntries(pairs) as unknown as Switches;
}

/**
 * Sets some switches.
 * @throws RangeError naming the switch and its values, when the name or the value is unknown
 */
export function applySwitches(switches: Switches, changes: Readonly<Record<string, unknown>>): void {
	for (const [name, value] of Object.entries(changes)) {
		const found = Object.entries(SWITCHES).find(([known]) => known === name)?.[1];
		if (!found) throw new RangeError(`There is no switch ${name}`);
		const values: readonly unknown[] = found.values;
		if (!values.includes(value)) throw new RangeError(`Switch ${name} takes ${values.join(', ')}`);
		Object.assign(switches, { [name]: value });
	}
}
