/** An employee by the extension, as the field Employee has it. */
export const EXTENSION = { mode: 'extension', value: '102' };

/** Who has that extension, as the portal gives it. */
export const BEN = { ID: '2', NAME: 'Ben', LAST_NAME: 'Carter', UF_PHONE_INNER: '102', ACTIVE: true };

/** An employee as the portal gives it. */
export function person(ID: string, UF_PHONE_INNER?: string, more: object = {}) {
	return { ID, NAME: 'Ada', UF_PHONE_INNER, ...more };
}
