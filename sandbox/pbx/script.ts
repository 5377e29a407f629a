import type { PbxCall } from './call';
import type { Button, Side } from './driver';
import type { Outcome } from './outcomes';
import type { TransferKind } from './outcomes';

/** One move of an automatic number. `after` in simulated seconds. */
export type Step = { after: number; side: Side } & (
	{ button: Button } | { sip: number } | { transfer: TransferKind; to: string }
);

const EMPLOYEE_REACTS = 1;
const CLIENT_REACTS = 2;
const TRUNK_REACTS = 0.5;
const TALKS_BEFORE_TRANSFER = 3;
const TALKS_AFTER_TRANSFER = 4;

/**
 * The next move of an automatic call when it enters a phase.
 * @returns undefined when nobody acts, so that the phone rings until its timeout
 */
export function automaticStep(outcome: Outcome, call: PbxCall): Step | undefined {
	if (call.phase === 'employee') return employeeStep(outcome);
	if (call.phase === 'client') return clientStep(outcome);
	if (call.phase === 'talking') return talkingStep(outcome, call);
	return call.phase === 'transfer' ? transferStep(outcome) : undefined;
}

function employeeStep(outcome: Outcome): Step | undefined {
	if (outcome.case === 'employeeNoAnswer') return undefined;
	const step = { after: EMPLOYEE_REACTS, side: 'employee' as const };
	return outcome.case === 'employeeRefuses' ? { ...step, sip: outcome.sip } : { ...step, button: 'answer' };
}

function clientStep(outcome: Outcome): Step | undefined {
	if (outcome.case === 'answered' || outcome.case === 'transferred')
		return { after: CLIENT_REACTS, side: 'client', button: 'answer' };
	if (outcome.case === 'employeeCancels') return { after: CLIENT_REACTS, side: 'employee', button: 'hangup' };
	if (outcome.case === 'clientRefuses') return { after: TRUNK_REACTS, side: 'client', sip: outcome.sip };
	return undefined;
}

function talkingStep(outcome: Outcome, { rungFirst, extension }: PbxCall): Step | undefined {
	if (outcome.case === 'answered') return { after: outcome.seconds, side: 'client', button: 'hangup' };
	if (outcome.case !== 'transferred') return undefined;
	if (extension !== rungFirst) return { after: TALKS_AFTER_TRANSFER, side: 'client', button: 'hangup' };
	return {
		after: TALKS_BEFORE_TRANSFER,
		side: 'employee',
		transfer: outcome.kind,
		to: rungFirst === '103' ? '104' : '103',
	};
}

function transferStep(outcome: Outcome): Step | undefined {
	if (outcome.case !== 'transferred' || outcome.other === 'silent') return undefined;
	return { after: CLIENT_REACTS, side: 'employee', button: outcome.other === 'busy' ? 'busy' : 'answer' };
}
