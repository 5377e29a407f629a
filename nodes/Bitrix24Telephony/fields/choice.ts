import type { INodeProperties } from 'n8n-workflow';

/**
 * A choice from one of the portal's lists, or by its code.
 *
 * @param searchListMethod a method of `lookups.ts`.
 * @param example what the code looks like.
 */
export function choiceField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & { required?: boolean },
	searchListMethod: string,
	example: string,
): INodeProperties {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...field,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod, searchable: true } },
			{ displayName: 'By Code', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}
