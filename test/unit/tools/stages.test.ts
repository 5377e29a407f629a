import { closingLine, countCheck, countTests, KINDS, readArguments, sum } from '../../../tools/test/stages';

describe('readArguments', () => {
	it('runs every kind when none is named, but those that take minutes', () => {
		expect(readArguments([]).stages).toEqual(KINDS.filter((kind) => kind !== 'scale'));
	});

	it('runs these too when they are named, or all are', () => {
		expect(readArguments(['scale']).stages).toEqual(['scale']);
		expect(readArguments(['all']).stages).toEqual(KINDS);
	});

	it('runs the named kinds in their order, whatever the order of the names', () => {
		expect(readArguments(['unit', 'lint']).stages).toEqual(['lint', 'unit']);
	});

	it.each([[['-t', 'engine']], [['test/unit/tools', '-t', 'engine']], [['cache.test.ts']]])(
		'hands everything from the first option or path on to jest: %j',
		(rest) => {
			expect(readArguments(['unit', ...rest])).toEqual({ stages: ['unit'], jestArguments: rest });
		},
	);

	it('refuses an unknown kind and names the known ones', () => {
		expect(() => readArguments(['units'])).toThrow(/units.*Known: lint, types/);
	});
});

describe('counting', () => {
	it('counts a file that broke before its first test as a failure', () => {
		expect(countTests({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 2 })).toEqual({
			passed: 3,
			failed: 3,
		});
	});

	it('counts a check as one test', () => {
		expect([countCheck(true), countCheck(false)]).toEqual([
			{ passed: 1, failed: 0 },
			{ passed: 0, failed: 1 },
		]);
	});

	it('adds up the stages and ends with the line that CI reads', () => {
		expect(
			closingLine(
				sum([
					{ passed: 2, failed: 0 },
					{ passed: 40, failed: 1 },
				]),
			),
		).toBe('42 passed, 1 failed');
		expect(closingLine(sum([]))).toBe('0 passed, 0 failed');
	});
});
