import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readArguments, USAGE, UsageError } from './arguments';
import { connect } from './access/connect';
import { secretPrompt } from './access/prompt';
import { readSecrets } from './access/secrets';
import { check, Refused } from './check';
import { paced } from './pace';
import { markdown } from './report/markdown';
import { reportOf } from './report/report';
import { NoAnswer, sendByFetch, type Send } from './wire';

/** npm runs a command in the folder of the package; the person stands here. */
const here = (file: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), file);

async function main(args: readonly string[]): Promise<void> {
	if (args.includes('--help')) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	const options = readArguments(args);
	const stop = new AbortController();
	process.on('SIGINT', () => interrupt(stop));
	process.on('SIGTERM', () => interrupt(stop));
	const tell = (line: string): void => {
		process.stderr.write(`${line}\n`);
	};

	let requests = 0;
	const counted: Send = (request) => {
		requests += 1;
		return sendByFetch(request);
	};
	const secrets = await readSecrets(process.env, options.secrets === undefined ? undefined : here(options.secrets));
	const entry = await connect(options, secrets, { send: counted, ask: secretPrompt(process.stdin, process.stderr, stop.signal), tell, now: Date.now, state: randomBytes(8).toString('hex') });
	const send = paced(counted, { now: Date.now, sleep: async (milliseconds) => sleep(milliseconds) });
	const began = Date.now();
	const { rows, left } = await check({
		...entry, portal: entry.portal.through(send), allowed: options, mark: randomBytes(4).toString('hex'), stopped: stop.signal,
		...(entry.connection === undefined ? {} : { connection: { ...entry.connection, server: entry.connection.server.through(send) } }),
		progress: (done, all) => process.stderr.write(process.stderr.isTTY ? `\r${done} of ${all} questions` : ''),
	});
	tell('');

	const day = new Date().toISOString().slice(0, 10);
	const report = reportOf(rows, { day, way: entry.way, wrote: options.write, requests, seconds: Math.round((Date.now() - began) / 1000), left });
	const file = here(options.output ?? `portal-check-${day}.json`);
	writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
	process.stdout.write(`${markdown(report)}\n`);
	tell(`Written to ${file}. Neither holds a token, a name, a number or an address: paste the table into an issue, or attach the file.`);
	if (left.length > 0) tell(`Could not be cleaned up: ${left.join('; ')}.`);
	if (stop.signal.aborted) process.exitCode = 130;
}

function interrupt(stop: AbortController): void {
	if (!stop.signal.aborted) process.stderr.write('\nStopping after this question, and cleaning up.\n');
	stop.abort();
}

main(process.argv.slice(2)).catch((error: unknown) => {
	process.exitCode = 1;
	if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}\n`);
	else if (error instanceof Refused) process.stderr.write(`${error.message}\n`);
	else if (error instanceof NoAnswer) process.stderr.write(`No answer: ${error.reason}.\n`);
	// Anything else is a mistake of this program; its text might hold what a portal said.
	else process.stderr.write(`The check failed (${error instanceof Error ? error.name : 'unknown'}).\n`);
});
