/**
 * Status and text of the token endpoint's failures; an empty text is left out. Note the 200 of wrong_client. [SO; K
 * b24pysdk, b24phpsdk]
 */
const FAILURES: Record<string, readonly [status: number, description: string]> = {
	wrong_client: [200, ''],
	invalid_client: [400, ''],
	invalid_grant: [400, ''],
	expired_token: [401, 'The refresh token provided has expired.'],
	invalid_request: [400, ''],
	invalid_scope: [403, ''],
	insufficient_scope: [403, ''],
	NOT_INSTALLED: [401, 'Application not installed'],
	PAYMENT_REQUIRED: [401, 'Payment required'],
};

/** A failure of the token endpoint. An unknown code gives a plain 400, so that any code can be tried as a fault. */
export class TokenFailure extends Error {
	/** HTTP status. */
	readonly status: number;

	constructor(
		readonly code: string,
		readonly description = FAILURES[code]?.[1] ?? code,
	) {
		super(code);
		this.status = FAILURES[code]?.[0] ?? 400;
	}

	/** Body of the answer: without a text the key `error_description` is missing. [SO] */
	get body(): Record<string, string> {
		return { error: this.code, ...(this.description === '' ? {} : { error_description: this.description }) };
	}
}
