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
	/** C16: CALL_LOG in voximplant.statistic.get. */
	callLogInStatistic: 'absent' | 'present';
	/** C17: batch inside batch. */
	nestedBatch: 'refused' | 'run';
	/** C18: which handlers an update of the application removes. */
	updateRemovesHandlers: 'install' | 'all';
	/** C19: status of app.info without an application. */
	appInfoDeniedStatus: 403 | 400;
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
	/** C34: whether REST takes the token from the header `Authorization: Bearer`, or does as if it were not there. */
	bearerHeader: 'accepted' | 'ignored';
	/** Not stated anywhere: whether a refresh token dies when it was used, or lives on beside its successor. */
	usedRefreshToken: 'dies' | 'lives';
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

const fact = <Value>(conflict: string, server: Value, docs: Value, others: readonly Value[] = []): SwitchFact<Value> =>
	({ conflict, server, docs, values: [...new Set([server, docs, ...others])] });

/**
 * Every switch with its value in both presets. C02 and C17 start with the stricter way, as the verdicts of the
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
	callLogInStatistic: fact('C16', 'absent', 'present'),
	nestedBatch: fact('C17', 'refused', 'refused', ['run']),
	updateRemovesHandlers: fact('C18', 'install', 'all'),
	appInfoDeniedStatus: fact('C19', 403, 400),
	offlinePurgeDays: fact('C20', 34, 30),
	errorTexts: fact('C21', 'server', 'docs'),
	recordingExtension: fact('C22', 'lower', 'any'),
	operatingLimitSeconds: fact('C23', 420, 480),
	eventScopeSeparator: fact('C25', 'comma', 'space'),
	webhookErrorStatus: fact('C26', 401, 403),
	offlineErrorMessageId: fact('C28', 'required', 'optional'),
	lineUpdateId: fact('C29', 'text', 'number'),
	bearerHeader: fact('C34', 'accepted', 'accepted', ['ignored']),
	usedRefreshToken: fact('', 'dies', 'dies', ['lives']),
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
		if (!Object.hasOwn(SWITCHES, name)) throw new RangeError(`There is no switch ${name}`);
		const values = SWITCHES[name as keyof Switches].values as readonly unknown[];
		if (!values.includes(value)) throw new RangeError(`Switch ${name} takes ${values.join(', ')}`);
		Object.assign(switches, { [name]: value });
	}
}
