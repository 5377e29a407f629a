import { page } from '../../scale/report';
import { hold, median, type Trial } from '../../scale/trial';

const trial: Trial = { name: 'a trial', holds: 'one dial', run: () => Promise.resolve({ seen: '' }) };

it('writes a line for each trial, with what was seen or why it did not hold', () => {
	const text = page(
		['2 cores'],
		[
			{ trial, result: { seen: 'one | two\nthree', lostByN8n: 'nothing' } },
			{ trial, result: { seen: 'quiet' } },
			{ trial, result: { failed: 'two dials' } },
		],
	);
	expect(text).toContain('- 2 cores\n\n| trial |');
	expect(text).toContain('| a trial | one dial | yes | one \\| two three | nothing |\n');
	expect(text).toContain('| a trial | one dial | yes | quiet |  |\n');
	expect(text).toContain('| a trial | one dial | **no** | two dials |  |\n');
});

it('fails a trial with what was seen', () => {
	expect(() => hold(false, 'two dials')).toThrow('two dials');
	expect(() => hold(true, 'two dials')).not.toThrow();
});

it('takes the middle of what was measured', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(() => median([])).toThrow(RangeError);
});
