import { PassThrough } from 'node:stream';
import { secretPrompt } from '../../../check/access/prompt';

/** A prompt whose input and output are at hand; a terminal or not. */
function prompting(isTTY: boolean) {
	const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input }) as unknown as NodeJS.ReadStream &
		PassThrough;
	const output = new PassThrough();
	const stop = new AbortController();
	return { ask: secretPrompt(input, output, stop.signal), input, shown: () => String(output.read() ?? ''), stop };
}

it.each([true, false])('shows the question and never the answer (terminal: %s)', async (isTTY) => {
	const { ask, input, shown } = prompting(isTTY);
	const answer = ask('Secret: ');
	input.write(' s3cret \n');
	expect([await answer, shown()]).toEqual(['s3cret', 'Secret: \n']);
});

it('hides before it asks, and lets Ctrl-C through afterwards', async () => {
	const { ask, input, shown } = prompting(true);
	const steps: string[] = [];
	input.setRawMode = (raw) => {
		steps.push(`${raw ? 'hidden' : 'open'} ${shown()}`);
		return input;
	};
	const answer = ask('Secret: ');
	steps.push(shown());
	input.write('s3cret\n');
	await answer;
	expect(steps.slice(-3)).toEqual(['hidden ', 'Secret: ', 'open \n']);
});

it('reads lines that came together one after the other, also an empty one', async () => {
	const { ask, input } = prompting(false);
	input.end('\nid\nsecret\n');
	expect([await ask('1'), await ask('2'), await ask('3')]).toEqual(['', 'id', 'secret']);
	await expect(ask('4')).rejects.toThrow('Nothing was entered.');
});

it('stops waiting when the command is stopped', async () => {
	const { ask, stop } = prompting(true);
	const answer = ask('Secret: ');
	stop.abort();
	await expect(answer).rejects.toThrow('Nothing was entered.');
});
