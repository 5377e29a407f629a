import { PackageDirectoryLoader } from 'n8n-core';
import { resolve } from 'node:path';
import { Engine } from '../engine/engine';

it('n8n loads from dist what stands in the sources', async () => {
	const loader = new PackageDirectoryLoader(resolve(__dirname, '../..'));
	await loader.loadAll();
	const { nodes, credentials } = new Engine().types;
	expect(Object.keys(loader.credentialTypes)).toEqual(Object.keys(credentials));
	expect(Object.keys(loader.nodeTypes)).toEqual(Object.keys(nodes));
	for (const { description } of Object.values(nodes)) {
		const { properties } = (loader.getNode(description.name).type as (typeof nodes)[string]).description;
		expect(JSON.stringify(properties)).toBe(JSON.stringify(description.properties));
	}
});
