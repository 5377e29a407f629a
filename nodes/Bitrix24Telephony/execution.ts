import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Conversation, Plan } from '../../bitrix24/plan';
import type { Portal } from '../../bitrix24/portal';
import { Stop } from '../../bitrix24/stop';
import { connect } from '../common/connection';
import { asNodeError } from '../common/failures';
import { ItemReader } from './itemReader';
import { Job, type JobOptions } from './job';
import { findOperation, readOptions } from './operations';
import type { Shown } from './shown';
import { numbersInWords } from '../common/values';

/** A run with so few items is somebody's call; a larger one is an import, and lets calls go first. */
const LIVE_ITEMS = 10;

/** Milliseconds. A portal that restarts is back by then. */
const PATIENCE = 60_000;

/** Calls that an error names one by one: as many as n8n's editor can show. Of more it gives the items only. */
const NAMED_CALLS = 1000;

/**
 * Carries out the node for all items: reads every item, lets the items' conversations go on side by side through the
 * dispatcher of the portal, and pairs every answer with its item.
 *
 * @returns output items, each with `pairedItem`. With Continue On Fail a failed item has the keys `error`, `message`
 *   and `details` only, which n8n sends to the error output.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless Continue On Fail is on. It names
 *   every item that Bitrix24 has carried out. Parameters of all items are read before anything is sent, so a bad one
 *   costs no half-done run.
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const jobs = context.getInputData().map((_, item) => parseJob(context, item));
	stopAtFailure(context, jobs, jobs.length > 1 ? 'Nor was anything sent for the others.' : '');
	const ongoing = jobs.filter(({ conversation }) => conversation);
	const stop = new Stop();
	const { cancelled, forget } = cancellation(context, stop);
	const portal = await connectFor(context, ongoing, stop);
	// Whoever cancels does not wait for a request under way, which may be a long upload.
	if (portal)
		await Promise.race([
			cancelled,
			Promise.all(inOrder(ongoing).map(async (job) => await drive(context, portal, job, stop))),
		]);
	forget();
	for (const job of ongoing) job.abandon();
	stopAtFailure(context, jobs);
	return output(context, jobs);
}

function parseJob(context: IExecuteFunctions, item: number): Job {
	const node = context.getNode();
	const reader = new ItemReader(context, item);
	let options: JobOptions = { treatWarningsAsErrors: false, maximumWait: 0, zone: context.getTimezone() };
	try {
		options = { ...options, ...readOptions(reader) };
		const resource = String(context.getNodeParameter('resource', item));
		const name = String(context.getNodeParameter('operation', item));
		const operation = findOperation(resource, name);
		if (!operation)
			return reader.refuse(
				`There is no operation ${name} of ${resource}`,
				'Choose Resource and Operation from the lists.',
			);
		const { conversation, first } = begun(operation.begin(reader));
		const job = new Job(node, item, options, conversation, reader.preference, reader);
		if (first.done) job.conclude({ ok: true, value: first.value });
		return job;
	} catch (error) {
		const job = new Job(node, item, options);
		job.fail(error);
		return job;
	}
}

/** Takes the first turn at once, so that what it refuses is known before anything is sent. */
function begun(conversation: Conversation<Shown>): {
	conversation?: Conversation<Shown>;
	first: IteratorResult<Plan, Shown>;
} {
	const first = conversation.next([]);
	if (first.done) return { first };
	const rest = function* (): Conversation<Shown> {
		let turn: IteratorResult<Plan, Shown> = first;
		while (!turn.done) turn = conversation.next(yield turn.value);
		return turn.value;
	};
	return { conversation: rest(), first };
}

/** Stops when the execution is cancelled. @returns what settles then, and what takes the listener back */
function cancellation(context: IExecuteFunctions, stop: Stop): { cancelled: Promise<void>; forget: () => void } {
	const signal = context.getExecutionCancelSignal();
	let cancel: () => void = () => undefined;
	const cancelled = new Promise<void>((resolve) => {
		cancel = () => {
			stop.stop();
			resolve();
		};
	});
	signal?.addEventListener('abort', cancel);
	return { cancelled, forget: () => signal?.removeEventListener('abort', cancel) };
}

