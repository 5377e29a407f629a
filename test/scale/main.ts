import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../tools/build';
import { installN8n } from '../../tools/n8n/install';
import { command } from '../../tools/n8n/services/redis';
import { select } from '../../tools/n8n/services/sql';
import { ROOT } from '../../tools/programs';
import { readScaleArguments } from './arguments';
import { startFarm, type Farm } from './farm';
import { page, table, type Row } from './report';
import { FULL, type Seen, type Trial } from './trial';
import { trials } from './trials';

const PAGE = join(ROOT, 'docs/scale.md');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started ends with this process.
	process.on(signal, () => process.exit(130));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

/**
 * `npm run test:scale`: all trials in full. `--write` renews the report, `--rate=10` sends ten clicks a second at most
 * instead of five.
 */
async function main(): Promise<void> {
	const { rate, write } = readScaleArguments(process.argv.slice(2));
	await installN8n();
	const [before = 0] = loadavg();
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	console.log('Starting Redis, PostgreSQL, main, two workers and two webhook processes ...');
	const farm = await startFarm();
	try {
		const facts = await factsOf(farm, before);
		const rows: Row[] = [];
		for (const trial of trials) {
			const row = { trial, result: await resultOf(trial, farm, rate) };
			rows.push(row);
			console.log(`\n${table([row]).split('\n').at(-1) ?? ''}`);
		}
		if (write) writeFileSync(PAGE, page(facts, rows));
		const failed = rows.filter(({ result }) => 'failed' in result).length;
		console.log(`\n${rows.length - failed} passed, ${failed} failed`);
		process.exitCode = failed > 0 ? 1 : 0;
	} finally {
		await farm.stop();
	}
}

async function resultOf(trial: Trial, farm: Farm, perSecond: number): Promise<Seen | { failed: string }> {
	try {
		return await trial.run(farm, { ...FULL, perSecond });
	} catch (error) {
		return { failed: error instanceof Error ? error.message : String(error) };
	}
}

/** @param before load average of the machine when nothing was started yet: what others took of it */
async function factsOf({ n8n, queue }: Farm, before: number): Promise<string[]> {
	const { versionCli } = await n8n.session.request<{ versionCli: string }>('GET', '/rest/settings');
	const [postgres] = await select<{ version: string }>(
		queue.postgres,
		`SELECT current_setting('server_version') AS version`,
	);
	const [cpu] = cpus();
	const [, redis] = /redis_version:(\S+)/.exec(await command(queue.redis, 'info', 'server')) ?? [];
	const machine = `${cpus().length} cores (${cpu?.model ?? 'unknown'})`;
	return [
		`${new Date().toISOString().slice(0, 10)}, ${machine}; load average before the start ${before.toFixed(1)}`,
		`n8n ${versionCli}, PostgreSQL ${postgres?.version ?? 'unknown'}, Redis ${redis ?? 'unknown'}`,
	];
}
