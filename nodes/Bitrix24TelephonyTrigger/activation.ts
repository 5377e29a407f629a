import { NodeOperationError, type INode } from 'n8n-workflow';
import { messageOf, recordOf, type Failure } from '../../bitrix24/failure';
import { BINDING_ROWS } from '../../bitrix24/hintRows';
import { hintFor, specificHint } from '../../bitrix24/hints';
import { inBrackets } from '../common/failures';

/** What to do about a failure that has no advice of its own. */
const ADVICE: Partial<Record<Failure['kind'], string>> = {
	unknown: 'Bitrix24 gave no usable answer: wait a minute.',
	limited: 'Bitrix24 takes no more requests for now: wait a few minutes.',
	refused: 'Check in Bitrix24 that the application is installed and has the permission Telephony.',
	cancelled: 'Nothing more was sent.',
};

/** What comes after the advice. n8n cannot be told to unpublish once more, but what is left over can be found. */
const NEXT = {
	publish: 'Then publish the workflow again: nothing is bound twice.',
	unpublish: 'Then use Remove Orphaned Handlers of the node Bitrix24 Telephony.',
};

/**
 * Makes the error of an activation or deactivation. n8n shows its message and nothing else then, so all is in it.
 *
 * @param step what did not work: binding or unbinding, which may both be repeated.
 * @param problem the same as a sentence.
 * @param failure what the portal said, or why it said nothing.
 */
export function activationError(
	node: INode,
	step: keyof typeof NEXT,
	problem: string,
	failure: Failure,
): NodeOperationError {
	const about = [failure, 'repeatable', BINDING_ROWS] as const;
	const advice = specificHint(...about) ?? ADVICE[failure.kind] ?? hintFor(...about);
	const code = failure.code ? `[${failure.code}]` : '';
	const reason = [failure.text, code, inBrackets(failure.method)].filter(Boolean).join(' ');
	return new NodeOperationError(node, `${problem} ${advice} ${NEXT[step]} Reason: ${reason}`);
}

/** The second identical bind is an error of its own (rest/lib/api/event.php), and what we want. */
export function isAlreadyBound({ text }: Failure): boolean {
	return text.includes('Handler already binded');
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
		const message = messageOf(error);
		const { description } = recordOf(error);
		const isMore = typeof description === 'string' && description !== '' && description !== message;
		throw new NodeOperationError(node, isMore ? `${message}. ${description}` : message);
	}
}
