import { batchParameters, readBatch, type Command, type Commanded } from '../batch';
import { BURST_CODE, failed, success, type Answer, type Failure } from '../failure';
import { post, type Transport } from '../http';

/** What one errand puts into a request. */
export interface Load {
	commands: readonly Command[];
	/** Sends it in a way of its own, in place of the commands. */
	perform?: () => Promise<Answer<unknown>>;
}

/**
 * What a request came to: what each load brought, or why nothing of it ran.
 * - `full`: the portal's bucket was full.
 * - `apart`: the portal did not take the loads together. Each alone it may.
 */
export type Exchanged = Commanded[][] | 'full' | 'apart';

/** One request with all the loads; what performs itself comes alone. Never throws. */
export async function exchange(transport: Transport, loads: readonly Load[]): Promise<Exchanged> {
	const [first, ...others] = loads;
	if (first?.perform) {
		const answer = await first.perform();
		return isFull(answer) ? 'full' : [[{ answer, time: undefined }]];
	}
	const [only, ...more] = first?.commands ?? [];
	const isPlain = only && more.length === 0 && others.length === 0;
	return isPlain
		? await exchangeOne(transport, only)
		: await exchangeMany(
				transport,
				loads.map(({ commands }) => commands),
			);
}

async function exchangeOne(transport: Transport, { method, parameters }: Command): Promise<Exchanged> {
	const answer = await post(transport, method, parameters);
	if (isFull(answer)) return 'full';
	return [
		[answer.ok ? { answer: success(answer.value.result), time: answer.value.time } : { answer, time: undefined }],
	];
}

async function exchangeMany(transport: Transport, groups: (readonly Command[])[]): Promise<Exchanged> {
	const answer = await post(transport, 'batch', batchParameters(groups));
	if (answer.ok) return readBatch(groups, answer.value.result);
	if (isFull(answer)) return 'full';
	if (groups.length > 1 && isOfOne(answer.failure)) return 'apart';
	const failure = asWhole(answer.failure);
	return groups.map((group) =>
		group.map(({ method }) => ({ answer: failed({ ...failure, method }), time: undefined })),
	);
}

function isFull(answer: Answer<unknown>): boolean {
	return !answer.ok && answer.failure.code === BURST_CODE;
}

/** Codes by which the portal refuses a batch before anything of it runs (contract data, `errors`). */
const BATCH_CODES = ['ERROR_BATCH_LENGTH_EXCEEDED', 'ERROR_BATCH_METHOD_NOT_ALLOWED'];

/**
 * Whether a single load may be to blame, and nothing ran: the web server takes no body of this size, or the portal no
 * such batch.
 */
function isOfOne({ kind, status, code }: Failure): boolean {
	return (kind === 'refused' && status === 413) || BATCH_CODES.includes(code);
}

/** A call that fails so has done nothing; a batch may have broken off after some of its calls. */
function asWhole(failure: Failure): Failure {
	return failure.code === 'INTERNAL_SERVER_ERROR' ? { ...failure, kind: 'unknown' } : failure;
}
