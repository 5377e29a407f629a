import { readFileSync } from 'node:fs';
import { readOutcome, statusCodeOf, VOCABULARIES, type CallOutcome, type Vocabulary } from '../../../bitrix24/outcomes';

const contract = JSON.parse(readFileSync(`${__dirname}/../../../sandbox/contract/bitrix24-contract.json`, 'utf8')) as {
	enums: { STATUS_CODE: Record<string, string> };
};

const rows = Object.entries(VOCABULARIES).flatMap(([vocabulary, all]) =>
	all.flatMap(([outcome, ...words]) => words.map((word) => [vocabulary as Vocabulary, String(word), outcome] as const)),
);

it.each(rows)('%s %s', (vocabulary, word, outcome) => {
	expect(readOutcome(vocabulary, ` ${word.toLowerCase()} `)).toBe(outcome);
	for (const incoming of [true, false]) {
		for (const duration of [0, 5]) {
			expect(Object.keys(contract.enums.STATUS_CODE)).toContain(statusCodeOf(outcome, incoming, duration));
		}
	}
});

it('names each word once in a vocabulary', () => {
	for (const all of Object.values(VOCABULARIES)) {
		const words = all.flatMap(([, ...some]) => some.map((word) => String(word).toUpperCase()));
		expect(new Set(words).size).toBe(words.length);
	}
});

it.each<[CallOutcome, boolean, number, string]>([
	['unanswered', true, 0, '304'],
	['unanswered', false, 0, '603-S'],
	['cancelled', true, 0, '304'],
	['cancelled', false, 0, '603-S'],
	['ended', true, 12, '200'],
	['ended', true, 0, '304'],
	['ended', false, 0, '603-S'],
	['busy', true, 0, '486'],
	['blocked', false, 0, '423'],
])('%s, incoming %s, %d s: %s', (outcome, incoming, duration, code) => {
	expect(statusCodeOf(outcome, incoming, duration)).toBe(code);
});

it.each<[Vocabulary, string, CallOutcome | undefined]>([
	['sip', '299', 'answered'],
	['sip', '488', 'other'],
	['sip', '180', undefined],
	['q850', '127', 'other'],
	['q850', 'busy', undefined],
	['asterisk', '17', 'busy'],
	['asterisk', 'AST_CAUSE_USER_BUSY', 'busy'],
	['asterisk', 'ringing', undefined],
	['freeswitch', '21', 'declined'],
	['twilio', 'ringing', undefined],
	['vonage', '', undefined],
])('%s %s is %s', (vocabulary, word, outcome) => {
	expect(readOutcome(vocabulary, word)).toBe(outcome);
});
