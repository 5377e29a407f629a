import { randomBytes } from 'node:crypto';
import { type RunningN8n, startN8n, type StartOptions } from './run';
import { type Service, startPostgres, startRedis } from './services';
import { statement } from './services/sql';

/** How many processes stand beside the main one. */
export interface QueueOptions extends StartOptions {
	webhooks: number;
	workers: number;
}

/** n8n in queue mode. Address, folder and restart are the main process's. */
export interface RunningQueue extends RunningN8n {
	/** The processes that take production webhooks, beside the main one. */
	readonly webhooks: readonly RunningN8n[];
	/** The processes that run the executions. */
	readonly workers: readonly RunningN8n[];
	readonly redis: Service;
	/** Main, webhook processes and workers each have a user of their own, of the name in {@link DATABASE_USERS}. */
	readonly postgres: Service;
}

/** Who asks the database, so that its statistics tell them apart. */
export const DATABASE_USERS = { start: 'main', webhook: 'webhook', worker: 'worker' } as const;

interface Stoppable {
	stop(): Promise<void>;
}

/**
 * Starts n8n in queue mode: PostgreSQL, Redis, the main process, webhook processes and workers, all on 127.0.0.1.
 * Everything ends with the calling process.
 * @throws Error of the part that did not start, for example because Redis is not installed; the others are stopped
 */
export async function startQueueN8n({ webhooks, workers, ...options }: QueueOptions): Promise<RunningQueue> {
	const services: Stoppable[] = [];
	const servers: Stoppable[] = [];
	const stop = async (): Promise<void> => {
		await Promise.all(servers.map((server) => server.stop()));
		await Promise.all(services.map((service) => service.stop()));
	};
	try {
		const [redis, postgres] = await all(services, startRedis(), startPostgres());
		for (const user of Object.values(DATABASE_USERS)) await statement(postgres, `CREATE ROLE ${user} SUPERUSER LOGIN`);
		const common = queueEnvironment(redis.port, postgres.port);
		const env = (command: keyof typeof DATABASE_USERS) => ({
			...common,
			DB_POSTGRESDB_USER: DATABASE_USERS[command],
			...options.env,
		});
		// It migrates the database before the others look at it.
		const [main] = await all(servers, startN8n({ ...options, env: env('start') }));
		const start = (command: 'webhook' | 'worker') =>
			startN8n({
				env: env(command),
				command,
				version: options.version,
				node: options.node,
				packages: options.packages,
				log: options.log,
			});
		const commands = [...Array<'webhook'>(webhooks).fill('webhook'), ...Array<'worker'>(workers).fill('worker')];
		const others = await all(servers, ...commands.map(start));
		return {
			version: main.version,
			url: main.url,
			port: main.port,
			userFolder: main.userFolder,
			get pid() {
				return main.pid;
			},
			logs: () => [main, ...others].map((server) => server.logs()).join(''),
			restart: () => main.restart(),
			stop,
			webhooks: others.slice(0, webhooks),
			workers: others.slice(webhooks),
			redis,
			postgres,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * What all processes have in common. Not the user folder: a second process in it takes the first for crashed, and waits
 * ten seconds (n8n/dist/crash-journal.js).
 */
export function queueEnvironment(redisPort: number, postgresPort: number): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
	};
}

/** Waits for all, remembers those that started, and throws the first failure. */
async function all<T extends Promise<Stoppable>[]>(running: Stoppable[], ...starts: T) {
	for (const one of await Promise.allSettled(starts)) if (one.status === 'fulfilled') running.push(one.value);
	return await Promise.all(starts);
}
