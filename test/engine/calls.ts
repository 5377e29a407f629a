import type { IDataObject, INode } from 'n8n-workflow';
import type { NodeRun } from './engine';
import { byId, useWorld, type World } from './world';

/** Parameters of Register, for items of `number` and `pbx`. */
export const REGISTER = {
	employee: byId(2),
	phoneNumber: '={{ $json.number }}',
	type: 2,
	externalCallId: '={{ $json.pbx }}',
	show: true,
};

/** Parameters of Finish, for items of `CALL_ID` and `seconds`. */
export const FINISH = {
	callId: '={{ $json.CALL_ID }}',
	employee: byId(2),
	duration: '={{ $json.seconds }}',
	outcomeFrom: 'list',
	outcome: 'ended',
	direction: 'incoming',
};

/** Operations on calls in a world of their own. */
export interface Calls {
	world: World;
	/** Runs one operation. */
	call: (operation: string, parameters: IDataObject, items?: IDataObject[], node?: Partial<INode>) => Promise<NodeRun>;
	/** Registers a call for each number. @returns their CALL_IDs */
	registered: (numbers: string[]) => Promise<string[]>;
}

/** Sets the world up around the tests of a file. */
export function useCalls(): Calls {
	const world = useWorld();
	const call: Calls['call'] = async (operation, parameters, items, node) =>
		await world.run('call', operation, parameters, items, node);
	const registered = async (numbers: string[]): Promise<string[]> => {
		const items = numbers.map((number, index) => ({ number, pbx: `pbx-${index}` }));
		const run = await call('register', REGISTER, items);
		return run.json.map(({ CALL_ID }) => String(CALL_ID));
	};
	return { world, call, registered };
}
