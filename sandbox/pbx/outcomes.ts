/**
 * What a number does by itself. Tests and demonstrations need calls that end without a person pressing buttons, and
 * the number is the one thing that travels unchanged from the click to the PBX.
 */

/** blind: the employee lets another phone ring and is gone. attended: he has asked the other one, and joins both. */
export type TransferKind = 'blind' | 'attended';

/** How an automatic call goes. `seconds` is the length of the conversation in simulated seconds. */
export type Outcome =
	| { case: 'answered'; seconds: number }
	| { case: 'clientRefuses' | 'employeeRefuses'; sip: number }
	| { case: 'clientNoAnswer' | 'employeeCancels' | 'employeeNoAnswer' }
	/** Both talk, the employee transfers the call, and whoever takes it talks on. */
	| { case: 'transferred'; kind: TransferKind; other: 'answers' | 'busy' | 'silent' };

/** Decides for a dialled number and the employee's extension; undefined leaves both phones to people. */
export type OutcomeRule = (number: string, extension: string) => Outcome | undefined;

/** One line of the table that the page shows and `outcomeOf` obeys. */
export interface OutcomeLine {
	ending: string;
	example: string;
	text: string;
}

const LINES: readonly [string, string, Outcome][] = [
	['9100', 'the client is busy (SIP 486)', { case: 'clientRefuses', sip: 486 }],
	['9200', 'the client does not answer', { case: 'clientNoAnswer' }],
	['9300', 'the employee gives up before the client answers', { case: 'employeeCancels' }],
	['9400', 'the trunk has no capacity (SIP 503)', { case: 'clientRefuses', sip: 503 }],
	['9403', 'the trunk forbids the call (SIP 403)', { case: 'clientRefuses', sip: 403 }],
	['9404', 'there is no such number (SIP 404)', { case: 'clientRefuses', sip: 404 }],
	['9408', 'the trunk does not answer (SIP 408)', { case: 'clientRefuses', sip: 408 }],
	['9480', 'the client cannot be reached (SIP 480)', { case: 'clientRefuses', sip: 480 }],
	['9484', 'the number is incomplete (SIP 484)', { case: 'clientRefuses', sip: 484 }],
	['9500', 'the trunk has an error (SIP 500)', { case: 'clientRefuses', sip: 500 }],
	['9600', 'the employee does not answer', { case: 'employeeNoAnswer' }],
	['9603', 'the client declines (SIP 603)', { case: 'clientRefuses', sip: 603 }],
	['9700', 'the employee is busy', { case: 'employeeRefuses', sip: 486 }],
	['9703', 'the employee declines', { case: 'employeeRefuses', sip: 603 }],
	[
		'9801',
		'blind transfer after 3 seconds, the other answers and talks for 4',
		{ case: 'transferred', kind: 'blind', other: 'answers' },
	],
	['9802', 'blind transfer after 3 seconds, the other is busy', { case: 'transferred', kind: 'blind', other: 'busy' }],
	[
		'9803',
		'blind transfer after 3 seconds, the other does not answer',
		{ case: 'transferred', kind: 'blind', other: 'silent' },
	],
	[
		'9804',
		'attended transfer after 3 seconds, the other talks for 4',
		{ case: 'transferred', kind: 'attended', other: 'answers' },
	],
];

const byEnding = new Map(LINES.map(([ending, , outcome]) => [ending, outcome]));

/** The table for people: which endings act by themselves. */
export const outcomeTable: readonly OutcomeLine[] = [
	{ ending: '90SS', example: '+49 30 23125 9004', text: 'both answer and talk for SS seconds (9004: 4 seconds)' },
	...LINES.map(([ending, text]) => ({ ending, example: `+49 30 23125 ${ending}`, text })),
];

/**
 * The automatic outcome of a number by its last four digits, see `outcomeTable`.
 * @param number as dialled; everything but digits is ignored
 * @returns undefined when the number waits for people
 */
export function outcomeOf(number: string): Outcome | undefined {
	const ending = number.replace(/\D/g, '').slice(-4);
	if (/^90\d\d$/.test(ending)) return { case: 'answered', seconds: Number(ending.slice(2)) };
	return byEnding.get(ending);
}
