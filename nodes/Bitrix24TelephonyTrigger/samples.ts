import type { IDataObject } from 'n8n-workflow';
import { CLICK } from './events';
import type { TriggerOptions } from './options';

/** What marks an item as made up; no event of Bitrix24 has it. */
const MARK = 'SAMPLE';

/** Never given to anybody: the numbers of fiction in North America (NANPA, 555-0100 to 555-0199). */
const CLIENT = '+12025550123';
const LINE = '+12025550100';

/** The data of each event as a portal sends it, all as text. Shapes from the contract data, `events`. */
const DATA: Record<string, Record<string, string>> = {
	[CLICK]: {
		CALL_ID: 'externalCall.sample',
		PHONE_NUMBER: CLIENT,
		PHONE_NUMBER_INTERNATIONAL: CLIENT,
		EXTENSION: '',
		USER_ID: '7',
		LINE_NUMBER: LINE,
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: '12',
		CALL_LIST_ID: '0',
		IS_MOBILE: '0',
	},
	ONVOXIMPLANTCALLEND: {
		CALL_ID: 'externalCall.sample',
		CALL_TYPE: '1',
		PHONE_NUMBER: CLIENT,
		PORTAL_NUMBER: LINE,
		PORTAL_USER_ID: '7',
		CALL_DURATION: '63',
		CALL_START_DATE: '2026-03-02T10:14:05+01:00',
		CALL_FAILED_CODE: '200',
		CALL_FAILED_REASON: 'Success call',
		COST: '0.0000',
		COST_CURRENCY: 'EUR',
		CRM_ACTIVITY_ID: '345',
	},
	ONEXTERNALCALLBACKSTART: {
		PHONE_NUMBER: CLIENT,
		TEXT: 'A visitor of the website asked for a call back',
		VOICE: 'enfemale',
		LINE_NUMBER: LINE,
		CRM_ENTITY_TYPE: 'CONTACT',
		CRM_ENTITY_ID: '12',
	},
	ONVOXIMPLANTCALLINIT: { CALL_ID: 'externalCall.sample', CALL_TYPE: '2', CALLER_ID: CLIENT, REST_APP_ID: '9' },
	ONVOXIMPLANTCALLSTART: { CALL_ID: 'externalCall.sample', USER_ID: '7' },
	ONAPPUNINSTALL: { LANGUAGE_ID: 'en', CLEAN: '0' },
};

/** What a look-up would add. Nobody is asked for, so that no phone of a real employee rings. */
const NAMES = { EMPLOYEE_NAME: 'Sample Employee', EMPLOYEE_EXTENSION: '0000', CLIENT_NAME: 'Sample Client' };

/**
 * Makes the data of an event up, so that filters let it pass.
 *
 * @returns every documented field, what a look-up would have added, and the mark.
 */
export function sampleOf(
	code: string,
	{ employees: [employee], lines: [line], lookUpNames }: Pick<TriggerOptions, 'employees' | 'lines' | 'lookUpNames'>,
): Record<string, string> {
	const data = { ...DATA[code] };
	for (const name of ['USER_ID', 'PORTAL_USER_ID'])
		if (name in data && employee !== undefined) data[name] = String(employee);
	for (const name of ['LINE_NUMBER', 'PORTAL_NUMBER']) if (name in data && line !== undefined) data[name] = line;
	return {
		...data,
		...(lookUpNames && NAMES),
		[MARK]: '1',
		NOTE: 'This event is made up: When Testing is Use a Sample.',
	};
}

/** True for an item that {@link sampleOf} began. */
export function isSample(item: IDataObject): boolean {
	return item[MARK] !== undefined;
}
