import { readArguments, USAGE, UsageError } from './arguments';
import { connect, type Entry } from './access/connect';
import type { Ask } from './access/prompt';
import { readSecrets } from './access/secrets';
import { check, Refused } from './check';
import { paced, type Clock } from './pace';
import { markdown } from './report/markdown';
import { reportOf, type Report } from './report/report';
import { NoAnswer, type Send } from './wire';

/** What the command needs of the machine. */
export interface Machine {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly send: Send;
	readonly ask: Ask;
	/** Shows a line to the person. */
	readonly tell: (line: string) => void;
	/** Gives the result out. */
	readonly print: (text: string) => void;
	/** Shows how many questions of how many are through. */
	readonly progress: (done: number, all: number) => void;
	/** The path of a file that the person names. */
	readonly pathOf: (file: string) => string;
	/** @throws Error when the file cannot be written */
	readonly write: (path: string, text: string) => void;
	readonly clock: Clock;
	/** A text that nobody can guess. */
	readonly chance: () => string;
	/** Aborts when the person stops the command. */
	readonly stopped: AbortSignal;
}

/**
 * The whole command: reads, connects, asks, tells and writes.
 * @returns the exit code: 0, 1 = it could not be made, 130 = it was stopped
 */
export async function runCommand(args: readonly string[], machine: Machine): Promise<number> {
	if (args.includes('--help')) {
		machine.print(USAGE);
		return 0;
	}
	try {
		await makeReport(args, machine);
		return machine.stopped.aborted ? 130 : 0;
	} catch (error) {
		machine.tell(machine.stopped.aborted ? 'Stopped before anything was asked.' : failureText(error));
		return machine.stopped.aborted ? 130 : 1;
	}
}

async function makeReport(args: readonly string[], machine: Machine): Promise<void> {
	const options = readArguments(args);
	const { clock, tell } = machine;
	let requests = 0;
	const counted: Send = (request) => {
		requests += 1;
		return machine.send(request);
	};
	const secrets = await readSecrets(
		machine.environment,
		options.secrets === undefined ? undefined : machine.pathOf(options.secrets),
	);
	const entry = await connect(options, secrets, {
		send: counted,
		ask: machine.ask,
		tell,
		now: clock.now,
		state: machine.chance(),
	});
	const began = clock.now();
	const { rows, left } = await check({
		...through(entry, paced(counted, clock)),
		allowed: options,
		mark: machine.chance(),
		stopped: machine.stopped,
		progress: machine.progress,
	});
	const day = new Date(clock.now()).toISOString().slice(0, 10);
	const report = reportOf(rows, {
		day,
		way: entry.way,
		wrote: options.write,
		requests,
		seconds: Math.round((clock.now() - began) / 1000),
		left,
	});
	hand(report, options.output ?? `portal-check-${day}.json`, machine);
}

const through = ({ portal, connection }: Entry, send: Send): Pick<Entry, 'portal' | 'connection'> => ({
	portal: portal.through(send),
	...(connection === undefined ? {} : { connection: { ...connection, server: connection.server.through(send) } }),
});

/** The table first: it is there even when the file cannot be written. */
function hand(report: Report, output: string, { print, tell, pathOf, write }: Machine): void {
	print(markdown(report));
	if (report.left.length > 0) tell(`Could not be cleaned up: ${report.left.join('; ')}.`);
	const file = pathOf(output);
	try {
		write(file, `${JSON.stringify(report, null, '\t')}\n`);
	} catch {
		throw new UsageError(`The report cannot be written to ${file}. Name another file with --output.`);
	}
	tell(
		`Written to ${file}. Neither it nor the table holds a token, a name, a number or an address: paste the table into an issue, or attach the file.`,
	);
}

/** Anything but these is a mistake of this program; its text might hold what a portal said. */
function failureText(error: unknown): string {
	if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
	if (error instanceof Refused) return error.message;
	if (error instanceof NoAnswer) return `No answer: ${error.reason}.`;
	return `The check failed (${error instanceof Error ? error.name : 'unknown'}). Please tell us.`;
}
