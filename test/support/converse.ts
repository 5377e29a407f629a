import type { IBinaryData } from 'n8n-workflow';
import type { Call, ConnectionState, Conversation, Probed, Step } from '../../bitrix24/plan';
import { findOperation } from '../../nodes/Bitrix24Telephony/operations';
import { readerOf } from './item';

/**
 * Answers of a portal and of other addresses, or what makes them of the parameters. A method without one has failed.
 */
export interface Answers {
	methods?: Record<string, unknown>;
	/** What stands at an address, by the address. */
	probes?: Record<string, Probed>;
	/** First bytes of every file, and its size when it is another. */
	inspect?: { head: Uint8Array; size?: number };
	/** What is known of the connection. */
	connection?: Partial<ConnectionState>;
	/** What whoever claims a key is told. */
	claim?: unknown;
}

/** Address of the portal that answers by hand. */
export const PORTAL = 'https://firm.bitrix24.example';

/** Leads a conversation by hand. @returns what it returned, and every step that it took */
export function converse<Result>(
	conversation: Conversation<Result>,
	{ methods = {}, probes = {}, inspect, claim, connection = {} }: Answers = {},
): { value: Result; steps: Step[] } {
	const steps: Step[] = [];
	const take = (step: Step): unknown => {
		// Nothing is remembered here.
		if ('recall' in step || 'keep' in step) return undefined;
		steps.push(step);
		if ('probe' in step) return probes[step.probe] ?? { status: 0, body: undefined };
		if ('inquire' in step) return { tokenPlace: 'header', endsAt: undefined, portal: PORTAL, ...connection };
		if ('inspect' in step) return { size: inspect?.head.length, ...inspect };
		if ('claim' in step) return claim;
		if (!('method' in step)) return undefined;
		const given = methods[step.method];
		const answer: unknown =
			typeof given === 'function' ? (given as (parameters: unknown) => unknown)(step.parameters) : given;
		return answer === undefined ? undefined : step.decode(answer);
	};
	let turn = conversation.next([]);
	while (!turn.done) turn = conversation.next(turn.value.map(take));
	return { value: turn.value, steps };
}

/** The calls among some steps, as method and parameters. */
export function callsOf(steps: readonly Step[]): [string, Call['parameters']][] {
	return steps.flatMap((step) =>
		'method' in step ? [[step.method, step.parameters] as [string, Call['parameters']]] : [],
	);
}

/**
 * Carries one operation out by hand.
 *
 * @param name resource and operation
 * @returns what becomes of the item, what was done for it, and what reading it left behind
 */
export function carryOut(
	name: string,
	parameters: object,
	answers: Answers = {},
	binary: Record<string, Partial<IBinaryData>> = {},
	typeVersion = 1,
) {
	const [resource = '', operation = ''] = name.split(' ');
	const found = findOperation(resource, operation);
	if (!found) throw new Error(`No operation ${name}`);
	const reader = readerOf({ ...parameters }, binary, typeVersion);
	const { value, steps } = converse(found.begin(reader), answers);
	return { value, steps, calls: callsOf(steps), hints: reader.hints, preference: reader.preference };
}

/** As {@link carryOut}, on a portal that answers some methods. */
export function carryOutOn(name: string, parameters: object, methods: Answers['methods'] = {}) {
	return carryOut(name, parameters, { methods });
}
