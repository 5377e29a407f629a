import type { IDataObject } from 'n8n-workflow';
import { rest } from '../support/rest';
import { FAULT_CASES, type FaultCase } from './faultCases';
import { byId, type World } from './world';

/** One operation as its page shows it. */
export interface OperationExample extends Pick<FaultCase, 'resource' | 'operation' | 'parameters' | 'item'> {
	/** Brings about what the operation acts on. @returns what the item holds then */
	prepare: (world: World) => Promise<IDataObject>;
}

/** Path of the one trigger that is there. */
export const TRIGGER_PATH = '/webhook/8d1f/bitrix24';

const CLIENT = '+494066969441';
const REPORT = {
	SYSTEM: 'asterisk',
	EVENT: 'ended',
	DIRECTION: 'outgoing',
	PHONE_NUMBER: CLIENT,
	EXTENSION: '102',
	OUTCOME: 'answered',
	OUTCOME_WORD: 'ANSWER',
	DURATION: 7,
};
const TRANSCRIPT =
	'[{"side":"employee","start":0,"stop":2,"text":"Good morning"},{"side":"client","start":2,"stop":4,"text":"Hello"}]';

/** Where the pages want more than the table of faults: more telling values, or something to find. */
const MORE: Record<string, Partial<OperationExample>> = {
	'call attachTranscript': { parameters: { callId: '={{ $json.CALL_ID }}', transcript: TRANSCRIPT } },
	'call findRunning': {
		prepare: async (world) => {
			await world.run('call', 'register', { employee: byId(2), phoneNumber: CLIENT, type: 1, externalCallId: '' });
			return {};
		},
	},
	'call finishByReport': {
		parameters: {},
		prepare: async (world) => ({ ...REPORT, CALL_ID: await world.registered() }),
		item: {},
	},
	'call getMany': { prepare: finished },
	'client closeFollowUps': {
		prepare: async (world) => {
			const { resource, operation, parameters } = found('client createFollowUp');
			await world.run(resource, operation, parameters);
			return {};
		},
	},
	'employee getMany': { parameters: { returnAll: false, limit: 2, filters: { activeOnly: true } } },
	'call logCall': {
		parameters: {
			direction: 'incoming',
			phoneNumber: CLIENT,
			employee: byId(2),
			start: '2026-03-01T10:00:00Z',
			duration: 7,
			additionalFields: {
				externalCallId: 'pbx-1795259526.12',
				outcomeWord: { said: { outcomeFrom: 'asterisk', word: 'ANSWER' } },
				transcript: TRANSCRIPT,
			},
		},
	},
	'line add': { parameters: { number: '+4922180', name: 'Cologne office', autoCreate: true } },
	'setup removeOrphans': {
		prepare: async (world) => {
			await bind(world, TRIGGER_PATH);
			await bind(world, '/webhook/2c7e/bitrix24');
			return {};
		},
	},
	'call register': {
		parameters: {
			employee: byId(2),
			phoneNumber: CLIENT,
			type: 2,
			externalCallId: 'pbx-1795259526.12',
			show: true,
			additionalFields: { lineNumber: { __rl: true, mode: 'number', value: '+4940669690' } },
		},
	},
};

function found(name: string): FaultCase {
	const one = FAULT_CASES.find(({ resource, operation }) => `${resource} ${operation}` === name);
	if (!one) throw new Error(`No case ${name}`);
	return one;
}

/** Binds what a trigger at this path of n8n would; whether there is one, n8n tells. */
async function bind({ engine, portal }: World, path: string): Promise<void> {
	const handler = `${engine.publicUrl}${path}?signature=5a1b`;
	await rest(portal, 'event.bind', { event: 'ONEXTERNALCALLSTART', handler });
}

async function finished(world: World): Promise<IDataObject> {
	return { CALL_ID: await world.finished() };
}

/** An example of every operation. */
export const OPERATION_EXAMPLES: OperationExample[] = FAULT_CASES.map((one) => {
	const { resource, operation, parameters, needs, item } = one;
	return {
		resource,
		operation,
		parameters: withFieldOfBitrix24(parameters),
		item,
		prepare: async (world: World) => (needs ? { CALL_ID: await world[needs]() } : await Promise.resolve({})),
		...MORE[`${resource} ${operation}`],
	};
});

/** The cases call it otherwise than Bitrix24. */
function withFieldOfBitrix24(parameters: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(parameters).replaceAll('$json.callId', '$json.CALL_ID')) as IDataObject;
}
