import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from '../../bitrix24/failure';
import { hintFor, safetyOf } from '../../bitrix24/hints';
import type { Effect } from '../../bitrix24/plan';

/** What n8n shows well: a message, what to do, and the item. */
export type NodeError = NodeApiError | NodeOperationError;

/** What a failed call was about. */
export interface Subject {
	/** The item that failed; left out where there are no items. */
	itemIndex?: number;
	/** The call in Bitrix24, for a request that may have been carried out. */
	name?: string;
	/** What a repeat brings about. Without it the worst is feared. */
	effect?: Effect;
	/** Whether an earlier request of the item was carried out. */
	hasChanged?: boolean;
	/** What else to say, after the advice. */
	more?: string;
}

/**
 * Makes the error that n8n shows for a failed call.
 *
 * @returns an error whose message is the portal's own text and whose description says what to do. It is built from
 *   plain data: given n8n's own request error, NodeApiError would keep that one and its generic text.
 */
export function toNodeError(
	node: INode,
	failure: Failure,
	{ itemIndex, name, effect, hasChanged = false, more }: Subject = {},
): NodeApiError {
	const data: JsonObject = { error: failure.code, error_description: failure.text, method: failure.method };
	const safety = itemIndex === undefined ? '' : safetyOf(failure, hasChanged);
	const advice = [hintFor(failure, effect), safety, inBrackets(failure.method), more].filter(Boolean).join(' ');
	const message =
		failure.kind === 'unknown' && effect !== 'read'
			? `Bitrix24 may have carried this out already${name ? ` (${name})` : ''}: ${failure.text}`
			: withCode(failure);
	const error = new NodeApiError(node, data, {
		message,
		description: advice,
		httpCode: failure.status ? String(failure.status) : undefined,
		itemIndex,
	});
	// NodeApiError puts its own text in the place of one that holds a word such as ENOENT (n8n-workflow, node.error.js).
	error.message = message;
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
	return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
}

/** A failure in one line: method, the portal's text and code. */
export function failureText(failure: Failure): string {
	return [failure.method, withCode(failure)].filter(Boolean).join(': ');
}

/** The method that failed; nothing where none was called. */
export function inBrackets(method: string): string {
	return method && `(${method})`;
}

/** The portal's text, and its code where that says more. */
export function withCode({ text, code }: Failure): string {
	return code && code !== text ? `${text} [${code}]` : text;
}
