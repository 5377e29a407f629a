import type { Wire } from './php/json';
import type { Switches } from './switches';

/** A failure that the portal answers with `{error, error_description}`. */
export class RestError extends Error {
	/**
	 * @param status HTTP status
	 * @param code value of `error`
	 * @param description value of `error_description`
	 * @param extra further keys of the answer, e.g. `argument`
	 */
	constructor(
		readonly status: number,
		readonly code: string,
		readonly description: string,
		readonly extra: Readonly<Record<string, Wire>> = {},
	) {
		super(`${code}: ${description}`);
	}
}

/** Something that a person asked for outside of REST and that cannot be done, in words for him. */
export class Refusal extends Error {}

/**
 * A plain failure of a telephony method. The server throws it without a code, so `error` is an empty text. [L C01]
 */
export class TelephonyError extends RestError {
	constructor(description: string) {
		super(400, '', description);
	}
}

/** 400 ERROR_ARGUMENT with the key `argument`. [S Bitrix\Main\ArgumentException] */
export function argumentError(argument: string, description = `Argument '${argument}' is null or empty`): RestError {
	return new RestError(400, 'ERROR_ARGUMENT', description, { argument });
}

/** 403 ACCESS_DENIED; a reason may follow the fixed words. [S Bitrix\Rest\AccessException] */
export function accessDenied(reason = ''): RestError {
	return new RestError(403, 'ACCESS_DENIED', reason === '' ? 'Access denied!' : `Access denied! ${reason}`);
}

/** 403 WRONG_AUTH_TYPE: the method refuses this kind of authorisation. [S Bitrix\Rest\AuthTypeException] */
export function wrongAuthType(): RestError {
	return new RestError(403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied for this method');
}

/** The body of an error answer; C01 decides about the code of telephony failures. It has no time block. */
export function errorBody(error: RestError, switches: Switches): Record<string, Wire> {
	const code =
		error instanceof TelephonyError && switches.telephonyErrorCode === 'ERROR_CORE' ? 'ERROR_CORE' : error.code;
	return { error: code, error_description: error.description, ...error.extra };
}

/** Texts that the documentation prints more tidily than the server writes them (C21). */
const TEXTS = {
	finishNotFound: {
		server: 'Call is not found (call should be registered prior to finishing',
		docs: 'Call is not found (call should be registered prior to finishing)',
	},
	recordParameters: {
		server: 'Required parameters are not set. Request should contain or URL or FILENAME parameter',
		docs: 'Required parameters are not set. Request should contain either URL or FILENAME parameter',
	},
	recordNotFinished: {
		server: 'Call is not found in the statistic table. Looks like it is not finished yet.',
		docs: 'Call is not found in the statistic table. It looks like it is not finished yet.',
	},
} as const;

/** A telephony failure whose wording differs between server and documentation. */
export function wordedError(text: keyof typeof TEXTS, switches: Switches): TelephonyError {
	return new TelephonyError(TEXTS[text][switches.errorTexts]);
}
