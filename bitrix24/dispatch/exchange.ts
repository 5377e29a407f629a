import { batchParameters, readBatch, type Command, type Commanded } from '../batch';
import { BURST_CODE, failed, success, type Outcome } from '../failure';
import { post, type Transport } from '../http';

/** What one errand puts into a request. */
export interface Load {
	commands: readonly Command[];
	/** Sends it in a way of its own, in place of the commands. */
	perform?: () => Promise<Outcome<unknown>>;
}

/**
 * What a request came to: what each load brought, or that the portal's bucket was full, so that nothing of it ran.
 */
export type Exchanged = Commanded[][] | 'full';

/** One request with all the loads; what performs itself comes alone. Never throws. */
export async function exchange(transport: Transport, loads: readonly Load[]): Promise<Exchanged> {
	const [first, ...others] = loads;
	if (first?.perform) {
		const outcome = await first.perform();
		return isFull(outcome) ? 'full' : [[{ outcome, time: undefined }]];
	}
	const [only, ...more] = first?.commands ?? [];
	const isPlain = only && more.length === 0 && others.length === 0;
	return isPlain ? await exchangeOne(transport, only) : await exchangeMany(transport, loads.map(({ commands }) => commands));
}

async function exchangeOne(transport: Transport, { method, parameters }: Command): Promise<Exchanged> {
	const answer = await post(transport, method, parameters);
	if (isFull(answer)) return 'full';
	return [[answer.ok ? { outcome: success(answer.value.result), time: answer.value.time } : { outcome: answer, time: undefined }]];
}

async function exchangeMany(transport: Transport, groups: (readonly Command[])[]): Promise<Exchanged> {
	const answer = await post(transport, 'batch', batchParameters(groups));
	if (answer.ok) return readBatch(groups, answer.value.result);
	if (isFull(answer)) return 'full';
	const { failure } = answer;
	return groups.map((group) => group.map(({ method }) => ({ outcome: failed({ ...failure, method }), time: undefined })));
}

function isFull(outcome: Outcome<unknown>): boolean {
	return !outcome.ok && outcome.failure.code === BURST_CODE;
}
