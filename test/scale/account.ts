import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, until } from '../../tools/n8n/driver';
import { command } from '../../tools/n8n/services/redis';
import { select } from '../../tools/n8n/services/sql';
import type { Farm } from './farm';
import type { Side, Sides } from './stream';

/** Milliseconds without work in the queue and without a further result, after which nothing will come. */
const QUIET = 4_000;

/** What became of the clicks that were accepted. */
export interface Account {
	accepted: number;
	/** Of these, how many have exactly one result. */
	once: number;
	/** Ids with several results. */
	doubled: string[];
	/** Those without a result: what n8n says of their executions. */
	lost: Fate[];
}

/** What n8n says of an execution. */
export interface Fate {
	/** none: n8n has no execution; otherwise n8n's own word: new, running, success, error, crashed ... */
	status: string;
	/** Why it failed; empty when n8n does not say. */
	reason: string;
	/** Whether our node failed at what it asked the portal, or nobody failed although nothing was done. */
	isOurs: boolean;
}

/** Our errors name the method that the portal was asked for. */
const OURS = /telephony\.|user\.get/;
/** But for what n8n did not give us. */
const NO_CREDENTIAL = /^n8n could not read the credential/;

/**
 * Waits until every accepted click has its result, or n8n has nothing left to do.
 * @param patience milliseconds that n8n gets to say what became of an execution that was lost
 * @returns both accounts
 * @throws Error when n8n is still busy after three minutes; it tells what it is busy with
 */
export async function settle(
	farm: Farm,
	{ ours, theirs }: Sides,
	patience = 0,
): Promise<{ ours: Account; theirs: Account }> {
	const left = () => ({ ours: missing(ours, finished(farm)).length, theirs: missing(theirs, farm.ledger.ids).length });
	await done(farm, left, QUIET);
	return {
		ours: await account(farm, ours, finished(farm), patience),
		theirs: await account(farm, theirs, farm.ledger.ids, patience),
	};
}

/** Waits until nothing is in the queue any more, and has not been for a second. */
export async function rest(farm: Farm): Promise<void> {
	await done(farm, () => ({ nothing: 1 }), 1_000);
}

/**
 * Waits until nothing is left, or for so many milliseconds nothing is in the queue and nothing changes in what is left.
 */
async function done(farm: Farm, left: () => Record<string, number>, quiet: number): Promise<void> {
	let quietSince = Date.now();
	let last = '';
	await until(
		async () => {
			// Before the results are counted: what leaves the queue in between has its result by then.
			const jobs = await jobsOf(farm);
			const now = left();
			if (Object.values(now).every((count) => count === 0)) return true;
			const seen = `${jobs} jobs in the queue; without a result: ${JSON.stringify(now)}`;
			if (jobs > 0 || seen !== last) quietSince = Date.now();
			last = seen;
			return Date.now() - quietSince > quiet || undefined;
		},
		() => last,
	);
}

/** CALL_ID of every row of the portal's history. */
function finished({ sandbox }: Farm): string[] {
	return sandbox.portal.state.history.map(({ callId }) => callId);
}

/** How many jobs wait or are being worked on. The names are bull's; n8n's queue is called jobs. */
async function jobsOf({ queue }: Farm): Promise<number> {
	const script = "return redis.call('llen', 'bull:jobs:wait') + redis.call('llen', 'bull:jobs:active')";
	return Number(await command(queue.redis, 'eval', script, '0'));
}

async function account(farm: Farm, side: Side, results: string[], patience: number): Promise<Account> {
	const times = new Map<string, number>();
	for (const id of results) times.set(id, (times.get(id) ?? 0) + 1);
	const ids = [...side.accepted.keys()];
	return {
		accepted: ids.length,
		once: ids.filter((id) => times.get(id) === 1).length,
		// Those that were refused must have none, or one: n8n may have started them before it broke.
		doubled: [...ids, ...side.refused.keys()].filter((id) => (times.get(id) ?? 0) > 1),
		lost: await Promise.all(missing(side, results).map((id) => fate(farm, id, patience))),
	};
}

function missing(side: Side, results: string[]): string[] {
	const there = new Set(results);
	return [...side.accepted.keys()].filter((id) => !there.has(id));
}

async function fate(farm: Farm, id: string, patience: number): Promise<Fate> {
	const query = `SELECT execution_id AS id FROM first_data WHERE data LIKE '%${id}%'`;
	const [execution] = await select<{ id: number }>(farm.queue.postgres, query);
	if (!execution) return { status: 'none', reason: '', isOurs: true };
	const deadline = Date.now() + patience;
	let stored = await farm.n8n.execution(String(execution.id));
	while (!hasEnded(stored) && Date.now() < deadline) {
		await sleep(1_000);
		stored = await farm.n8n.execution(String(execution.id));
	}
	const { message: reason = '', description = '' } = stored.error ?? {};
	const isOurs = OURS.test(`${reason} ${description ?? ''}`) && !NO_CREDENTIAL.test(reason);
	return { status: stored.status, reason, isOurs: isOurs || stored.status === 'success' };
}
