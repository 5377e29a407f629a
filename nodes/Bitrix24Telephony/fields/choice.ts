import { Parameter, type Named } from './field';
import type { Spec } from './kinds';

/** A choice from one of the portal's lists. */
type ChoiceSpec<Name extends string> = Spec<Name> & {
	/** A method of `lookups.ts`. */
	search: string;
	/** What the value is, for the mode in which it is typed. */
	code: 'Code' | 'ID' | 'Number';
	/** What it looks like. */
	example: string;
};

/** A choice from one of the portal's lists, or by its code, that must be there. */
export function choice<const Name extends string>(spec: ChoiceSpec<Name>) {
	const [property, previous] = locators({ required: true, ...spec });
	return new Parameter(property, (given) => given.located().chosen.text(), undefined, previous);
}

/** A choice as {@link choice}, or undefined. */
export function optionalChoice<const Name extends string>(spec: ChoiceSpec<Name>) {
	const [property, previous] = locators(spec);
	return new Parameter(property, (given) => given.located().chosen.optionalText(), undefined, previous);
}

/**
 * @returns the choice, and how nodes of before have it: n8n shows every mode called `id` as “By ID”, whatever its name
 */
function locators<Name extends string>(spec: ChoiceSpec<Name>): [Named<Name>, Named<Name> | undefined] {
	const { code } = spec;
	return code === 'ID' ? [locator(spec, 'id'), undefined] : [locator(spec, code.toLowerCase()), locator(spec, 'id')];
}

function locator<Name extends string>(
	{ search: searchListMethod, code, example, ...spec }: ChoiceSpec<Name>,
	mode: string,
): Named<Name> {
	return {
		...spec,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose…',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: code === 'ID' ? 'By ID' : code, name: mode, type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}
