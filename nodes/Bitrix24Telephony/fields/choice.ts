import { Parameter, type Named } from './field';
import type { Spec } from './kinds';

/** A choice from one of the portal's lists. */
type ChoiceSpec<Name extends string> = Spec<Name> & {
	/** A method of `lookups.ts`. */
	search: string;
	/** What a code looks like. */
	example: string;
};

/** A choice from one of the portal's lists, or by its code, that must be there. */
export function choice<const Name extends string>(spec: ChoiceSpec<Name>) {
	return new Parameter(locator({ required: true, ...spec }), (given) => given.located().chosen.text(), undefined);
}

/** A choice as {@link choice}, or undefined. */
export function optionalChoice<const Name extends string>(spec: ChoiceSpec<Name>) {
	return new Parameter(locator(spec), (given) => given.located().chosen.optionalText(), undefined);
}

function locator<Name extends string>({ search: searchListMethod, example, ...spec }: ChoiceSpec<Name>): Named<Name> {
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
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}
