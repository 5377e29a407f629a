/** Where progress goes: `process.stderr`, or anything with a `write`. */
export interface Output {
	isTTY?: boolean;
	write(text: string): unknown;
}

/** A running account of one long job. */
export interface Progress {
	/** Names what happens from now on. */
	phase(text: string): void;
	/** Ends the account with a last line; no heartbeat comes after it. */
	end(text: string): void;
}

const REWRITE_MS = 1_000;
const HEARTBEAT_MS = 5_000;

/**
 * Tells a person, or a log, that a long job is alive. On a terminal one line is rewritten every second; elsewhere a new
 * line appears at every phase and at least every 5 seconds, so that no CI system takes silence for a hang.
 * @param output where to write
 * @param title what the job is, put before every line
 * @returns the account; call `end` or the heartbeat goes on (it never keeps the process alive by itself)
 */
export function createProgress(output: Output, title: string): Progress {
	const started = Date.now();
	const terminal = output.isTTY === true;
	let current = '';

	const line = (text: string) => `${title}: ${text} (${Math.round((Date.now() - started) / 1_000)} s)`;
	const show = (text: string) => output.write(terminal ? `\r\u001b[2K${line(text)}` : `${line(text)}\n`);
	const beat = setInterval(() => show(current), terminal ? REWRITE_MS : HEARTBEAT_MS);
	beat.unref();

	return {
		phase(text) {
			current = text;
			show(text);
			beat.refresh();
		},
		end(text) {
			clearInterval(beat);
			show(text);
			if (terminal) output.write('\n');
		},
	};
}

/**
 * Does work whose account begins with its first report: nothing is written when there is nothing to do.
 * @param work gets a function that names what happens from now on
 * @throws whatever the work throws; the account has ended then
 */
export async function reporting(
	output: Output,
	title: string,
	work: (report: (text: string) => void) => Promise<void>,
): Promise<void> {
	let progress: Progress | undefined;
	try {
		await work((text) => {
			progress ??= createProgress(output, title);
			progress.phase(text);
		});
		progress?.end('done');
	} catch (error) {
		progress?.end('failed');
		throw error;
	}
}
