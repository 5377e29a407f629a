import { UnexpectedShape } from './decode';
import { failed, isCrash, oddAnswer, success, type Answer } from './failure';
import { Reference, withoutReferences } from './parameters';
import { isOptional, type Call } from './plan';

/** An answer in the types of its call; one of another shape leaves open whether the call was carried out. */
export function decoded(call: Call, answer: Answer<unknown>): Answer<unknown> {
	if (!answer.ok) return failed({ ...answer.failure, method: call.method });
	try {
		return success(call.decode(answer.value));
	} catch (error) {
		return failed(
			oddAnswer(call.method, error instanceof UnexpectedShape ? error.message : 'nothing that makes sense'),
		);
	}
}

/** True when the call may have been carried out, and nobody knows. */
export function isLost(answer: Answer<unknown> | undefined): boolean {
	return answer?.ok === false && answer.failure.kind === 'unknown';
}

/** True when the portal said no, and did nothing. */
export function isRefused(answer: Answer<unknown>): boolean {
	return !answer.ok && answer.failure.kind === 'refused' && !isCrash(answer.failure);
}

/** True when a limit of the portal held the call up for too long, and its plan can do without it. */
export function isDispensable(call: Call, answer: Answer<unknown> | undefined): boolean {
	return answer?.ok === false && answer.failure.isGivenUp === true && isOptional(call, answer.failure);
}

/** The call with the results of earlier steps in the place of references. */
export function resolved(call: Call, earlier: readonly Answer<unknown>[]): Call {
	return {
		...call,
		parameters: withoutReferences(
			call.parameters,
			earlier.map((one) => (one.ok ? one.value : undefined)),
		),
	};
}

/** True when a parameter of the call is the result of an earlier step. */
export function refersTo(call: Call, step: number): boolean {
	return Object.values(call.parameters).some((value) => value instanceof Reference && value.step === step);
}
