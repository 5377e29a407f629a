import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks a person for a line of text. @throws Error when nobody can be asked any more */
export type Ask = (question: string) => Promise<string>;

/**
 * Asks on a terminal without showing what is typed or pasted, so that it stays neither on the screen nor in its history.
 * From anything but a terminal it reads lines.
 * @param stopped ends the waiting
 */
export function secretPrompt(input: NodeJS.ReadStream, output: NodeJS.WritableStream, stopped: AbortSignal): Ask {
	return async (question) => {
		output.write(question);
		const nowhere = new Writable({
			write(_chunk, _encoding, done) {
				done();
			},
		});
		const lines = createInterface({ input, output: nowhere, terminal: input.isTTY });
		// A terminal in raw mode sends Ctrl-C as a sign.
		lines.once('SIGINT', () => process.emit('SIGINT'));
		const closed = new Promise<never>((_, reject) => {
			lines.once('close', () => {
				reject(new Error('Nothing was entered.'));
			});
		});
		try {
			return (await Promise.race([lines.question('', { signal: stopped }), closed])).trim();
		} finally {
			lines.close();
			output.write('\n');
		}
	};
}
