import type { INodeProperties } from 'n8n-workflow';

/**
 * From this version of the node on, forms begin with what every item needs and leave the rest to collections, and
 * results begin with what is read most. Nodes of before keep their form and their results.
 */
export const LEAN_VERSION = 1.1;

/** Versions of the node, the oldest first. */
export const VERSIONS = [1, LEAN_VERSION];

const BEFORE = { '@version': [1] };
const SINCE = { '@version': [{ _cnd: { gte: LEAN_VERSION } }] };

/** A property that only nodes of before {@link LEAN_VERSION} show. */
export function shownBefore(property: INodeProperties): INodeProperties {
	return shownIn(property, BEFORE);
}

/** A property that only nodes of {@link LEAN_VERSION} and later show. */
export function shownSince(property: INodeProperties): INodeProperties {
	return shownIn(property, SINCE);
}

function shownIn(property: INodeProperties, versions: typeof BEFORE | typeof SINCE): INodeProperties {
	const { displayOptions } = property;
	return { ...property, displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...versions } } };
}
