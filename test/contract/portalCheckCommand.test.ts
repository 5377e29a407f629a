import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USAGE } from '../../check/arguments';
import { runCommand, type Machine } from '../../check/command';
import { sendByFetch } from '../../check/wire';
import { startPortal, type Portal } from '../../sandbox/portal';

let portal: Portal;
beforeAll(async () => {
	portal = await startPortal();
});
afterAll(() => portal.stop());

/** Runs the command with a clock that does not wait. */
async function command(
	args: readonly string[],
	environment: Record<string, string> = {},
	changes: Partial<Machine> = {},
) {
	const told: string[] = [];
	const printed: string[] = [];
	const files: Record<string, string> = {};
	let time = Date.UTC(2026, 10, 21);
	const code = await runCommand(args, {
		environment,
		send: sendByFetch,
		ask: () => Promise.resolve(''),
		tell: (line) => told.push(line),
		print: (text) => printed.push(text),
		progress: () => undefined,
		pathOf: (file) => `/here/${file}`,
		chance: () => 'chance',
		stopped: new AbortController().signal,
		write: (path, text) => {
			files[path] = text;
		},
		clock: {
			now: () => time,
			sleep: (milliseconds) => {
				time += milliseconds;
				return Promise.resolve();
			},
		},
		...changes,
	});
	return { code, told: told.join('\n'), printed: printed.join('\n'), files };
}

const webhook = (): string => `${portal.url}/rest/1/${portal.state.webhooks[0]?.code ?? ''}/`;

it('prints the table, writes the file, and says where', async () => {
	const { code, told, printed, files } = await command(['--portal', portal.url], { BITRIX24_WEBHOOK: webhook() });
	expect(code).toBe(0);
	expect(told).toMatch(/^Written to \/here\/portal-check-2026-11-21\.json\./);
	expect(printed).toMatch(
		/^### Portal check of 2026-11-21\n\nAsked through an incoming webhook, without --write: \d+ requests in \d+ s\./,
	);
	expect(printed).toContain('| profile result | ');
	expect(JSON.parse(files['/here/portal-check-2026-11-21.json'] ?? '')).toMatchObject({
		day: '2026-11-21',
		wrote: false,
		counts: { differs: 0 },
		left: [],
	});
});

it('keeps the two minutes that it promises', async () => {
	const { printed } = await command(['--portal', portal.url], { BITRIX24_WEBHOOK: webhook() });
	expect(Number(/requests in (\d+) s/.exec(printed)?.[1])).toBeLessThan(120);
});

it.each<[string, string[], Record<string, string>, RegExp]>([
	['no portal', [], {}, /^--portal is missing/],
	[
		'a webhook that the portal does not know',
		['--portal', 'PORTAL'],
		{ BITRIX24_WEBHOOK: 'PORTAL/rest/1/wr0ng/' },
		/^The portal refused the access: 401 NO_AUTH_FOUND Wrong authorization data/,
	],
	[
		'an address that is no portal',
		['--portal', 'PORTAL'],
		{ BITRIX24_ACCESS_TOKEN: 'x' },
		/^The portal refused the access: 401 invalid_token/,
	],
])('ends with 1 and a reason: %s', async (_, args, environment, text) => {
	const fill = (value: string): string => value.replace('PORTAL', portal.url);
	const { code, told, printed } = await command(
		args.map(fill),
		Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)])),
	);
	expect([code, printed]).toEqual([1, '']);
	expect(told).toMatch(text);
	expect(told).not.toContain('wr0ng');
});

it('says that an address is no portal', async () => {
	const { code, told } = await command(['--portal', portal.authorizationUrl], { BITRIX24_ACCESS_TOKEN: 'x' });
	expect([code, told]).toEqual([1, expect.stringMatching(/^(This is no Bitrix24 portal|The portal refused)/)]);
});

it('shows the table although the file cannot be written', async () => {
	const write = (): never => {
		throw new Error('EACCES /secret');
	};
	const { code, told, printed } = await command(
		['--portal', portal.url, '--output', 'x.json'],
		{ BITRIX24_WEBHOOK: webhook() },
		{ write },
	);
	expect([code, told]).toEqual([1, expect.stringMatching(/^The report cannot be written to \/here\/x\.json/)]);
	expect(printed).toContain('### Portal check');
});

it('tells nothing of a mistake of its own but its kind', async () => {
	const { told } = await command(
		['--portal', portal.url],
		{ BITRIX24_WEBHOOK: webhook() },
		{ send: () => Promise.reject(new RangeError('secret')) },
	);
	expect(told).toBe('The check failed (RangeError). Please tell us.');
});

it('shows how it is used', async () => {
	expect(await command(['--help'])).toMatchObject({ code: 0, printed: USAGE });
});

/** The real command in a process of its own. */
function start(
	args: readonly string[],
	folder: string,
): { process: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
	const child = spawn(process.execPath, ['--import', 'tsx', 'check/main.ts', ...args], {
		cwd: join(__dirname, '../..'),
		env: { ...process.env, INIT_CWD: folder },
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const ended = new Promise<{ code: number | null; said: string }>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			resolve({ code, said });
		});
	});
	return { process: child, ended };
}

it('runs from the command line, takes the webhook from the prompt, and when it is stopped tells what it knows', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'portal-check-'));
	try {
		const { process: child, ended } = start(['--portal', portal.url, '--output', 'report.json'], folder);
		portal.app.server.once('request', () => child.kill('SIGINT'));
		child.stdin?.end(`${webhook()}\n`);
		const { code, said } = await ended;
		expect(code).toBe(130);
		expect(said).toContain('Stopping after this question, and cleaning up.');
		expect(said).not.toContain(webhook());
		expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
			wrote: false,
			counts: { differs: 0 },
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
});

it('ends when nobody types', async () => {
	const { process: child, ended } = start(['--portal', portal.url], tmpdir());
	child.stdin?.end();
	const { code, said } = await ended;
	expect([code, said]).toEqual([1, expect.stringContaining('Nothing was entered')]);
});
