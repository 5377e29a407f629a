import type { Phase } from './call';
import type { Button, Side } from './driver';
import type { Outcome } from './outcomes';

/** One move of an automatic number. `after` in simulated seconds. */
export interface Step {
	after: number;
	side: Side;
	button: Button;
}

const EMPLOYEE_REACTS = 1;
const CLIENT_REACTS = 2;
const TRUNK_REACTS = 0.5;

/**
 * The next move of an automatic call when it enters a phase.
 * @returns undefined when nobody acts, so that the phone rings until its timeout
 */
export function automaticStep(outcome: Outcome, phase: Phase): Step | undefined {
	if (phase === 'employee') return employeeStep(outcome);
	if (phase === 'client') return clientStep(outcome);
	if (phase === 'talking' && outcome.case === 'answered') return { after: outcome.seconds, side: 'client', button: 'hangup' };
	return undefined;
}

function employeeStep(outcome: Outcome): Step | undefined {
	if (outcome.case === 'employeeNoAnswer') return undefined;
	return { after: EMPLOYEE_REACTS, side: 'employee', button: outcome.case === 'employeeBusy' ? 'busy' : 'answer' };
}

function clientStep(outcome: Outcome): Step | undefined {
	switch (outcome.case) {
		case 'answered':
			return { after: CLIENT_REACTS, side: 'client', button: 'answer' };
		case 'clientBusy':
			return { after: CLIENT_REACTS, side: 'client', button: 'busy' };
		case 'employeeCancels':
			return { after: CLIENT_REACTS, side: 'employee', button: 'hangup' };
		case 'trunkRefuses':
			return { after: TRUNK_REACTS, side: 'client', button: 'congestion' };
		case 'unknownDestination':
			return { after: TRUNK_REACTS, side: 'client', button: 'chanunavail' };
		default:
			return undefined;
	}
}
