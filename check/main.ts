import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { secretPrompt } from './access/prompt';
import { runCommand } from './command';
import { sendByFetch } from './wire';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		if (!stop.signal.aborted) process.stderr.write('\nStopping after this question, and cleaning up.\n');
		stop.abort();
	});
}

void runCommand(process.argv.slice(2), {
	environment: process.env,
	send: sendByFetch,
	ask: secretPrompt(process.stdin, process.stderr, stop.signal),
	stopped: stop.signal,
	tell: (line) => process.stderr.write(`${line}\n`),
	print: (text) => process.stdout.write(`${text}\n`),
	progress: (done, all) => {
		if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} questions${done === all ? '\n' : ''}`);
	},
	// npm runs a command in the folder of the package; the person stands here.
	pathOf: (file) => resolve(process.env.INIT_CWD ?? process.cwd(), file),
	write: writeFileSync,
	clock: { now: Date.now, sleep: async (milliseconds) => sleep(milliseconds) },
	chance: () => randomBytes(8).toString('hex'),
}).then((code) => {
	process.exitCode = code;
});