/** @returns undefined when there is no connection and every item has taken that for its failure */
async function connectFor(context: IExecuteFunctions, jobs: readonly Job[], stop: Stop): Promise<Portal | undefined> {
	if (jobs.length === 0) return undefined;
	try {
		// How long to wait each item says for itself.
		return await connect(context, {
			isLive: context.getInputData().length <= LIVE_ITEMS,
			maximumWait: 0,
			patience: PATIENCE,
			stop,
		});
	} catch (error) {
		for (const job of jobs) job.fail(asNodeError(context.getNode(), error, job.item));
		return undefined;
	}
}

/** Where items compete for the same call, those that are preferred go first. */
function inOrder(jobs: readonly Job[]): Job[] {
	return [...jobs].sort((one, other) => other.preference - one.preference);
}

/** Leads one item to its end. Unless failures are to be continued, a failure withdraws what was not sent yet. */
async function drive(context: IExecuteFunctions, portal: Portal, job: Job, stop: Stop): Promise<void> {
	try {
		if (job.conversation)
			job.conclude(await portal.waiting(job.options.maximumWait * 1000).lead(job.conversation, job.ledger));
	} catch (error) {
		job.failUnexpectedly(error);
	}
	if (job.error && !context.continueOnFail()) stop.stop();
}

/** Fails the run, and says what must not be repeated: a call can be finished once only. */
function stopAtFailure(context: IExecuteFunctions, jobs: readonly Job[], ofOthers?: string): void {
	if (context.continueOnFail()) return;
	const failed = jobs.find(({ error, wasStopped }) => error && !wasStopped) ?? jobs.find(({ error }) => error);
	if (!failed?.error) return;
	const others = jobs.filter((job) => job !== failed);
	failed.error.description = [failed.error.description, ofOthers ?? becomeOf(others)].filter(Boolean).join(' ');
	throw failed.error;
}

/** Says of each item whether it may be repeated; of those that need a look one by one. */
function becomeOf(jobs: readonly Job[]): string {
	const done = jobs.filter((job) => job.isCarriedOut);
	const half = jobs.filter((job) => job.isHalfDone);
	const unknown = jobs.filter((job) => job.isUnknown);
	const others = jobs.filter((job) => ![done, half, unknown].some((some) => some.includes(job)));
	const isClear = others.length > 0 && others.every((job) => job.isUntouched);
	return [
		carriedOut(done),
		about('Bitrix24 carried out only a part of these items; a repeat does the rest', half),
		about('What became of these items is unknown, so look before you repeat them', unknown),
		isClear ? 'Nothing was changed for the others.' : '',
	]
		.filter(Boolean)
		.join(' ');
}

function about(words: string, jobs: readonly Job[]): string {
	return jobs.length === 0 ? '' : `${words}: ${numbersInWords(jobs.map(({ item }) => item))}.`;
}

function carriedOut(jobs: readonly Job[]): string {
	const items = about('Bitrix24 carried out these items, do not repeat them', jobs);
	const calls = [...new Set(jobs.flatMap(({ ledger }) => ledger.changed))];
	const named = calls.slice(0, NAMED_CALLS).join(', ');
	return calls.length === 0
		? items
		: `${items} Their calls: ${named}${calls.length > NAMED_CALLS ? ` and ${calls.length - NAMED_CALLS} more` : ''}.`;
}

/** Equal advice of many items becomes one. */
function output(context: IExecuteFunctions, jobs: readonly Job[]): INodeExecutionData[] {
	const hints = new Map<string, number[]>();
	const items = jobs.flatMap((job) =>
		job.output((message) => {
			const who = hints.get(message);
			if (who) who.push(job.item);
			else hints.set(message, [job.item]);
		}),
	);
	for (const [message, who] of hints) {
		const label = who.length === 1 ? 'Item' : 'Items';
		context.addExecutionHints({
			message: `${label} ${numbersInWords(who)}: ${message}`,
			location: 'outputPane',
			type: 'warning',
		});
	}
	return items;
}
