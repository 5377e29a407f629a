import type { IDataObject } from 'n8n-workflow';
import { dialNumber } from '../../pbx/numbers';
import type { OutputFields } from '../common/outputSchema';
import { CLICK } from './events';
import type { TriggerOptions } from './options';

type DialOptions = Pick<TriggerOptions, 'dialForm' | 'countryCode' | 'nationalPrefix' | 'internationalPrefix'>;

/** What an item has beside the event's own fields when names are looked up. People paste these into requests. */
export const READY: OutputFields = {
	EMPLOYEE_NAME: 'string',
	EMPLOYEE_EXTENSION: 'string',
	CLIENT_NAME: 'string',
	LINE_NUMBER: 'string',
	DIAL_NUMBER: 'string',
};

/**
 * Makes an item ready to dial with: what people paste into the text of a request is a text in every item. One that is
 * absent is empty; null would become the word “null” in a template or an addition of texts.
 *
 * @returns the item with LINE_NUMBER, which ended calls have as PORTAL_NUMBER, and with DIAL_NUMBER, the client's
 *   number as
 *   the phone system wants it. NOTE says what is not dialled, and who has no extension.
 */
export function ready(
	item: IDataObject,
	{ dialForm: form, countryCode, nationalPrefix, internationalPrefix }: DialOptions,
): IDataObject {
	const texts = Object.keys(READY).filter((name) => item[name] === null);
	const LINE_NUMBER = [item.LINE_NUMBER, item.PORTAL_NUMBER].find(isLine) ?? '';
	const { number, note } = dialNumber([item.PHONE_NUMBER_INTERNATIONAL, item.PHONE_NUMBER], {
		form,
		countryCode,
		nationalPrefix,
		internationalPrefix,
	});
	const notes = [
		item.NOTE,
		isToDial(item) && note,
		lacksExtension(item) && `${nameOf(item)} has no extension in Bitrix24.`,
	].filter(Boolean);
	return {
		...item,
		...Object.fromEntries(texts.map((one) => [one, ''])),
		LINE_NUMBER,
		DIAL_NUMBER: number,
		...(notes.length > 0 && { NOTE: notes.join(' ') }),
	};
}

/** A call without a line has the application in its place (contract data, register). */
function isLine(value: unknown): value is string {
	return typeof value === 'string' && !value.startsWith('REST_APP:');
}

/** Nobody dials what has ended. */
function isToDial({ event }: IDataObject): boolean {
	return event === CLICK || event === 'ONEXTERNALCALLBACKSTART';
}

function nameOf({ EMPLOYEE_NAME }: IDataObject): string {
	return typeof EMPLOYEE_NAME === 'string' && EMPLOYEE_NAME !== '' ? EMPLOYEE_NAME : 'The employee';
}

/** Somebody who could not be asked for is named nowhere. */
function lacksExtension({ event, EMPLOYEE_NAME, EMPLOYEE_EXTENSION }: IDataObject): boolean {
	return event === CLICK && typeof EMPLOYEE_NAME === 'string' && EMPLOYEE_EXTENSION === null;
}
