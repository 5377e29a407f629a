import { RestError } from '../../errors';
import { hasScope } from '../../events/catalogue';
import { isoDate } from '../../php/dates';
import { cast, method, type Method } from '../method';

/** All scopes that a portal has, as far as telephony and its neighbours go. */
const ALL_SCOPES = [
	'call',
	'crm',
	'department',
	'disk',
	'im',
	'imbot',
	'placement',
	'task',
	'telephony',
	'user',
	'user_basic',
	'user_brief',
];
const facts = { scopes: [], context: 'any', keys: 'upper' } as const;

const appInfo = method({
	...facts,
	name: 'app.info',
	params: {},
	run({ core, caller }) {
		const { license } = core.state.settings;
		const { application } = caller;
		// A webhook has no application; the source then shows scope and licence only.
		if (!application) return { SCOPE: [...caller.scopes], LICENSE: license };
		return {
			ID: application.id,
			CODE: application.clientId,
			VERSION: application.version,
			STATUS: application.status,
			INSTALLED: application.installed,
			PAYMENT_EXPIRED: application.paymentExpired ? 'Y' : 'N',
			DAYS: null,
			LANGUAGE_ID: core.state.settings.language,
			LICENSE: license,
			LICENSE_TYPE: license.replace(/^[a-z]+_/, ''),
			LICENSE_FAMILY: license.replace(/^[a-z]+_/, '').replace(/\d+$/, ''),
		};
	},
});

const profile = method({
	...facts,
	name: 'profile',
	params: {},
	run: ({ core, caller: { employee } }) => ({
		ID: String(employee.id),
		ADMIN: employee.isAdmin,
		NAME: employee.firstName,
		LAST_NAME: employee.lastName,
		PERSONAL_GENDER: employee.gender,
		TIME_ZONE: '',
		TIME_ZONE_OFFSET: zoneOffset(isoDate(core.clock.now(), core.state.settings.timeZone)),
	}),
});

const scope = method({
	...facts,
	name: 'scope',
	params: { FULL: cast.bool },
	run: ({ caller, params }) => (params.FULL ? [...ALL_SCOPES] : [...caller.scopes]),
});

const methodGet = method({
	...facts,
	name: 'method.get',
	params: { NAME: cast.text },
	run({ core, caller, params, find }) {
		const found = find(params.NAME);
		const scopes = typeof found?.scopes === 'function' ? found.scopes(core.switches) : (found?.scopes ?? []);
		return {
			isExisting: found !== undefined,
			isAvailable: found !== undefined && scopes.every((name) => hasScope(caller.scopes, name)),
		};
	},
});

const serverTime = method({
	...facts,
	name: 'server.time',
	params: {},
	run: ({ core }) => isoDate(core.clock.now(), core.state.settings.timeZone),
});

const featureGet = method({
	...facts,
	name: 'feature.get',
	params: { CODE: cast.text },
	run({ core, params }) {
		if (params.CODE === '') throw new RestError(400, 'CODE_EMPTY', "CODE can't be empty");
		const features: Record<string, boolean> = {
			rest_offline_extended: core.state.settings.offlineExtended,
			rest_auth_connector: core.state.settings.authConnector,
		};
		return { value: features[params.CODE] === true ? 'Y' : 'N' };
	},
});

/** The methods that every token may call. [D api-reference/common/system/*.md; S rest_provider.php] */
export const systemMethods: readonly Method[] = [appInfo, profile, scope, methodGet, serverTime, featureGet];

function zoneOffset(iso: string): number {
	const match = /([+-])(\d{2}):(\d{2})$/.exec(iso);
	return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60) : 0;
}
