import { activityMethods } from './crm/activities';
import { crmMethods } from './crm/crm';
import { itemMethods } from './crm/items';
import { eventMethods } from './events/events';
import { offlineMethods } from './events/offline';
import type { Method } from './method';
import { batch } from './system/batch';
import { systemMethods } from './system/system';
import { attachRecord } from './telephony/attachRecord';
import { attachTranscription } from './telephony/attachTranscription';
import { hide, show } from './telephony/cards';
import { finish } from './telephony/finish';
import { lineMethods } from './telephony/lines';
import { register } from './telephony/register';
import { searchCrmEntities } from './telephony/searchCrmEntities';
import { userMethods } from './user/users';
import { voximplantMethods } from './voximplant/voximplant';
import { statisticGet } from './voximplant/statistic';

/** Every method of the portal. */
export const METHODS: readonly Method[] = [
	register,
	finish,
	show,
	hide,
	attachRecord,
	attachTranscription,
	searchCrmEntities,
	...lineMethods,
	statisticGet,
	...voximplantMethods,
	...eventMethods,
	...offlineMethods,
	...systemMethods,
	batch,
	...userMethods,
	...crmMethods,
	...itemMethods,
	...activityMethods,
];

let byName: Map<string, Method> | undefined;

/** Finds a method by its name in any case. [S component: names are lower-cased] */
export function findMethod(name: string): Method | undefined {
	byName ??= new Map(METHODS.map((entry) => [entry.name.toLowerCase(), entry]));
	return byName.get(name.toLowerCase());
}
