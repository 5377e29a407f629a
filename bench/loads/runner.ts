import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Engine, type NodeRun, type RunSettings } from '../../test/engine/engine';
import type { Measured } from './load';
import { timed } from './load';
import type { RemotePortal } from './remotePortal';

const engine = new Engine();
const EMPLOYEE = { __rl: true, mode: 'id', value: '2' } as const;

/** Parameters of the node for each operation of the loads; what differs from item to item stands in the items. */
export const OPERATIONS = {
	register: {
		operation: 'register',
		employee: EMPLOYEE,
		phoneNumber: '={{ $json.number }}',
		type: 2,
		externalCallId: '={{ $json.id }}',
		show: true,
		additionalFields: {},
	},
	show: { operation: 'show', callId: '={{ $json.CALL_ID }}', employees: {} },
	finish: {
		operation: 'finish',
		callId: '={{ $json.CALL_ID }}',
		employee: EMPLOYEE,
		duration: 7,
		outcomeFrom: 'list',
		outcome: 'answered',
		direction: 'outgoing',
		addToChat: true,
		additionalFields: {},
	},
	logCall: {
		operation: 'logCall',
		direction: 'incoming',
		phoneNumber: '={{ $json.number }}',
		employee: EMPLOYEE,
		start: '2026-03-01T10:00:00+01:00',
		duration: 33,
		outcomeFrom: 'list',
		outcome: 'answered',
		externalCallId: '={{ $json.id }}',
		skipLogged: true,
		recordingFrom: 'none',
		transcript: '[]',
		additionalFields: {},
	},
} satisfies Record<string, INodeParameters>;

/** Items of calls that are not registered yet. */
export function newCalls(count: number, prefix = 'new'): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `${prefix} ${index}`,
		number: `+49406${1_000_000 + index}`,
	}));
}

/** Runs one execution of n8n's engine in this process. */
export async function execute(
	portal: RemotePortal,
	operation: keyof typeof OPERATIONS,
	items: IDataObject[],
	settings?: RunSettings,
): Promise<NodeRun> {
	const parameters = { resource: 'call', options: {}, ...OPERATIONS[operation] };
	return await engine.run(portal.credential, { parameters, onError: 'continueErrorOutput' }, items, settings);
}

/** Loads the code of n8n and of the node, which would count for the first run otherwise. */
export async function warmUp(portal: RemotePortal): Promise<void> {
	await execute(portal, 'register', newCalls(1, 'warm'));
}

/** One execution for all items. */
export async function oneRun(
	portal: RemotePortal,
	name: string,
	operation: keyof typeof OPERATIONS,
	items: IDataObject[],
): Promise<Measured> {
	const { result, time } = await timed(async () => await execute(portal, operation, items));
	const { requests } = await portal.traffic();
	return { name, lost: items.length - result.items(0).length, requests, time };
}
