import { createProgress } from '../../../tools/host/progress';

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
	expect(written).toEqual(['Installing: fetching (0 s)\n', 'Installing: fetching (5 s)\n', 'Installing: fetching (10 s)\n', 'Installing: done (11 s)\n']);
});

it('rewrites one line on a terminal and ends it', () => {
	const { written, output } = record(true);
	const progress = createProgress(output, 'Installing');
	progress.phase('fetching');
	jest.advanceTimersByTime(1_000);
	progress.end('done');
	expect(written).toEqual(['\r\u001b[2KInstalling: fetching (0 s)', '\r\u001b[2KInstalling: fetching (1 s)', '\r\u001b[2KInstalling: done (1 s)', '\n']);
});
