import type { IDataObject } from 'n8n-workflow';

/** One finding of a check. */
export interface Finding extends IDataObject {
	CHECK: string;
	RESULT: 'ok' | 'warning' | 'problem';
	DETAIL: string;
	/** What to do. */
	ADVICE: string;
}

/** All is well. */
export function good(CHECK: string, DETAIL: string): Finding {
	return { CHECK, RESULT: 'ok', DETAIL, ADVICE: 'Nothing to do' };
}

/** It works, but look at it. */
export function warning(CHECK: string, DETAIL: string, ADVICE: string): Finding {
	return { CHECK, RESULT: 'warning', DETAIL, ADVICE };
}

/** It cannot work. */
export function problem(CHECK: string, DETAIL: string, ADVICE: string): Finding {
	return { CHECK, RESULT: 'problem', DETAIL, ADVICE };
}
