import { startPostgres } from '.';

/** The databases that n8n knows. */
export const DATABASES = ['SQLite', 'PostgreSQL'] as const;
export type Database = (typeof DATABASES)[number];

/** A database for one n8n: what n8n has to be told of it, and how it ends. */
export interface RunningDatabase {
	env: Record<string, string>;
	stop(): Promise<void>;
}

/**
 * Starts a database of its own with fresh data. SQLite needs no start: n8n keeps it in its user folder.
 * @throws Error when PostgreSQL is not installed or does not start
 */
export async function startDatabase(database: Database): Promise<RunningDatabase> {
	if (database === 'SQLite') return { env: { DB_TYPE: 'sqlite' }, stop: () => Promise.resolve() };
	const { port, stop } = await startPostgres();
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
	};
	return { env, stop };
}
