import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from '../arguments';

/** Asks a person for a line of text. @throws UsageError when nobody can be asked any more */
export type Ask = (question: string) => Promise<string>;

/**
 * Asks on a terminal without showing what is typed or pasted, so that it stays neither on the screen nor in its
 * history. From anything but a terminal it reads one line after the other.
 * @param stopped ends the waiting
 */
export function secretPrompt(input: NodeJS.ReadStream, output: NodeJS.WritableStream, stopped: AbortSignal): Ask {
	const waiting: string[] = [];
	let ended = false;
	let lines: Interface | undefined;
	let wake: () => void = () => undefined;
	const open = (): Interface => {
		const opened = createInterface({ input, output: nowhere(), terminal: input.isTTY });
		opened.on('line', (line) => {
			waiting.push(line);
			wake();
		});
		opened.on('close', () => {
			ended = true;
			wake();
		});
		// A terminal that shows nothing sends Ctrl-C as a sign.
		opened.on('SIGINT', () => process.emit('SIGINT'));
		stopped.addEventListener(
			'abort',
			() => {
				opened.close();
			},
			{ once: true },
		);
		return opened;
	};
	return async (question) => {
		lines ??= open();
		lines.resume();
		// First, or what is pasted at once would be shown by the terminal itself.
		if (input.isTTY) input.setRawMode(true);
		output.write(question);
		while (waiting.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
		output.write('\n');
		const line = waiting.shift();
		if (line === undefined)
			throw new UsageError('Nothing was entered. Type it, or give it by the environment or --secrets.');
		// Between two questions nobody listens, or the command would never end, and Ctrl-C is a signal again.
		lines.pause();
		if (input.isTTY) input.setRawMode(false);
		return line.trim();
	};
}

function nowhere(): Writable {
	return new Writable({
		write(_chunk, _encoding, done) {
			done();
		},
	});
}
