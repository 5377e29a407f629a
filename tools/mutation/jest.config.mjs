import { join } from 'node:path';
import jest from '../../jest.config.mjs';

const [unit] = jest.projects;

/** The tests that reach the shipped code without a real n8n, as one project and made fast. */
export default {
	...unit,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/unit/{bitrix24,nodes,pbx}/**/*.test.ts', '<rootDir>/test/engine/**/*.test.ts'],
	testPathIgnorePatterns: [
		// Searches through thousands of loads and faults, and the documents: each takes longer than all others together.
		'/(bound|imports|operatingTime|schedules|stories|faultTable|operationPages|triggerPages).test.ts$',
		// They read the sources as texts, and would read the mutants as well.
		'/(messages|deeds).test.ts$',
	],
	setupFiles: ['<rootDir>/test/support/quiet.ts'],
	// Many a mutant lets a test wait for ever.
	testTimeout: 4000,
	// Stryker loads it itself and knows no <rootDir>.
	testEnvironment: join(import.meta.dirname, 'environment.cjs'),
	runner: '<rootDir>/tools/mutation/runner.cjs',
	moduleNameMapper: {
		...unit.moduleNameMapper,
		'^(fast-check|n8n-core|n8n-workflow)$': '<rootDir>/tools/mutation/shared/$1.cjs',
	},
};
