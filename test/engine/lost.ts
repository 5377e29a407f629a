import { NodeHelpers, type IDataObject, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { isPlainObject } from '../../nodes/common/values';
import { newest } from '../../tools/docs/parameters';

/**
 * What n8n leaves out of a node that is pasted: parameters that its version does not show with these choices, and modes
 * that a locator does not have.
 *
 * @param parameters of a node of the newest version, its resource and operation included
 */
export function lost(description: INodeTypeDescription, parameters: IDataObject): string[] {
	const typeVersion = Math.max(...[description.version].flat());
	const given = parameters as Parameters<typeof NodeHelpers.getNodeParameters>[1] & object;
	const node = { typeVersion };
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(given, property, node, description),
	);
	const kept = NodeHelpers.getNodeParameters(description.properties, given, true, false, node, description) ?? {};
	const isKept = (name: string): boolean => JSON.stringify(kept[name]) === JSON.stringify(parameters[name]);
	return [
		...Object.keys(parameters).filter((name) => !isKept(name)),
		...strangeModes(newest({ ...description, properties: shown }), parameters),
	];
}

/** Locators whose mode is none of theirs, also in collections. */
function strangeModes(properties: readonly INodeProperties[], values: IDataObject): string[] {
	return properties.flatMap(({ name, modes = [], options = [] }) => {
		const value = values[name];
		if (!isPlainObject(value)) return [];
		if (value.__rl === true) return modes.some((mode) => mode.name === value.mode) ? [] : [`${name}: ${value.mode}`];
		return options.flatMap((option) => {
			if ('type' in option) return strangeModes([option], value as IDataObject);
			if (!('values' in option)) return [];
			const rows = [value[option.name] ?? []].flat() as IDataObject[];
			return rows.flatMap((row) => strangeModes(option.values, row));
		});
	});
}
