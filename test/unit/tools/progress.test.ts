import { createProgress, reporting } from '../../../tools/n8n/progress';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function record(isTTY: boolean) {
	const written: string[] = [];
	return { written, output: { isTTY, write: (text: string) => written.push(text) } };
}

it('writes a line a phase and at least every five seconds into a log', () => {
	const { written, output } = record(false);
	const progress = createProgress(output, 'Installing');
	progress.phase('fetching');
	jest.advanceTimersByTime(11_000);
	progress.end('done');
	jest.advanceTimersByTime(20_000);
	expect(written).toEqual([
		'Installing: fetching (0 s)\n',
		'Installing: fetching (5 s)\n',
		'Installing: fetching (10 s)\n',
		'Installing: done (11 s)\n',
	]);
});

it('rewrites one line on a terminal and ends it', () => {
	const { written, output } = record(true);
	const progress = createProgress(output, 'Installing');
	progress.phase('fetching');
	jest.advanceTimersByTime(1_000);
	progress.end('done');
	expect(written).toEqual([
		'\r\u001b[2KInstalling: fetching (0 s)',
		'\r\u001b[2KInstalling: fetching (1 s)',
		'\r\u001b[2KInstalling: done (1 s)',
		'\n',
	]);
});

describe('work with an account', () => {
	it('writes nothing when there was nothing to do', async () => {
		const { written, output } = record(false);
		await reporting(output, 'Installing', () => Promise.resolve());
		expect(written).toEqual([]);
	});

	it('ends the account, also when the work fails', async () => {
		const { written, output } = record(false);
		await reporting(output, 'Installing', (report) => Promise.resolve(report('fetching')));
		const failing = reporting(output, 'Installing', (report) => {
			report('fetching');
			return Promise.reject(new Error('no network'));
		});
		await expect(failing).rejects.toThrow('no network');
		jest.advanceTimersByTime(20_000);
		expect(written.map((line) => line.trim())).toEqual([
			'Installing: fetching (0 s)',
			'Installing: done (0 s)',
			'Installing: fetching (0 s)',
			'Installing: failed (0 s)',
		]);
	});
});
