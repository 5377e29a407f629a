import { lines } from '../../../bitrix24/methods/lines';
import { ask, type Conversation } from '../../../bitrix24/plan';
import { isSameNumber } from '../../../bitrix24/numbers';
import type { Refusal } from '../shown';
import { choice, optionalChoice } from './choice';
import { flagOffUnlessAdded } from './kinds';

const LINES_LIST = { search: 'searchLines', code: 'Number', example: '+4940669690' } as const;

/** The number of a line of this application. */
export const line = choice({
	displayName: 'Line',
	name: 'line',
	description: 'A line of your application',
	...LINES_LIST,
});

/** The line of a call, for a collection. */
export function callLine<const Name extends string>(name: Name) {
	return optionalChoice({
		displayName: 'Line',
		name,
		description: 'Your external line that the call goes through',
		...LINES_LIST,
	});
}

/** How the switch reads that makes a click-to-call through the line create a client. */
export const AUTO_CREATE = {
	displayName: 'Clicks Create Clients',
	name: 'autoCreate',
	default: true,
	description: 'Whether a click-to-call through this line creates a client when nobody has the number',
} as const;

/** Whether a call on a line that is not there creates it. */
export const createLine = flagOffUnlessAdded({
	displayName: 'Create Line',
	name: 'createLine',
	default: true,
	description: 'Whether a line number that the application does not have becomes a new line. Otherwise it is refused.',
});

/**
 * Finds a line of the application in any spelling: trunks mostly name lines without the plus with which they were
 * added. The portal would silently create one for a mistyped number (voximplant/lib/rest/helper.php). The list of lines
 * is asked once a run.
 *
 * @returns the number as the application has it.
 */
export function* lineOf(number: string): Conversation<{ line: string } | Refusal> {
	const numbers = (yield* ask({ ...lines, shared: true })).map((line) => String(line.NUMBER));
	const line = numbers.find((one) => one === number) ?? numbers.find((one) => isSameNumber(one, number));
	if (line !== undefined) return { line };
	return {
		refused: `The application has no line ${number}`,
		hint:
			numbers.length > 0
				? `Its lines are ${numbers.join(', ')}. Turn on Create Line for a new one.`
				: 'It has no line yet. Add one with Line: Create, or turn on Create Line.',
	};
}
