import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queueEnvironment } from '../../../tools/n8n/queue';
import { exactVersion, usualVersion } from '../../../tools/n8n/versions';
import { DOCKER, readServices, type Service, variables } from '../../support/compose';

const read = (name: string) => readFileSync(join(DOCKER, name), 'utf8');
const GIVEN = { DOMAIN: 'n8n.example.com', N8N_ENCRYPTION_KEY: 'key', POSTGRES_PASSWORD: 'password' };
const services = readServices(GIVEN);
const OF_N8N = ['main', 'webhook', 'worker'];

it('has all parts of queue mode', () => {
	expect(Object.keys(services).sort()).toEqual([...OF_N8N, 'postgres', 'proxy', 'redis'].sort());
	expect(OF_N8N.map((name) => services[name]?.command)).toEqual(['start', 'webhook', 'worker']);
});

it.each(OF_N8N)('gives %s the settings with which the tests of queue mode run, and PostgreSQL’s login', (name) => {
	const environment = services[name]?.environment ?? {};
	const tested = Object.keys(queueEnvironment(6379, 5432));
	expect(Object.keys(environment)).toEqual(
		expect.arrayContaining([...tested, 'DB_POSTGRESDB_USER', 'DB_POSTGRESDB_PASSWORD', 'N8N_WEBHOOK_URL']),
	);
	expect(environment).toMatchObject({
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_PASSWORD: services.postgres?.environment?.POSTGRES_PASSWORD,
		DB_POSTGRESDB_USER: services.postgres?.environment?.POSTGRES_USER,
		DB_POSTGRESDB_DATABASE: services.postgres?.environment?.POSTGRES_DB,
	});
});

it('names only hosts that are services, and mounts only files that are there', () => {
	const { DB_POSTGRESDB_HOST, QUEUE_BULL_REDIS_HOST } = services.main?.environment ?? {};
	expect(services).toHaveProperty(String(DB_POSTGRESDB_HOST));
	expect(services).toHaveProperty(String(QUEUE_BULL_REDIS_HOST));
	for (const [, host = ''] of read('Caddyfile').matchAll(/reverse_proxy (\w+):5678/g)) expect(OF_N8N).toContain(host);
	const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0]));
	for (const file of mounted.filter((name) => name?.startsWith('./')))
		expect(existsSync(join(DOCKER, file ?? ''))).toBe(true);
});

it('starts nothing before what it waits for is healthy', () => {
	for (const { depends_on = {} } of Object.values(services)) {
		for (const [name, { condition }] of Object.entries(depends_on)) {
			expect(condition).toBe('service_healthy');
			expect(services[name]).toHaveProperty('healthcheck');
		}
	}
});

it('has all n8n processes of one image, without a volume that would hide the package in it', () => {
	const parts = OF_N8N.map((name): Partial<Service> => services[name] ?? {});
	expect(new Set(parts.map(({ image }) => image)).size).toBe(1);
	for (const { volumes } of parts) expect(volumes).toBeUndefined();
});

it('builds the version of n8n that the tests run, and takes the archive of npm pack', () => {
	const version = exactVersion(usualVersion());
	expect(read('Dockerfile')).toContain(`ARG N8N_VERSION=${version}`);
	expect(read('.env.example')).toContain(`N8N_VERSION=${version}`);
	expect(services.main?.image).toMatch(new RegExp(`:${version}$`));
	expect(read('Dockerfile')).toContain('COPY --chown=node:node n8n-nodes-bitrix24-telephony-*.tgz');
});

it('unpacks the package at the same place into an n8n that is there already', () => {
	const [, place = ''] = /^RUN place=(\S+)/m.exec(read('Dockerfile')) ?? [];
	const commands = readFileSync(join(DOCKER, '../../README.md'), 'utf8').match(/^docker exec .*$/gm) ?? [];
	expect(place).toContain('/.n8n/nodes/node_modules/');
	expect(commands).toEqual([
		`docker exec n8n mkdir -p ${place}`,
		`docker exec n8n tar -xzf /tmp/package.tgz -C ${place} --strip-components=1`,
	]);
});

it('says of every variable what it is', () => {
	const asked = variables(read('compose.yml'));
	const offered = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
	expect(offered.sort()).toEqual(asked.sort());
	for (const name of [...asked, ...Object.keys(services.main?.environment ?? {})]) {
		expect(read('README.md')).toContain(`\`${name}\``);
	}
});

it.each(Object.keys(GIVEN))('does not start without %s', (name) => {
	expect(() => readServices({ ...GIVEN, [name]: undefined } as Record<string, string>)).toThrow(`${name} is missing`);
});
