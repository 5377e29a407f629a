import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isRecord, type Outcome } from '../../bitrix24/failure';
import type { Conversation, Plan, Step } from '../../bitrix24/plan';
import type { Portal } from '../../bitrix24/portal';
import { resultsOf } from '../../bitrix24/results';
import { connect } from '../common/connection';
import { asNodeError, failureText, itemError, toNodeError, type NodeError } from '../common/failures';
import { ItemReader } from './itemReader';
import { findOperation } from './operations';
import type { Shown, ShownItem } from './operations/operation';

/** One input item on its way. */
interface Job {
	item: number;
	conversation?: Conversation<Shown>;
	/** The plan that waits to be sent. */
	plan?: Plan;
	/** Failures of optional steps. */
	notes: string[];
	shown?: ShownItem[];
	error?: NodeError;
}

/**
 * Carries out the node for all items: reads every item, lets the items' conversations go on side by side, hands their
 * plans to the client, and pairs every answer with its item.
 *
 * @returns output items, each with `pairedItem`. With Continue On Fail a failed item has the keys `error`, `message` and
 *   `details` only, which n8n sends to the error output.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless Continue On Fail is on. Parameters of
 *   all items are read before anything is sent, so a bad one costs no half-done run.
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const portal = await connect(context);
	const claims = new Map<string, number>();
	const jobs = context.getInputData().map((_, item) => read(context, new ItemReader(context, item, claims), item));
	throwFirst(context, jobs);
	for (const job of jobs) advance(context, job, []);
	for (let waiting = open(jobs); waiting.length > 0; waiting = open(jobs)) await sendAll(context, portal, waiting, jobs);
	return jobs.flatMap((job) => toItems(context, job));
}

function read(context: IExecuteFunctions, reader: ItemReader, item: number): Job {
	try {
		const resource = String(context.getNodeParameter('resource', item));
		const name = String(context.getNodeParameter('operation', item));
		const operation = findOperation(resource, name);
		const conversation = operation
			? operation.begin(reader)
			: reader.refuse(`There is no operation ${name} of ${resource}`, 'Choose Resource and Operation from the lists.');
		return { item, conversation, notes: [] };
	} catch (error) {
		return { item, notes: [], error: asNodeError(context.getNode(), error, item) };
	}
}

function open(jobs: Job[]): (Job & { plan: Plan })[] {
	return jobs.filter((job): job is Job & { plan: Plan } => job.plan !== undefined);
}

async function sendAll(context: IExecuteFunctions, portal: Portal, waiting: (Job & { plan: Plan })[], jobs: Job[]): Promise<void> {
	let next = 0;
	for await (const chunk of portal.run(waiting.map(({ plan }) => plan))) {
		for (const answers of chunk) {
			const job = waiting[next++];
			if (job) receive(context, job, answers);
		}
		throwFirst(context, jobs);
	}
}

function receive(context: IExecuteFunctions, job: Job & { plan: Plan }, answers: Outcome<unknown>[]): void {
	const { results, notes, failed } = resultsOf(job.plan, answers);
	job.notes.push(...notes.map(failureText));
	if (!failed) {
		advance(context, job, results);
		return;
	}
	const error = toNodeError(context.getNode(), failed.failure, job.item, subjectOf(job.plan[failed.step]));
	const registered = results.find((result) => isRecord(result) && typeof result.CALL_ID === 'string');
	if (isRecord(registered)) error.description = `${error.description ?? ''} Bitrix24 has registered this call before: ${String(registered.CALL_ID)}.`;
	conclude(job, { error });
}

/** The call that a step is about, as a person finds it in Bitrix24. */
function subjectOf(step: Step | undefined): string | undefined {
	if (!step || !('parameters' in step)) return undefined;
	const { CALL_ID, EXTERNAL_CALL_ID, PHONE_NUMBER } = step.parameters;
	const subject = [CALL_ID, EXTERNAL_CALL_ID, PHONE_NUMBER].find((value) => typeof value === 'string' && value !== '');
	return typeof subject === 'string' ? subject : undefined;
}

function advance(context: IExecuteFunctions, job: Job, results: unknown[]): void {
	try {
		const turn = job.conversation?.next(results);
		if (turn && !turn.done) job.plan = turn.value;
		else if (turn?.done) finish(context, job, turn.value);
	} catch (error) {
		conclude(job, { error: asNodeError(context.getNode(), error, job.item) });
	}
}

function finish(context: IExecuteFunctions, job: Job, shown: Shown): void {
	if ('refused' in shown) {
		conclude(job, { error: itemError(context.getNode(), shown.refused, shown.hint, job.item) });
		return;
	}
	const [first, ...rest] = [shown].flat();
	const items = first ? [{ ...first, warnings: [...job.notes, ...(first.warnings ?? [])] }, ...rest] : [];
	const warnings = items.flatMap((one) => one.warnings ?? []);
	const options = context.getNodeParameter('options', job.item, {}) as IDataObject;
	if (options.treatWarningsAsErrors !== true || warnings.length === 0) {
		conclude(job, { shown: items });
		return;
	}
	const hint = `Bitrix24 carried out the call all the same, so do not repeat it. Answer: ${JSON.stringify(items.map(({ json }) => json))}`;
	conclude(job, { error: itemError(context.getNode(), warnings.join('. '), hint, job.item) });
}

function conclude(job: Job, end: Pick<Job, 'shown' | 'error'>): void {
	Object.assign(job, end, { plan: undefined, conversation: undefined });
}

/** Fails the run, and says what must not be repeated: a call can be finished once only. */
function throwFirst(context: IExecuteFunctions, jobs: Job[]): void {
	const failed = jobs.find(({ error }) => error);
	if (!failed?.error || context.continueOnFail()) return;
	const done = jobs.filter(({ shown }) => shown).map(({ item }) => item);
	if (done.length > 0) {
		failed.error.description = `${failed.error.description ?? ''} Bitrix24 carried out these items, do not repeat them: ${done.join(', ')}.`;
	}
	throw failed.error;
}

function toItems(context: IExecuteFunctions, { item, shown = [], error }: Job): INodeExecutionData[] {
	if (error) return [failedItem(error, item)];
	return shown.map(({ json, warnings = [], hints = [] }) => {
		for (const message of new Set([...warnings, ...hints])) context.addExecutionHints({ message: `Item ${item}: ${message}`, location: 'outputPane', type: 'warning' });
		return { json: warnings.length > 0 ? { ...json, WARNINGS: warnings } : json, pairedItem: { item } };
	});
}

/** Only these keys, and no `item.error`: n8n would throw the message and details away (workflow-execute.js). */
function failedItem(error: NodeError, item: number): INodeExecutionData {
	const { data = {} } = error.context as { data?: IDataObject };
	return {
		json: {
			error: error.message,
			message: error.message,
			details: {
				hint: error.description ?? '',
				status: 'httpCode' in error ? error.httpCode : null,
				code: data.error ?? null,
				method: data.method ?? null,
			},
		},
		pairedItem: { item },
	};
}
