import type { Failure, FailureKind } from '../../../bitrix24/failure';
import { HINT_ROWS } from '../../../bitrix24/hintRows';
import { activationError } from '../../../nodes/Bitrix24TelephonyTrigger/activation';
import { NODE } from '../../support/execution';

type Step = Parameters<typeof activationError>[1];
const METHODS = { publish: 'event.bind', unpublish: 'event.unbind' };
const STEPS = ['publish', 'unpublish'] as const;
const KINDS: FailureKind[] = ['refused', 'limited', 'unreachable', 'credential', 'unknown', 'cancelled'];
const worded = (step: Step, failure: Partial<Failure>): string => {
	const whole = { kind: 'refused', status: 400, code: '', text: 'No', method: METHODS[step], ...failure } as const;
	return activationError(NODE, step, 'It did not work.', whole).message;
};
const adviceOf = (step: Step, failure: Partial<Failure>): string => worded(step, failure).replace(/ Reason: .*$/, '');

/** Whatever a row is for. Of a pattern, what it begins with. */
const known: [code: string, text: string][] = HINT_ROWS.flatMap(({ codes = [], texts = [] }) => [
	...codes.map((code): [string, string] => [code, 'No']),
	...texts.map((text): [string, string] => [
		'',
		typeof text === 'string' ? text : text.source.replace(/[\^$]|\\.\??/g, ''),
	]),
]);
const failures = [...known, ['insufficient_scope', ''], ['SOMETHING_NEW', 'No']].flatMap(([code, text]) =>
	KINDS.map((kind) => ({ kind, code, text })),
);

describe.each(STEPS)('what to do when the trigger cannot %s', (step) => {
	it('speaks of nothing but the trigger, whatever the failure', () => {
		expect(known.length).toBeGreaterThan(80);
		for (const failure of failures)
			expect(adviceOf(step, failure)).not.toMatch(/\b(calls?|runs?|items?|fields?|log|recording)\b/i);
	});

	it('ends with the next step', () => {
		const ends = {
			publish: /[.?] Then publish the workflow again: nothing is bound twice\.$/,
			unpublish: /[.?] Then use Remove Orphaned Handlers of the node Bitrix24 Telephony\.$/,
		};
		for (const failure of failures) expect(adviceOf(step, failure)).toMatch(ends[step]);
	});

	it.each<[Partial<Failure>, string]>([
		[{ code: 'INTERNAL_SERVER_ERROR' }, 'Bitrix24 has a fault just now. Try again in a minute: a repeat does no harm.'],
		[
			{ code: 'ERROR_UNEXPECTED_ANSWER' },
			'Bitrix24 has a fault just now. Try again in a minute: a repeat does no harm.',
		],
		[{ code: 'ERROR_CORE', text: 'SQL query error!' }, 'Bitrix24 could not store or read its data.'],
		[{ code: 'ERROR_ARGUMENT' }, 'A value is missing or wrong: correct what the message names.'],
		[
			{ kind: 'unreachable', text: 'The authorization server answered with status 503' },
			'nothing was carried out. Try again in a minute;',
		],
		[{ kind: 'unknown' }, 'Bitrix24 gave no usable answer: wait a minute.'],
		[{ kind: 'limited' }, 'Bitrix24 takes no more requests for now: wait a few minutes.'],
		[{ kind: 'unreachable' }, 'Check the portal address of the credential'],
		[
			{ text: 'Call is not found' },
			'Check in Bitrix24 that the application is installed and has the permission Telephony.',
		],
		[{ kind: 'cancelled' }, 'Nothing more was sent.'],
	])('%j: %s', (failure, words) => {
		expect(adviceOf(step, failure)).toContain(words);
	});
});

it('unpublishing does not advise to publish', () => {
	for (const failure of failures) expect(adviceOf('unpublish', failure)).not.toMatch(/publish/i);
});

it.each<[Partial<Failure>, string]>([
	[{ code: 'X' }, 'Reason: No [X] (event.bind)'],
	[{}, 'Reason: No (event.bind)'],
	[{ method: '' }, 'Reason: No'],
])('gives the reason: %j', (failure, reason) => {
	expect(worded('publish', failure)).toMatch(/twice\. Reason: /);
	expect(worded('publish', failure).endsWith(reason)).toBe(true);
});
