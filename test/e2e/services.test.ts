import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { until } from '../../tools/n8n/driver';
import { command } from '../../tools/n8n/services/redis';
import { startPostgres, startRedis } from '../../tools/n8n/services';
import { select, statement } from '../../tools/n8n/services/sql';
import { ROOT } from '../../tools/programs';

async function listens(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

it('Redis and PostgreSQL end with their parent, even when that is killed, and take their data along', async () => {
	const program = `const { startPostgres, startRedis } = require('./tools/n8n/services');
	Promise.all([startRedis(), startPostgres()]).then((services) => process.send(services.map(({ port, folder }) => ({ port, folder }))));`;
	const parent = spawn(process.execPath, ['--import', 'tsx', '-e', program], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const [services] = (await once(parent, 'message')) as [{ port: number; folder: string }[]];
	expect(
		await Promise.all(services.map(({ port, folder }) => listens(port).then((there) => there && existsSync(folder)))),
	).toEqual([true, true]);
	parent.kill('SIGKILL');
	for (const { port, folder } of services) {
		await until(
			async () => ((await listens(port)) || existsSync(folder) ? undefined : true),
			() => `port ${port} or ${folder} is still there`,
		);
	}
});

it('Redis and PostgreSQL keep their data over a restart, and leave nothing when they are stopped', async () => {
	const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
	try {
		await command(redis, 'set', 'one', 'kept');
		await statement(postgres, `CREATE TABLE one AS SELECT 'kept' AS word`);
		const started = async () => await select(postgres, 'SELECT pg_postmaster_start_time() AS at');
		const before = await started();
		await Promise.all([redis.restart(), postgres.restart()]);
		expect(await command(redis, 'get', 'one')).toBe('kept');
		expect(await select(postgres, 'SELECT word FROM one')).toEqual([{ word: 'kept' }]);
		expect(await started()).not.toEqual(before);
	} finally {
		await Promise.all([redis.stop(), postgres.stop()]);
	}
	expect([existsSync(redis.folder), existsSync(postgres.folder)]).toEqual([false, false]);
});
