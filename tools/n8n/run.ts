import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { n8nEnvironment } from './environment';
import { type N8nChoice, installN8n } from './install';
import { placePackage } from './package';
import { freePort } from './port';
import { end, END_WITH_PARENT, tail } from './process';
import { usualVersion, type VersionName, VERSIONS } from './versions';

/** How to start an n8n; all parts are optional. */
export interface StartOptions extends N8nChoice {
	/** N8N_USER_FOLDER; without it a temporary one, removed at the end. */
	userFolder?: string;
	/** TCP port; without it a free one. */
	port?: number;
	/** Environment settings that win over the defaults, for example `{ GENERIC_TIMEZONE: 'Europe/Berlin' }`. */
	env?: Record<string, string>;
	/** Repositories of built packages to place in n8n. */
	packages?: string[];
	/** Which process of n8n; without it the one that does everything, in queue mode the main one. */
	command?: 'start' | 'webhook' | 'worker';
	/** Receives each piece of n8n's output as it comes. */
	log?: (text: string) => void;
	/** Is told when n8n, once it was ready, has ended without having been asked to; with the last lines of its output. */
	died?: (lastLines: string) => void;
}

/** A running n8n. */
export interface RunningN8n {
	readonly version: VersionName;
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	readonly userFolder: string;
	/** Everything n8n printed so far, of all its starts. */
	logs(): string;
	/** Ends n8n and starts it again with the same port and data; resolves when it is ready. */
	restart(): Promise<void>;
	/** Ends n8n and removes a temporary user folder. A second call does nothing. */
	stop(): Promise<void>;
}

/** In queue mode five processes start at once; on a busy machine that takes two minutes. */
const READY_WITHIN_MS = 240_000;
const READY_POLL_MS = 100;
const PORT_ATTEMPTS = 3;

/**
 * Starts a reduced n8n (installing it when needed) and waits until it answers requests. It listens on 127.0.0.1 only
 * and ends with the calling process, even when that is killed.
 * @throws Error with the last lines of n8n's output when it ends or is not ready within four minutes
 */
export async function startN8n(options: StartOptions = {}): Promise<RunningN8n> {
	const { version = usualVersion() } = options;
	const temporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'n8n-'));
	let printed = '';
	const keep = (text: string) => {
		printed += text;
		options.log?.(text);
	};
	const removeFolder = () => {
		process.off('exit', removeFolder);
		if (temporary) rmSync(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	process.once('exit', removeFolder);

	let child: ChildProcess;
	let isAskedToEnd = false;
	const endIt = async () => {
		isAskedToEnd = true;
		await end(child);
	};
	let port = options.port ?? 0;
	const boot = async () => {
		const { node, n8n } = await installN8n({ version, node: options.node });
		const { disabledModules } = VERSIONS[version];
		const env = n8nEnvironment(process.env, {
			userFolder,
			port,
			brokerPort: await freePort(),
			disabledModules,
			extra: options.env,
		});
		if (temporary) env.HOST_TEMPORARY_FOLDER = userFolder;
		const { command = 'start' } = options;
		child = spawn(node, ['--require', END_WITH_PARENT, n8n, command], {
			cwd: userFolder,
			env,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => keep(chunk.toString()));
		await untilReady(
			child,
			READY[command].map((path) => `http://127.0.0.1:${port}${path}`),
			() => printed,
		);
		isAskedToEnd = false;
		child.once('exit', () => {
			if (!isAskedToEnd) options.died?.(tail(printed));
		});
	};

	try {
		for (const dir of options.packages ?? []) await placePackage(dir, userFolder);
		await untilPortIsOurs(async () => {
			if (options.port === undefined) port = await freePort();
			await boot();
		});
	} catch (error) {
		removeFolder();
		throw error;
	}

	return {
		version,
		url: `http://127.0.0.1:${port}`,
		port,
		get pid() {
			return child.pid ?? 0;
		},
		userFolder,
		logs: () => printed,
		async restart() {
			await endIt();
			await boot();
		},
		async stop() {
			await endIt();
			removeFolder();
		},
	};
}

/** Between looking for a free port and n8n's use of it, another program may take it. */
async function untilPortIsOurs(boot: () => Promise<void>): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await boot();
		} catch (error) {
			if (!/port \d+ is already in use/i.test(String(error)) || attempt === PORT_ATTEMPTS) throw error;
		}
	}
}

/**
 * What answers with 200 once a process can be used. Readiness means that the database is migrated
 * (n8n/dist/abstract-server.js); the main process of 1.123 says it when its routes are not there yet.
 */
const READY = {
	start: ['/healthz/readiness', '/rest/settings'],
	webhook: ['/healthz/readiness'],
	worker: ['/healthz/readiness'],
} as const;

async function untilReady(child: ChildProcess, addresses: string[], printed: () => string): Promise<void> {
	let failure: string | undefined;
	child.once('error', (error) => (failure = `n8n could not be started: ${error.message}`));
	child.once('exit', (code, signal) => (failure = `n8n ended with ${signal ?? `code ${code}`} before it was ready`));
	const deadline = Date.now() + READY_WITHIN_MS;
	for (const address of addresses)
		while (!(await answers(address))) {
			if (Date.now() > deadline) {
				failure = `n8n was not ready after ${READY_WITHIN_MS / 1_000} seconds`;
				await end(child);
			}
			if (failure) throw new Error(`${failure}. Its last lines:\n${tail(printed())}`);
			await sleep(READY_POLL_MS);
		}
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url);
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
