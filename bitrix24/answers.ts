import { UnexpectedShape } from './decode';
import { failed, isCrash, oddAnswer, success, type Outcome } from './failure';
import { isOptional, Reference, withoutReferences, type Call } from './plan';

/** An answer in the types of its call; one of another shape has an unknown outcome. */
export function decoded(call: Call, outcome: Outcome<unknown>): Outcome<unknown> {
	if (!outcome.ok) return failed({ ...outcome.failure, method: call.method });
	try {
		return success(call.decode(outcome.value));
	} catch (error) {
		return failed(
			oddAnswer(call.method, error instanceof UnexpectedShape ? error.message : 'nothing that makes sense'),
		);
	}
}

/** True when the call may have been carried out, and nobody knows. */
export function isLost(outcome: Outcome<unknown> | undefined): boolean {
	return outcome?.ok === false && outcome.failure.kind === 'unknown';
}

/** True when the portal said no, and did nothing. */
export function isRefused(outcome: Outcome<unknown>): boolean {
	return !outcome.ok && outcome.failure.kind === 'refused' && !isCrash(outcome.failure);
}

/** True when a limit of the portal held the call up for too long, and its plan can do without it. */
export function isDispensable(call: Call, outcome: Outcome<unknown> | undefined): boolean {
	return outcome?.ok === false && outcome.failure.isGivenUp === true && isOptional(call, outcome.failure);
}

/** The call with the results of earlier steps in the place of references. */
export function resolved(call: Call, earlier: readonly Outcome<unknown>[]): Call {
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
