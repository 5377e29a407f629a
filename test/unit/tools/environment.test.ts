import { n8nEnvironment } from '../../../tools/n8n/environment';

const options = { userFolder: '/tmp/folder', port: 5001, brokerPort: 5002, disabledModules: ['mcp', 'insights'] };

it('names folder and ports, and listens on this machine only', () => {
	expect(n8nEnvironment({}, options)).toMatchObject({
		N8N_USER_FOLDER: '/tmp/folder',
		N8N_PORT: '5001',
		N8N_RUNNERS_BROKER_PORT: '5002',
		N8N_DISABLED_MODULES: 'mcp,insights',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// A worker of queue mode answers there.
		QUEUE_HEALTH_CHECK_PORT: '5001',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	});
});

it("keeps what a program needs and drops settings of the user's own n8n, Node and npm", () => {
	const base = {
		PATH: '/bin',
		HOME: '/home/a',
		NODE_EXTRA_CA_CERTS: '/ca.pem',
		N8N_ENCRYPTION_KEY: 'k',
		DB_TYPE: 'postgresdb',
		WEBHOOK_URL: 'https://a',
		GENERIC_TIMEZONE: 'Asia/Tokyo',
		NODE_OPTIONS: '--inspect',
		npm_config_prefix: '/x',
		HTTPS_PROXY: 'http://p',
		http_proxy: 'http://p',
		JEST_WORKER_ID: '1',
	};
	const environment = n8nEnvironment(base, options);
	expect(environment).toMatchObject({ PATH: '/bin', HOME: '/home/a', NODE_EXTRA_CA_CERTS: '/ca.pem' });
	for (const name of Object.keys(base).slice(3)) expect(environment).not.toHaveProperty(name);
});

it('lets the caller win', () => {
	const extra = { GENERIC_TIMEZONE: 'Europe/Berlin', N8N_LOG_LEVEL: 'debug' };
	expect(n8nEnvironment({ GENERIC_TIMEZONE: 'Asia/Tokyo' }, { ...options, extra })).toMatchObject(extra);
});
