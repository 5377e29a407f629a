import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../port';
import { end, tail } from '../process';

/** A program that n8n needs beside it in queue mode. It listens on 127.0.0.1 only. */
export interface Service {
	/** TCP port. */
	readonly port: number;
	/** Its data, removed at the end. */
	readonly folder: string;
	/** Ends it in order and starts it again with its data; resolves when it takes connections. */
	restart(): Promise<void>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

interface Program {
	command: string;
	args: string[];
	/** Its working directory, for its data. */
	folder: string;
	/** Who runs it; without it the running user. */
	user?: User;
}

interface User {
	uid: number;
	gid: number;
}

/** Debian keeps the programs of PostgreSQL's server out of the PATH. */
const DEBIAN = '/usr/lib/postgresql';
/**
 * On a busy machine PostgreSQL takes its time to write what it has; its folder would stay behind when it is cut short.
 */
const STOP_GRACE_MS = 60_000;
const SUPERVISOR = join(__dirname, 'supervisor.cjs');
const INITDB =
	'[ -d data ] || "$1/initdb" --pgdata=data --username=n8n --auth=trust --encoding=UTF8 --locale=C --no-sync';
/** Nothing has to outlive a crash of the machine. The library counts statements, for whoever asks. */
const POSTGRES =
	'"$1/postgres" -D data -p "$2" -h 127.0.0.1 -k "" -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_preload_libraries=pg_stat_statements';

/**
 * Starts a Redis of its own, which keeps its data over a restart; it ends with the calling process.
 * @throws Error when redis-server is not installed, or with its last lines when it does not start
 */
export async function startRedis(): Promise<Service> {
	const port = await freePort();
	const command = join(find(['redis-server'], 'redis-server'), 'redis-server');
	return start(port, {
		command,
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes'],
		folder: folder(),
	});
}

/**
 * Starts a PostgreSQL of its own with fresh data; it ends with the calling process. Its superuser is `n8n`, without a
 * password, its database `postgres`. PostgreSQL refuses to run as root, who therefore runs it as the user `postgres`.
 * @throws Error when PostgreSQL is not installed, or with its last lines when it does not start
 */
export async function startPostgres(): Promise<Service> {
	const port = await freePort();
	const programs = find(['initdb', 'postgres'], 'postgresql');
	const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
	// The shell makes way for PostgreSQL, so that its signals reach the server.
	return start(port, {
		command: 'sh',
		args: ['-c', `(${INITDB}) && exec ${POSTGRES}`, 'sh', programs, String(port)],
		folder: folder(user),
		user,
	});
}

async function start(port: number, program: Program): Promise<Service> {
	const child = spawn(process.execPath, [SUPERVISOR, JSON.stringify(program)], {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
	await untilReady(child, program);
	return {
		port,
		folder: program.folder,
		async restart() {
			const ready = untilReady(child, program);
			child.send('restart');
			await ready;
		},
		stop: () => end(child, STOP_GRACE_MS),
	};
}

/** Waits for the next time that the program says it is ready: Redis and PostgreSQL do so in the same words. */
async function untilReady(child: ChildProcess, program: Program): Promise<void> {
	let printed = '';
	await new Promise<void>((resolve, reject) => {
		const keep = (chunk: Buffer): void => {
			printed += chunk.toString();
			if (!/ready to accept connections/i.test(printed)) return;
			for (const stream of [child.stdout, child.stderr]) stream?.off('data', keep);
			resolve();
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.once('error', reject);
		child.once('close', (code) =>
			reject(new Error(`${program.args.join(' ')} ended with code ${code}. Its last lines:\n${tail(printed)}`)),
		);
	});
}

/**
 * The first folder that has all these programs: of PostgreSQL's versions the latest.
 * @throws Error that says what to install
 */
export function find(programs: string[], debianPackage: string): string {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : [];
	const folders = [
		...versions.map((version) => join(DEBIAN, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	];
	const found = folders.find((one) => programs.every((program) => existsSync(join(one, program))));
	if (found) return found;
	throw new Error(
		`Queue mode of n8n needs ${programs.join(' and ')}, not installed here. On Debian: apt-get install ${debianPackage}; .ci/run does it.`,
	);
}

function idOf(flag: '-u' | '-g'): number {
	return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

function folder(owner?: User): string {
	const path = mkdtempSync(join(tmpdir(), 'n8n-service-'));
	if (owner) chownSync(path, owner.uid, owner.gid);
	return path;
}
