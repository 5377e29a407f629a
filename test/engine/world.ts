import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import { startPortal, type Portal } from '../../sandbox/portal';
import { connectedCredential } from '../support/connect';
import { hasten } from '../support/hasten';
import { Engine, type NodeRun, type RunSettings } from './engine';

/** n8n's engine and a fresh portal with a connected credential for every test. */
export interface World {
	engine: Engine;
	portal: Portal;
	credential: ICredentialDataDecryptedObject;
	/** Runs one operation of the action node. */
	run: (
		resource: string,
		operation: string,
		parameters?: IDataObject,
		items?: IDataObject[],
		node?: Partial<INode>,
		settings?: RunSettings,
	) => Promise<NodeRun>;
	/** Registers an incoming call of employee 2. @returns its CALL_ID */
	registered: (phoneNumber?: string) => Promise<string>;
	/** Registers and finishes a call of 12 s. @returns its CALL_ID */
	finished: (phoneNumber?: string) => Promise<string>;
	/** Ids of the employees who see a card. */
	cards: () => number[];
}

/** Sets the world up around the tests of a file. */
export function useWorld(): World {
	const world = { engine: new Engine() } as World;
	world.run = async (resource, operation, parameters = {}, items, node = {}, settings) =>
		await world.engine.run(
			world.credential,
			{ parameters: { resource, operation, ...parameters } as INode['parameters'], ...node },
			items,
			settings,
		);
	world.registered = async (phoneNumber = '+494066969441') => {
		const done = await world.run('call', 'register', {
			employee: byId(2),
			phoneNumber,
			type: 2,
			externalCallId: phoneNumber,
			show: true,
		});
		return String(done.json[0]?.CALL_ID);
	};
	world.finished = async (phoneNumber) => {
		const callId = await world.registered(phoneNumber);
		await world.run('call', 'finish', {
			callId,
			employee: byId(2),
			duration: 12,
			outcomeFrom: 'list',
			outcome: 'ended',
			direction: 'incoming',
		});
		return callId;
	};
	world.cards = () => world.portal.state.cards.map(({ userId }) => userId).sort();
	beforeAll(async () => {
		world.portal = await startPortal();
		hasten(world.portal);
	});
	afterAll(async () => {
		await world.portal.stop();
	});
	beforeEach(async () => {
		world.portal.control.reset();
		world.credential = await connectedCredential(world.portal);
	});
	return world;
}

/** An employee, line or the like, by id. */
export const byId = (value: unknown): IDataObject => ({ __rl: true, mode: 'id', value }) as IDataObject;

/** An employee by extension. */
export const byExtension = (value: unknown): IDataObject => ({ __rl: true, mode: 'extension', value }) as IDataObject;

/** Several employees. */
export const many = (...employees: IDataObject[]): IDataObject => ({
	chosen: employees.map((employee) => ({ employee })),
});
