import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import type { Failure, Outcome } from '../../bitrix24/failure';
import type { Portal } from '../../bitrix24/portal';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/failures';
import { ItemReader } from './itemReader';
import { extensionFinder } from './lookups';
import { findOperation } from './operations';
import type { PreparedItem, ShownItem } from './operations/operation';

type NodeError = NodeApiError | NodeOperationError;

/** What became of one input item. */
type ItemOutcome = { shown: ShownItem[] } | { error: NodeError };

/**
 * Carries out the node for all items: reads every item, hands all plans to the client, pairs every answer with its item.
 *
 * @returns output items, each with `pairedItem`. With Continue On Fail a failed item has the keys `error`, `message` and
 *   `details` only, which n8n sends to the error output.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless Continue On Fail is on. Parameters of
 *   all items are read before anything is sent, so a bad one costs no half-done run.
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const portal = await connect(context);
	const prepared = await prepareAll(context, portal);
	const outcomes = await carryOut(context, portal, prepared);
	return outcomes.flatMap((outcome, item) => toItems(context, outcome, item));
}

async function prepareAll(context: IExecuteFunctions, portal: Portal): Promise<(PreparedItem | NodeError)[]> {
	const find = extensionFinder(portal, (failure) => toNodeError(context.getNode(), failure));
	const prepared: (PreparedItem | NodeError)[] = [];
	for (let item = 0; item < context.getInputData().length; item += 1) {
		try {
			prepared.push(await prepare(context, item, new ItemReader(context, item, find)));
		} catch (error) {
			const nodeError = asNodeError(context, error, item);
			if (!context.continueOnFail()) throw nodeError;
			prepared.push(nodeError);
		}
	}
	return prepared;
}

async function prepare(context: IExecuteFunctions, item: number, reader: ItemReader): Promise<PreparedItem> {
	const resource = String(context.getNodeParameter('resource', item));
	const name = String(context.getNodeParameter('operation', item));
	const operation = findOperation(resource, name);
	if (operation) return await operation.prepare(reader);
	return reader.refuse(`There is no operation ${name} of ${resource}`, 'Choose Resource and Operation from the lists.');
}

async function carryOut(
	context: IExecuteFunctions,
	portal: Portal,
	prepared: (PreparedItem | NodeError)[],
): Promise<ItemOutcome[]> {
	const outcomes = prepared.map((entry): ItemOutcome | undefined => (isPrepared(entry) ? undefined : { error: entry }));
	const ready = [...prepared.entries()].filter((entry): entry is [number, PreparedItem] => isPrepared(entry[1]));
	const waiting = ready.values();
	for await (const answers of portal.run(ready.map(([, { plan }]) => plan))) {
		for (const answer of answers) {
			const [item, entry] = waiting.next().value as [number, PreparedItem];
			outcomes[item] = conclude(context, entry, answer, item);
		}
		if (!context.continueOnFail()) throwFirst(outcomes);
	}
	return outcomes.filter((outcome) => outcome !== undefined);
}

/** Fails the run, and says what must not be repeated: a call can be finished once only. */
function throwFirst(outcomes: (ItemOutcome | undefined)[]): void {
	const failure = outcomes.find((outcome) => outcome !== undefined && 'error' in outcome);
	if (!failure || !('error' in failure)) return;
	const done = [...outcomes.entries()].filter(([, outcome]) => outcome && 'shown' in outcome).map(([item]) => item);
	if (done.length > 0) {
		failure.error.description = `${failure.error.description ?? ''} Bitrix24 carried out these items, do not repeat them: ${done.join(', ')}.`;
	}
	throw failure.error;
}

function conclude(context: IExecuteFunctions, { plan, show }: PreparedItem, answers: Outcome<unknown>[], item: number): ItemOutcome {
	const notes: string[] = [];
	const results: unknown[] = [];
	for (const [step, answer] of answers.entries()) {
		if (!answer.ok && !plan[step]?.optional) return { error: toNodeError(context.getNode(), answer.failure, item) };
		if (!answer.ok) notes.push(note(answer.failure));
		results.push(answer.ok ? answer.value : undefined);
	}
	const shown: ShownItem[] = [];
	for (const one of show(results)) {
		if ('missing' in one) return { error: new NodeOperationError(context.getNode(), one.missing, { description: one.hint, itemIndex: item }) };
		shown.push({ json: one.json, warnings: [...notes, ...(one.warnings ?? [])] });
	}
	return strictly(context, shown, item);
}

/** With Treat Warnings as Errors, a soft error fails the item. */
function strictly(context: IExecuteFunctions, shown: ShownItem[], item: number): ItemOutcome {
	const options = context.getNodeParameter('options', item, {}) as IDataObject;
	const warnings = shown.flatMap((one) => one.warnings ?? []);
	if (options.treatWarningsAsErrors !== true || warnings.length === 0) return { shown };
	const description = `Bitrix24 carried out the call all the same, so do not repeat it. Answer: ${JSON.stringify(shown.map(({ json }) => json))}`;
	return { error: new NodeOperationError(context.getNode(), warnings.join('. '), { description, itemIndex: item }) };
}

function note({ method, text, code }: Failure): string {
	return `${method}: ${text}${code ? ` [${code}]` : ''}`;
}

function toItems(context: IExecuteFunctions, outcome: ItemOutcome, item: number): INodeExecutionData[] {
	if ('error' in outcome) return [failedItem(outcome.error, item)];
	return outcome.shown.map(({ json, warnings = [] }) => {
		for (const message of new Set(warnings)) context.addExecutionHints({ message: `Item ${item}: ${message}`, location: 'outputPane', type: 'warning' });
		return { json: warnings.length > 0 ? { ...json, WARNINGS: warnings } : json, pairedItem: { item } };
	});
}

/** Only these keys, and no `item.error`: n8n would throw the message and details away (workflow-execute.js). */
function failedItem(error: NodeError, item: number): INodeExecutionData {
	const { httpCode } = error as NodeApiError;
	const data = error instanceof NodeApiError ? (error.context.data as JsonObject | undefined) : undefined;
	return {
		json: {
			error: error.message,
			message: error.message,
			details: { hint: error.description ?? '', status: httpCode ?? null, code: data?.error ?? null, method: data?.method ?? null },
		},
		pairedItem: { item },
	};
}

function isPrepared(entry: PreparedItem | NodeError): entry is PreparedItem {
	return 'plan' in entry;
}

/** Everything that getNodeParameter and the reader throw; a broken expression is no NodeOperationError. */
function asNodeError(context: IExecuteFunctions, error: unknown, item: number): NodeError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex: item });
}
