import { recordOf } from '../../bitrix24/failure';

/** What n8n's request helper gives with `returnFullResponse`, whose declared type is `any`. */
export interface FullAnswer {
	/** HTTP status; 0 for anything but an answer. */
	status: number;
	/** By lower-case name. */
	headers: unknown;
	/** Decoded where it is JSON. */
	body: unknown;
}

/** Reads what n8n's request helper brought. */
export function answerOf(sent: unknown): FullAnswer {
	const { statusCode, headers, body } = recordOf(sent);
	return { status: typeof statusCode === 'number' ? statusCode : 0, headers, body };
}
