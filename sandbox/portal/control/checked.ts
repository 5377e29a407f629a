import { Type, type Static, type TObject, type TUnsafe } from '@fastify/type-provider-typebox';
import type { FastifyError, FastifyInstance } from 'fastify';
import { Refusal, RestError } from '../errors';

/**
 * Options of the validator: what comes as text is read as a number where one is wanted; nothing is dropped silently.
 */
export const AJV = { customOptions: { coerceTypes: true, removeAdditional: false } } as const;

/** One of some texts. */
export function oneOf<const Values extends readonly string[]>(values: Values): TUnsafe<Values[number]> {
	return Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });
}

/** Null, or an object. */
export function orNull<Schema extends TObject>(schema: Schema): TUnsafe<Static<Schema> | null> {
	return Type.Unsafe<Static<Schema> | null>({ ...schema, type: ['object', 'null'] });
}

/**
 * Makes the routes of a scope check what they are sent. A missing body is an empty one; what does not fit the schema
 * and what cannot be done is 400, with a reason.
 * @param refusal makes the answer of a reason
 */
export function checkBodies(scope: FastifyInstance, refusal: (reason: string) => object): void {
	scope.addHook('preValidation', (request, _reply, done) => {
		request.body ??= {};
		done();
	});
	scope.setSchemaErrorFormatter((errors) => {
		const { instancePath = '', keyword, message = 'is wrong', params = {} } = errors[0] ?? {};
		return new Refusal(
			complaint(instancePath.slice(1).replaceAll('/', '.'), keyword === 'minLength' ? 'is empty' : message, params),
		);
	});
	scope.setErrorHandler((error: FastifyError, _request, reply) =>
		reply.code(isRefusal(error) ? 400 : (error.statusCode ?? 500)).send(refusal(reasonOf(error))),
	);
}

function isRefusal(error: Error): boolean {
	return error instanceof Refusal || error instanceof RestError || error instanceof RangeError;
}

/** The code of an error of telephony is empty, and the words of some others. */
function reasonOf(error: Error): string {
	return error instanceof RestError ? error.description || error.code : error.message;
}

function complaint(where: string, message: string, params: Readonly<Record<string, unknown>>): string {
	const { missingProperty, additionalProperty, allowedValues } = params;
	const inside = where === '' ? '' : `${where}.`;
	if (typeof missingProperty === 'string') return `${inside}${missingProperty} is missing`;
	if (typeof additionalProperty === 'string') return `${inside}${additionalProperty} is unknown`;
	if (Array.isArray(allowedValues)) return `${where} must be one of ${allowedValues.join(', ')}`;
	return `${where || 'The body'} ${message}`;
}
