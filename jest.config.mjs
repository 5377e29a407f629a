/** One project a kind of test, so that `npm run test:<kind>` runs just that kind. */
const common = {
	transform: {
		'\\.ts$|/get-port/index\\.js$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	// ES modules of npm, which Jest's CommonJS cannot load.
	transformIgnorePatterns: ['/node_modules/(?!get-port/)'],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	// A node's class and its codex file share a name; the extension in the import keeps them apart under tsx, too.
	moduleNameMapper: { '^(.+\\.node)\\.js$': '$1' },
};
const project = (name) => ({ ...common, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] });
/** n8n-core logs every failing node. */
const inEngine = { setupFiles: ['<rootDir>/test/support/quiet.ts'] };
const onN8n = {
	globalSetup: '<rootDir>/test/support/before/n8n.ts',
	runner: '<rootDir>/test/support/oneAtATime.cjs',
};

/** Unit, engine and contract tests run on the sources; the others see to it that dist/ is what the sources say. */
export default {
	// Tests wait for conditions. This ends only what would wait for ever, however busy the machine is. Milliseconds.
	testTimeout: 300_000,
	projects: [
		project('unit'),
		{ ...project('engine'), ...inEngine },
		project('contract'),
		{ ...project('package'), ...inEngine, globalSetup: '<rootDir>/test/support/before/build.ts' },
		{ ...project('e2e'), ...onN8n },
		{ ...project('scale'), ...onN8n },
		{ ...project('browser'), ...onN8n },
	],
};
