import type { IDataObject } from 'n8n-workflow';
import type { OutputFields } from '../common/outputSchema';
import { CLICK } from './events';

/** What an item has beside the event's own fields when names are looked up. People paste these into requests. */
export const READY: OutputFields = { EMPLOYEE_NAME: 'string', EMPLOYEE_EXTENSION: 'string', CLIENT_NAME: 'string', LINE_NUMBER: 'string' };

/**
 * Makes an item ready to dial with: what people paste into the text of a request is a text in every item. One that is
 * absent is empty; null would become the word “null” in a template or an addition of texts.
 *
 * @returns the item with LINE_NUMBER, which ended calls have as PORTAL_NUMBER. A click of somebody without extension says
 *   so in NOTE.
 */
export function ready(item: IDataObject): IDataObject {
	const texts = Object.keys(READY).filter((name) => item[name] === null);
	const LINE_NUMBER = item.LINE_NUMBER ?? item.PORTAL_NUMBER ?? '';
	const name = typeof item.EMPLOYEE_NAME === 'string' && item.EMPLOYEE_NAME !== '' ? item.EMPLOYEE_NAME : 'The employee';
	const notes = [item.NOTE, lacksExtension(item) && `${name} has no extension in Bitrix24.`].filter(Boolean);
	return { ...item, ...Object.fromEntries(texts.map((one) => [one, ''])), LINE_NUMBER, ...(notes.length > 0 && { NOTE: notes.join(' ') }) };
}

/** Somebody who could not be asked for is named nowhere. */
function lacksExtension({ event, EMPLOYEE_NAME, EMPLOYEE_EXTENSION }: IDataObject): boolean {
	return event === CLICK && typeof EMPLOYEE_NAME === 'string' && EMPLOYEE_EXTENSION === null;
}
