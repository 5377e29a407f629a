/** Keys of n8n's parameter definitions whose text is shown in the editor and read by no code. */
const SHOWN = ['displayName', 'description', 'placeholder', 'hint', 'action'];

/**
 * Leaves the texts of parameter definitions unchanged: no test could tell a better from a worse one but by repeating
 * it. A definition is an object with a name; the description of an error has none beside it and stays in.
 * @param {object} path Babel's path of a node
 * @returns {string | undefined} why no mutant is made
 */
function shouldIgnore({ node, key, parent, parentPath }) {
	if (node.type !== 'StringLiteral' || key !== 'value' || !SHOWN.includes(keyOf(parent))) return undefined;
	return parentPath.parent.properties?.some((property) => keyOf(property) === 'name')
		? 'a text of the editor'
		: undefined;
}

/** @returns {string | undefined} the name of a property of an object literal */
function keyOf(property) {
	return property?.type === 'ObjectProperty' && !property.computed ? property.key.name : undefined;
}

exports.strykerPlugins = [{ kind: 'Ignore', name: 'shown-texts', value: { shouldIgnore } }];
