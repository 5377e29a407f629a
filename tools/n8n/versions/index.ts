import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the definitions of the reduced n8n lie: here, one folder a version, and of the Nodes for it under `node/`. */
export const DEFINITIONS = __dirname;

/** What differs between the versions of n8n for whoever installs, starts or drives them. */
export interface N8nVersion {
	/** Majors of Node that it runs on (its `engines`), of those there is a definition of. */
	nodes: readonly NodeMajor[];
	/**
	 * Modules whose packages the reduced installation stubs; n8n would not start with them. A wrong name stops it too.
	 */
	disabledModules: readonly string[];
	/** Whether activating goes on behind its answer, and how it went is asked at `publication-status`. */
	publishesLater: boolean;
	/** Whether running by hand takes the workflow along, instead of the one that is stored. */
	runTakesWorkflow: boolean;
}

/** A Node that there is a definition of. */
export type NodeMajor = 22 | 24;

/** Modules of the first versions that had any. */
const FIRST_MODULES = [
	'insights',
	'external-secrets',
	'data-table',
	'mcp',
	'chat-hub',
	'provisioning',
	'breaking-changes',
] as const;

const FIRST: N8nVersion = {
	nodes: [22, 24],
	disabledModules: FIRST_MODULES,
	publishesLater: false,
	runTakesWorkflow: true,
};

/** The versions of n8n that the package is tried on, the oldest first. Each name is a folder of {@link DEFINITIONS}. */
export const VERSIONS = {
	'1.123': FIRST,
	'2.0': FIRST,
	'2.20': {
		nodes: [22, 24],
		disabledModules: [
			...FIRST_MODULES,
			'instance-ai',
			'workflow-builder',
			'quick-connect',
			'otel',
			'favorites',
			'instance-registry',
			'instance-version-history',
			'source-control',
			'ldap',
			'sso-saml',
			'sso-oidc',
			'log-streaming',
			'token-exchange',
			'dynamic-credentials',
			'redaction',
			'encryption-key-manager',
			'oauth-jwe',
		],
		publishesLater: false,
		runTakesWorkflow: false,
	},
	'2.41': {
		nodes: [24],
		disabledModules: [
			'instance-ai',
			'agents',
			'chat-hub',
			'mcp',
			'mcp-registry',
			'workflow-builder',
			'insights',
			'external-secrets',
			'quick-connect',
			'otel',
			'oauth-server',
			'favorites',
			'breaking-changes',
			'instance-registry',
			'instance-version-history',
			'runtime-credentials',
			'source-control',
			'ldap',
			'sso-saml',
			'sso-oidc',
			'log-streaming',
			'provisioning',
			'token-exchange',
			'dynamic-credentials',
			'redaction',
			'workflow-reviews',
			'n8n-packages',
			'data-table',
		],
		publishesLater: true,
		runTakesWorkflow: false,
	},
} as const satisfies Record<string, N8nVersion>;

/** Name of a version in {@link VERSIONS}. */
export type VersionName = keyof typeof VERSIONS;

/** What `npm start` and the tests run on. */
export const NEWEST = '2.41' satisfies VersionName;

/**
 * The version to run when nothing else is said.
 * @param env TEST_N8N names another one than the newest, for example to run the tests of a real n8n on 1.123
 * @throws Error when there is no such version
 */
export function usualVersion(env: NodeJS.ProcessEnv = process.env): VersionName {
	const { TEST_N8N: name = NEWEST } = env;
	if (!isVersionName(name))
		throw new Error(`TEST_N8N: there is no n8n ${name} here, only ${versionNames().join(', ')}`);
	return name;
}

/** All names, the oldest first. */
export function versionNames(): VersionName[] {
	return Object.keys(VERSIONS).filter(isVersionName);
}

/** Whether there is such a version. */
export function isVersionName(name: string): name is VersionName {
	return Object.hasOwn(VERSIONS, name);
}

/** The exact version of n8n that a definition installs, for example `2.41.1`. */
export function exactVersion(name: VersionName): string {
	const definition: { dependencies: { n8n: string } } = JSON.parse(
		readFileSync(join(DEFINITIONS, name, 'package.json'), 'utf8'),
	);
	return definition.dependencies.n8n;
}
