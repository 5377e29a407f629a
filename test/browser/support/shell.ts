import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/programs';

/** Commands of the README, in the order in which a reader meets them. */
export function readmeCommands(): string[] {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
	const blocks = [...readme.matchAll(/^```(?:sh|bash)?\n([^]*?)^```/gm)].map(([, code = '']) => code);
	return blocks.flatMap((code) => code.split('\n').filter(Boolean));
}

/** A command in a terminal of its own, as a person starts it. */
export class Terminal {
	private printed = '';

	private constructor(private readonly child: ChildProcess) {
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.printed += String(data)));
	}

	/** Types a command in the folder of the project. */
	static type(command: string): Terminal {
		// A group of its own, which Ctrl+C reaches as a whole.
		return new Terminal(spawn(command, { cwd: ROOT, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }));
	}

	/** What stands in the terminal. */
	get text(): string {
		return this.printed;
	}

	/**
	 * Waits for words in the terminal.
	 * @throws Error with all that was printed when the command ends without them
	 */
	async shows(words: string): Promise<void> {
		while (!this.printed.includes(words)) {
			if (this.child.exitCode !== null)
				throw new Error(`The command ended with ${this.child.exitCode}:\n${this.printed}`);
			await Promise.race([once(this.child.stdout ?? this.child, 'data'), once(this.child, 'exit')]);
		}
	}

	/**
	 * What the terminal says behind a name.
	 * @throws Error when the name is not there
	 */
	value(name: string): string {
		const value = new RegExp(`^\\s*${name}\\s+(\\S+)`, 'm').exec(this.printed)?.[1];
		if (!value) throw new Error(`The terminal does not say ${name}:\n${this.printed}`);
		return value;
	}

	/** Presses Ctrl+C and waits until the command is over. */
	async interrupt(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const over = once(this.child, 'exit');
		if (this.child.pid) process.kill(-this.child.pid, 'SIGINT');
		await over;
	}
}
