import { failed, success, type Failure } from '../../../bitrix24/failure';
import { Ledger, subjectOf } from '../../../bitrix24/ledger';
import { resultOf } from '../../../bitrix24/parameters';
import { optional, tried, type Call, type Step } from '../../../bitrix24/plan';

const failure: Failure = { kind: 'refused', status: 400, code: '', text: 'No', method: 'm' };
const call = (change: Partial<Call> = {}): Call => ({
	method: 'm',
	parameters: {},
	decode: (result) => result,
	effect: 'once',
	...change,
});
const register = call({ begins: 'CALL_ID' });

/** A ledger of calls and what they gave. */
function ledgerOf(...entries: [Call, unknown][]): Ledger {
	const ledger = new Ledger();
	for (const [step, value] of entries) ledger.note(step, value === failure ? failed(failure) : success(value));
	return ledger;
}

describe('the subject of a step', () => {
	it.each([
		[{ CALL_ID: 'c', EXTERNAL_CALL_ID: 'e', PHONE_NUMBER: 'p', NUMBER: 'n' }, 'c'],
		[{ CALL_ID: resultOf(0), EXTERNAL_CALL_ID: 'e', PHONE_NUMBER: 'p', NUMBER: 'n' }, 'e'],
		[{ EXTERNAL_CALL_ID: '', PHONE_NUMBER: 'p', NUMBER: 'n' }, 'p'],
		[{ NUMBER: 'n' }, 'n'],
		[{ CALL_ID: 7, NAME: 'x' }, undefined],
	])('%j: %s', (parameters, subject) => {
		expect(subjectOf(call({ parameters }))).toBe(subject);
	});

	it('is none where nothing is called', () => {
		expect(subjectOf({ pause: 7 })).toBeUndefined();
	});
});

describe('what is left open', () => {
	it('is what a call opened, until one closes it', () => {
		const ledger = ledgerOf([register, { CALL_ID: 'a' }], [register, { CALL_ID: 'b' }]);
		expect(ledger.leftRunning).toEqual(['a', 'b']);
		ledger.note(call({ ends: 'a' }), success({}));
		expect(ledger.leftRunning).toEqual(['b']);
		ledger.note(call({ ends: 'x' }), success({}));
		ledger.note(call(), success({}));
		expect(ledger.leftRunning).toEqual(['b']);
	});

	it('is closed by a reference as well', () => {
		const ledger = ledgerOf(
			[register, { CALL_ID: 'a' }],
			[register, { CALL_ID: 'b' }],
			[call({ ends: resultOf(0, 'CALL_ID') }), {}],
		);
		expect(ledger.leftRunning).toEqual(['a']);
	});

	it('is nothing where a call failed, or named nothing', () => {
		expect(
			ledgerOf(
				[register, failure],
				[register, {}],
				[register, { CALL_ID: 7 }],
				[register, null],
				[call(), { CALL_ID: 'a' }],
			).leftRunning,
		).toEqual([]);
	});

	it('is still open when the closing call failed', () => {
		expect(ledgerOf([register, { CALL_ID: 'a' }], [call({ ends: 'a' }), failure]).leftRunning).toEqual(['a']);
	});
});

describe('what was changed', () => {
	it('is each subject once, by the id that the portal gave', () => {
		const ledger = ledgerOf(
			[call({ parameters: { PHONE_NUMBER: '+49' } }), { CALL_ID: 'a' }],
			[call({ parameters: { CALL_ID: 'a' } }), true],
			[call({ parameters: { NUMBER: '101' }, effect: 'repeatable' }), null],
			[call(), []],
		);
		expect(ledger.changed).toEqual(['a', '101']);
		expect(ledger.hasChanged).toBe(true);
	});

	it('is told among reads and failures', () => {
		const entries: [Call, unknown][] = [
			[call({ effect: 'read' }), {}],
			[call({ parameters: { CALL_ID: 'b' } }), true],
			[call(), failure],
		];
		expect(ledgerOf(...entries).hasChanged).toBe(true);
		expect(ledgerOf(...entries).changed).toEqual(['b']);
	});

	it('is nothing by reads and failures', () => {
		const ledger = ledgerOf(
			[call({ effect: 'read' }), { CALL_ID: 'a' }],
			[call({ parameters: { CALL_ID: 'b' } }), failure],
		);
		ledger.note({ pause: 7 }, success(undefined));
		expect(ledger.changed).toEqual([]);
		expect(ledger.hasChanged).toBe(false);
	});
});

it('notes the failures of optional calls that are worth a word', () => {
	const ledger = ledgerOf(
		[optional(call()), failure],
		[tried(call()), failure],
		[call(), failure],
		[optional(call()), {}],
	);
	expect(ledger.notes).toEqual([failure]);
});

describe('a repeat of an item', () => {
	const [read, repeatable, once] = [call({ effect: 'read' }), call({ effect: 'repeatable' }), call()];
	it.each<[Call[], Step, string]>([
		[[], read, 'read'],
		[[], repeatable, 'repeatable'],
		[[], once, 'once'],
		[[read], read, 'read'],
		[[], { pause: 1 }, 'read'],
		[[repeatable], read, 'repeatable'],
		[[once, repeatable], read, 'once'],
		[[once], repeatable, 'once'],
		[[once], { pause: 1 }, 'once'],
	])('is as grave as the gravest of what was carried out and where it ended (%#)', (before, step, expected) => {
		const ledger = ledgerOf(...before.map((one): [Call, unknown] => [one, {}]), [once, failure]);
		expect(ledger.effectOfRepeat(step)).toBe(expected);
	});
});
