import { outcomeOf, type Outcome, type Sandbox } from '../../../sandbox';
import { startDemo, type Demo } from '../../../tools/demo';
import { until, type ExecutionDetail } from '../../../tools/n8n/driver';

/** Both answer, and talk until a person hangs up. */
const TALKING: Outcome = { case: 'answered', seconds: 100_000 };

/** Real seconds of a second of the PBX. */
export const TIME_FACTOR = 0.05;

/** Name of the example's trigger. */
export const TRIGGER = 'Click in Bitrix24';

type Portal = Sandbox['portal'];

/** A portal, a PBX that keeps to no clock, and an n8n with the example of click-to-call. */
export interface Clicks {
	/** All of it, from the first test on. */
	demo: () => Demo;
	/** A click of an employee; a number that ends with 0000 talks until somebody hangs up. */
	click: (phoneNumber: string, userId?: number) => ReturnType<Portal['control']['click']>;
	/** Whether from now on calls last until somebody hangs up, whatever the number. */
	everybodyTalks: (talks: boolean) => void;
	state: () => Portal['state'];
	/** Addresses bound to clicks. */
	handlers: () => string[];
	/** Waits for the execution in which a node spoke of a call. */
	execution: (node: string, callId: string) => Promise<ExecutionDetail>;
	/** Waits for rows of a call in the history. */
	logged: (callId: string, count?: number) => Promise<Portal['state']['history']>;
}

/** Starts all of it around the tests of a file. */
export function useClicks(): Clicks {
	let demo: Demo;
	let isEndless = false;
	beforeAll(async () => {
		demo = await startDemo({
			sandbox: {
				pbx: {
					timeFactor: TIME_FACTOR,
					answerSeconds: 120,
					outcomes: (number) => (isEndless || number.endsWith('0000') ? TALKING : outcomeOf(number)),
				},
			},
		});
	});
	afterAll(async () => {
		await demo.stop();
	});

	const state = () => demo.sandbox.portal.state;
	return {
		demo: () => demo,
		click: (phoneNumber, userId = 2) => demo.sandbox.portal.control.click({ userId, phoneNumber }),
		everybodyTalks: (talks) => {
			isEndless = talks;
		},
		state,
		handlers: () =>
			state()
				.handlers.filter(({ event }) => event === 'ONEXTERNALCALLSTART')
				.map(({ handler }) => handler),
		execution: async (node, callId) =>
			await demo.n8n.waitForExecution({ workflowId: demo.workflowId, where: ran(node, callId) }),
		logged: async (callId, count = 1) => {
			const rows = () => [...state().history.values()].filter((row) => row.callId === callId);
			await until(
				() => Promise.resolve(rows().length >= count || undefined),
				() => `no row for ${callId}: ${JSON.stringify(demo.sandbox.pbx.reports)}`,
			);
			return rows();
		},
	};
}

/** Whether a node of an execution spoke of a call. */
export const ran = (node: string, callId: string) => (execution: ExecutionDetail) =>
	node in execution.runs && JSON.stringify(execution.runs[node]).includes(callId);
