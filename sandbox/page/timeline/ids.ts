/** A CALL_ID, or a channel of the PBX. */
const ID = /externalCall\.[0-9a-f]{32}\.\d+|\b\d{10}\.\d+\b/g;

/** Ids of calls that stand in a text. */
export function idsInText(text: string): string[] {
	return [...new Set(text.match(ID) ?? [])];
}

/** Ids of calls that stand anywhere in a value. */
export function idsIn(value: object): string[] {
	return idsInText(JSON.stringify(value));
}
