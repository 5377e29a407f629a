/**
 * What a number does by itself. Tests and demonstrations need calls that end without a person pressing buttons, and
 * the number is the one thing that travels unchanged from the click to the PBX.
 */

/** How an automatic call goes. `seconds` is the length of the conversation in simulated seconds. */
export type Outcome =
	| { case: 'answered'; seconds: number }
	| { case: 'clientBusy' | 'clientNoAnswer' | 'employeeCancels' | 'trunkRefuses' | 'unknownDestination' | 'employeeNoAnswer' | 'employeeBusy' };

/** Decides for a dialled number and the employee's extension; undefined leaves both phones to people. */
export type OutcomeRule = (number: string, extension: string) => Outcome | undefined;

/** One line of the table that the page shows and `outcomeOf` obeys. */
export interface OutcomeLine {
	ending: string;
	example: string;
	text: string;
}

/** The table for people: which endings act by themselves. Kept beside `outcomeOf`, and a test compares the two. */
export const outcomeTable: readonly OutcomeLine[] = [
	{ ending: '90SS', example: '+49 30 23125 9004', text: 'both answer and talk for SS seconds (9004: 4 seconds)' },
	{ ending: '9100', example: '+49 30 23125 9100', text: 'the client is busy' },
	{ ending: '9200', example: '+49 30 23125 9200', text: 'the client does not answer' },
	{ ending: '9300', example: '+49 30 23125 9300', text: 'the employee gives up before the client answers' },
	{ ending: '9400', example: '+49 30 23125 9400', text: 'the trunk refuses the call' },
	{ ending: '9500', example: '+49 30 23125 9500', text: 'the destination is unknown' },
	{ ending: '9600', example: '+49 30 23125 9600', text: 'the employee does not answer' },
	{ ending: '9700', example: '+49 30 23125 9700', text: 'the employee is busy' },
];

const byEnding: Readonly<Record<string, Outcome>> = {
	'9100': { case: 'clientBusy' },
	'9200': { case: 'clientNoAnswer' },
	'9300': { case: 'employeeCancels' },
	'9400': { case: 'trunkRefuses' },
	'9500': { case: 'unknownDestination' },
	'9600': { case: 'employeeNoAnswer' },
	'9700': { case: 'employeeBusy' },
};

/**
 * The automatic outcome of a number by its last four digits, see `outcomeTable`.
 * @param number as dialled; everything but digits is ignored
 * @returns undefined when the number waits for people
 */
export function outcomeOf(number: string): Outcome | undefined {
	const ending = number.replace(/\D/g, '').slice(-4);
	if (/^90\d\d$/.test(ending)) return { case: 'answered', seconds: Number(ending.slice(2)) };
	return byEnding[ending];
}
