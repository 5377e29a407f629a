import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Failure } from '../../bitrix24/failure';
import { hintFor, specificHint } from '../../bitrix24/hints';

/** What to do about a failure that has no advice of its own. Binding again what is bound does no harm. */
const ADVICE: Partial<Record<Failure['kind'], string>> = {
	unknown: 'Bitrix24 gave no usable answer. Publish the workflow again: nothing is bound twice.',
	limited: 'Publish the workflow again in a few minutes.',
	refused: 'Check in Bitrix24 that the application is installed and has the permission Telephony, then publish the workflow again.',
};

/**
 * Makes the error of an activation or deactivation. n8n shows its message and nothing else then, so all is in it.
 *
 * @param problem what did not work, as a sentence.
 * @param failure what the portal said, or why it said nothing.
 */
export function activationError(node: INode, problem: string, failure: Failure): NodeOperationError {
	const advice = specificHint(failure) ?? ADVICE[failure.kind] ?? hintFor(failure);
	const code = failure.code ? ` [${failure.code}]` : '';
	return new NodeOperationError(node, `${problem} ${advice} Reason: ${failure.text}${code} (${failure.method})`);
}

/**
 * Runs a step of an activation, and puts what n8n would not show of its error into the message.
 *
 * @throws NodeOperationError
 */
export async function withPlainErrors<T>(node: INode, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		const { message, description } = error as { message: string; description?: string | null };
		throw new NodeOperationError(node, description && description !== message ? `${message}. ${description}` : message);
	}
}
