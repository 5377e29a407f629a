import { toText } from '../../common/values';
import { Parameter } from './field';
import type { Given } from '../given';
import type { Spec } from './kinds';

/** One of the options of a field. */
export interface Option<Value extends string | number> {
	name: string;
	value: Value;
	description?: string;
}

/** A choice of one option. Anything that is not among them is refused: it would silently mean another one. */
export function option<const Name extends string, const Value extends string | number>(
	spec: Spec<Name> & { options: readonly Option<Value>[]; default: NoInfer<Value> },
) {
	return new Parameter(
		{ ...spec, type: 'options', options: [...spec.options] },
		(given) => asOption(given, spec.options),
		undefined,
	);
}

/** A choice of one option, or undefined when it is empty, as a field of an event may be. */
export function optionalOption<const Name extends string, const Value extends string | number>(
	spec: Spec<Name> & { options: readonly Option<Value>[]; default: NoInfer<Value> },
) {
	const accept = (given: Given): Value | undefined => (given.isMissing ? undefined : asOption(given, spec.options));
	return new Parameter({ ...spec, type: 'options', options: [...spec.options] }, accept, undefined);
}

/** A choice of one or more options. A single value counts as a list of one. */
export function optionList<const Name extends string, const Value extends string | number>(
	spec: Spec<Name> & { options: readonly Option<Value>[] },
) {
	const accept = (given: Given): Value[] => {
		const values = given.isMissing ? [] : [given.value].flat();
		if (values.length === 0) return given.refuseMissing();
		return [...new Set(values.map((value) => asOption(given.part(value), spec.options)))];
	};
	return new Parameter({ ...spec, type: 'multiOptions', default: [], options: [...spec.options] }, accept, undefined);
}

/**
 * The option that a value stands for.
 *
 * @param more values that an expression may give besides.
 * @throws NodeOperationError naming the options when it is none of them.
 */
export function asOption<Value extends string | number>(
	given: Given,
	options: readonly Option<Value>[],
	more: readonly Value[] = [],
): Value {
	const found = optionOf(given.value, [...options, ...more.map((value) => ({ name: String(value), value }))]);
	const valid = [...options.map(shown), ...more];
	return found ?? given.refuse('must be one of its options', `Use one of: ${valid.join(', ')}.`);
}

/** By value, else by value or shown name in any case. */
function optionOf<Value extends string | number>(value: unknown, options: readonly Option<Value>[]): Value | undefined {
	const wanted = toText(value);
	if (wanted === undefined) return undefined;
	const exact = options.find((one) => String(one.value) === wanted);
	if (exact) return exact.value;
	const alike = options.filter((one) =>
		[one.name, String(one.value)].some((word) => word.toLowerCase() === wanted.toLowerCase()),
	);
	return alike.length === 1 ? alike[0]?.value : undefined;
}

function shown({ name, value }: Option<string | number>): string {
	return name.toLowerCase() === String(value).toLowerCase() ? String(value) : `${value} (${name})`;
}
