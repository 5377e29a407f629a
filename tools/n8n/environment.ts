import type { N8nVersion } from './versions';

/** Settings of somebody's own n8n, Node or npm, which would change what runs here. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|GENERIC_|CREDENTIALS_|NODES_|OFFLOAD_|CACHE_|GENERATE_|TEMPLATES_|npm_|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|JEST_|E2E_TESTS$|(HTTPS?|ALL|NO)_PROXY$)/i;

/** What decides an n8n's environment. */
export interface EnvironmentOptions {
	userFolder: string;
	port: number;
	brokerPort: number;
	/** Modules to leave out: {@link N8nVersion.disabledModules}. */
	disabledModules: N8nVersion['disabledModules'];
	/** Settings that win over everything here, for example GENERIC_TIMEZONE. */
	extra?: Record<string, string>;
}

/**
 * The environment of an n8n that listens on this machine only, talks to nobody on the Internet, and is not influenced
 * by settings of the surrounding shell. The names are those of package @n8n/config; n8n reads past a name it does not
 * know.
 * @param base the surrounding environment
 * @param options ports (TCP) and folder
 */
export function n8nEnvironment(base: NodeJS.ProcessEnv, options: EnvironmentOptions): NodeJS.ProcessEnv {
	const inherited = Object.entries(base).filter(([name]) => !FOREIGN.test(name));
	return {
		...Object.fromEntries(inherited),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		// Where the editor and Connect are, also when webhooks have another address.
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${options.port}`,
		// A worker answers on this port too, but says only whether it is ready.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DISABLED_MODULES: options.disabledModules.join(','),
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'unused',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_LOG_LEVEL: 'warn',
		EXECUTIONS_DATA_PRUNE: 'false',
		// Coming defaults; naming them spares a page of deprecation notices.
		N8N_RUNNERS_TASK_TIMEOUT: '60',
		N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: String(256 * 1024 * 1024),
		N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
		...options.extra,
	};
}
