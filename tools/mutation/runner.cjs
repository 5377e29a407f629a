const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { default: Runner } = require('jest-runner');

/** The files that noticed a mutant, the latest first: the next mutant stands on the next line. */
const noticed = [];

/**
 * Runs the test files that are likely to fail first, only those that hold a wanted test, and none after the first
 * failure. Jest itself opens every file for each mutant and goes on after a failure, which takes many times as long.
 */
module.exports = class ImpatientRunner extends Runner {
	isSerial = true;

	async runTests(tests, watcher, options) {
		const { rootDir, testNamePattern } = this._globalConfig;
		const wanted = testNamePattern && new RegExp(testNamePattern, 'i');
		const known = join(rootDir, 'test-files.json');
		const files = existsSync(known) ? JSON.parse(readFileSync(known, 'utf8')) : {};
		const seen = {};
		let failed = false;
		this.on('test-file-failure', () => {
			failed = true;
		});
		this.on('test-file-success', ([{ path }, { numFailingTests, perfStats, testResults }]) => {
			failed ||= numFailingTests > 0;
			seen[path] = { milliseconds: perfStats.end - perfStats.start, names: testResults.map(({ fullName }) => fullName) };
		});
		const rank = ({ path }) => (noticed.includes(path) ? noticed.indexOf(path) : noticed.length + (files[path]?.milliseconds ?? 0));
		const holdsWanted = ({ path }) => !wanted || !files[path] || files[path].names.some((name) => wanted.test(name));
		for (const test of tests.filter(holdsWanted).sort((a, b) => rank(a) - rank(b))) {
			await super.runTests([test], watcher, { ...options, serial: true });
			if (!failed) continue;
			noticed.splice(0, noticed.length, test.path, ...noticed.filter((path) => path !== test.path));
			return;
		}
		// Stryker's first run, without a mutant, opens them all.
		if (!process.env.__STRYKER_ACTIVE_MUTANT__) writeFileSync(known, JSON.stringify(seen));
	}
};
