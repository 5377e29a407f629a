import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from '../../bitrix24/failure';
import { hintFor } from '../../bitrix24/hints';

/** What n8n shows well: a message, what to do, and the item. */
export type NodeError = NodeApiError | NodeOperationError;

/**
 * Makes the error that n8n shows for a failed call.
 *
 * @param itemIndex the item that failed; leave out where there are no items.
 * @param subject the call that it was about, for an unknown outcome.
 * @returns an error whose message is the portal's own text and whose description says what to do. It is built from
 *   plain data: given n8n's own request error, NodeApiError would keep that one and its generic text.
 */
export function toNodeError(node: INode, failure: Failure, itemIndex?: number, subject?: string): NodeApiError {
	const data: JsonObject = { error: failure.code, error_description: failure.text, method: failure.method };
	const error = new NodeApiError(node, data, {
		message: failure.kind === 'unknown' ? `Unknown outcome${subject ? ` of ${subject}` : ''}: ${failure.text}` : withCode(failure),
		description: `${hintFor(failure)} (${failure.method})`,
		httpCode: failure.status ? String(failure.status) : undefined,
		itemIndex,
	});
	error.context.data = data;
	return error;
}

/** An error of ours on one item. */
export function itemError(node: INode, message: string, description: string, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, message, { description, itemIndex });
}

/** Everything that getNodeParameter and the reader throw; a broken expression is no NodeOperationError. */
export function asNodeError(node: INode, error: unknown, itemIndex: number): NodeError {
	if (error instanceof NodeOperationError || error instanceof NodeApiError) return error;
	return new NodeOperationError(node, error as Error, { itemIndex });
}

/** A failure in one line: method, the portal's text and code. */
export function failureText(failure: Failure): string {
	return `${failure.method}: ${withCode(failure)}`;
}

function withCode({ text, code }: Failure): string {
	return code && code !== text ? `${text} [${code}]` : text;
}
