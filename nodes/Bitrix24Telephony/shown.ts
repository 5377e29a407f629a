import type { IDataObject } from 'n8n-workflow';

/** One output item. */
export interface ShownItem {
	json: IDataObject;
	/** Soft errors inside a 200 answer: the call went through, a part of it did not. */
	warnings?: string[];
	/** Advice that is no fault of the call. */
	hints?: string[];
}

/** The answer says that the item cannot go on, for example because nobody has the extension; the item fails. */
export interface Refusal {
	refused: string;
	hint: string;
}

/** What becomes of an item. */
export type Shown = ShownItem | ShownItem[] | Refusal;
