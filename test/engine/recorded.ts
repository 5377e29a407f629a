import { createHash } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { LEAN_VERSION } from '../../nodes/Bitrix24Telephony/version';
import type { Failing, Recorded } from '../../tools/docs/operationPage';
import { connectedCredential } from '../support/connect';
import type { Strike, Wire } from '../support/wire';
import type { NodeRun } from './engine';
import type { OperationExample } from './operationExamples';
import type { World } from './world';

const NOTHING = '={{ $json.NOTHING }}';

let runs = 0;

/** Runs an example against the portal, with a listener in between. */
async function play(
	world: World,
	wire: Wire,
	{ resource, operation, parameters, item = {}, prepare }: OperationExample,
	strike?: Strike,
): Promise<{ input: IDataObject; run: NodeRun }> {
	world.portal.control.reset();
	world.credential = await connectedCredential(world.portal);
	const input = await prepare(world);
	const { portal, oauthTokenData } = world.credential;
	Object.assign(world.credential, {
		portal: wire.url,
		// A portal that nothing is remembered of.
		oauthTokenData: {
			...(oauthTokenData as IDataObject),
			client_endpoint: `${wire.url}/rest/`,
			member_id: createHash('md5').update(`page ${++runs}`).digest('hex'),
		},
	});
	wire.requests.splice(0);
	wire.strike = strike;
	const items = [{ ...item, json: input }] as unknown as IDataObject[];
	// A credential of its own, so that no limit of another run holds it up.
	const node = { typeVersion: LEAN_VERSION };
	const run = await world.run(resource, operation, parameters, items, node, { credentialId: `page ${runs}` });
	Object.assign(world.credential, { portal });
	wire.strike = undefined;
	return { input, run };
}

/** What an operation sends and brings. @throws when the example fails */
export async function record(world: World, wire: Wire, example: OperationExample): Promise<Recorded> {
	const { input, run } = await play(world, wire, example);
	if (run.error) throw run.error;
	return { parameters: example.parameters, input, requests: wire.requests.splice(0), items: run.json };
}

/** What the user reads when a method refuses; undefined when the item goes on all the same. */
export async function refused(
	world: World,
	wire: Wire,
	example: OperationExample,
	strike: Strike,
): Promise<Failing | undefined> {
	const { run } = await play(world, wire, example, strike);
	return failing(run);
}

/**
 * What the user reads of each required field whose expression finds nothing. n8n itself refuses one that is left empty.
 */
export async function emptied(
	world: World,
	wire: Wire,
	example: OperationExample,
	properties: readonly INodeProperties[],
): Promise<Failing[]> {
	const found: Failing[] = [];
	for (const { name, required, type } of properties) {
		if (!required || !(name in example.parameters)) continue;
		const empty = type === 'resourceLocator' ? { __rl: true, mode: 'id', value: NOTHING } : NOTHING;
		const parameters = { ...example.parameters, [name]: empty } as IDataObject;
		const { run } = await play(world, wire, { ...example, parameters });
		const failed = wire.requests.length === 0 && failing(run);
		if (failed) found.push(failed);
	}
	return found;
}

function failing({ error, json }: NodeRun): Failing | undefined {
	if (error) return { message: error.message, advice: error.description ?? '' };
	const warnings = json.flatMap(({ WARNINGS = [] }) => WARNINGS as string[]);
	return warnings.length > 0 ? { message: `WARNINGS: ${warnings.join(' ')}`, advice: 'The item goes on.' } : undefined;
}
