import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from '../../bitrix24/failure';
import { hintFor } from '../../bitrix24/hints';

/**
 * Makes the error that n8n shows.
 *
 * @param itemIndex the item that failed; leave out where there are no items.
 * @returns an error whose message is the portal's own text and whose description says what to do. It is built from
 *   plain data: given n8n's own request error, NodeApiError would keep that one and its generic text.
 */
export function toNodeError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const code = failure.code ? ` [${failure.code}]` : '';
	const data: JsonObject = { error: failure.code, error_description: failure.text, method: failure.method };
	return new NodeApiError(node, data, {
		message: `${failure.text}${code}`,
		description: `${hintFor(failure)} (${failure.method})`,
		httpCode: failure.status ? String(failure.status) : undefined,
		itemIndex,
	});
}
