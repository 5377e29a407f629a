const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { default: Runner } = require('jest-runner');

/**
 * What no file notices within this time counts as unnoticed: a score may be too low for it, never too high.
 * Milliseconds.
 */
const PATIENCE = 7_000;

/** The source file of each mutant, by its number. */
let sources;

/**
 * Runs the test files that are likely to fail first, only those that hold a wanted test, and none after the first
 * failure. Jest itself opens every file for each mutant and goes on after a failure, which takes many times as long.
 */
module.exports = class ImpatientRunner extends Runner {
	isSerial = true;

	async runTests(tests, watcher, options) {
		const { rootDir } = this._globalConfig;
		const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
		const wanted = this.takeWanted();
		const known = join(rootDir, 'test-files.json');
		const files = readJson(known);
		const holdsWanted = ({ path }) => !wanted || !files[path] || files[path].names.some((name) => wanted.has(name));
		const seen = {};
		const began = Date.now();
		let failed = false;
		this.on('test-file-failure', () => {
			failed = true;
		});
		this.on('test-file-success', ([{ path }, { numFailingTests, perfStats, testResults }]) => {
			failed ||= numFailingTests > 0;
			seen[path] = {
				milliseconds: perfStats.end - perfStats.start,
				names: testResults.map(({ fullName }) => fullName),
			};
		});
		for (const test of mutant
			? likelyFirst(tests.filter(holdsWanted), files, rootDir, keyOf(rootDir, mutant, wanted))
			: tests) {
			await super.runTests([test], watcher, { ...options, serial: true });
			if (failed && mutant) return remember(rootDir, keyOf(rootDir, mutant, wanted), test.path);
			if (mutant && Date.now() - began > PATIENCE) return;
		}
		// Stryker's first run, without a mutant, opens them all.
		if (!mutant) writeFileSync(known, JSON.stringify(seen));
	}

	/**
	 * Stryker names the wanted tests by a pattern of thousands of alternatives, over which Jest spends seconds.
	 * @returns their full names, for the environment as well; undefined for all
	 */
	takeWanted() {
		const { testNamePattern } = this._globalConfig;
		this._globalConfig = { ...this._globalConfig, testNamePattern: undefined };
		globalThis.wantedTests =
			testNamePattern &&
			new Set(
				testNamePattern
					.slice(1, -1)
					.split(')|(')
					.map((name) => name.replace(/\\(.)/gs, '$1')),
			);
		return globalThis.wantedTests;
	}
};

/**
 * What is named like the source file; what noticed a mutant of the same file, the latest first; then what takes least
 * time.
 */
function likelyFirst(tests, files, rootDir, key) {
	const noticed = readJson(join(rootDir, 'noticed.json'))[key] ?? [];
	const name = basename(key, '.ts').toLowerCase();
	const rank = ({ path }) => {
		if (basename(path).toLowerCase().startsWith(name)) return -2000;
		return noticed.includes(path) ? noticed.indexOf(path) - 1000 : (files[path]?.milliseconds ?? 0);
	};
	return tests.sort((one, other) => rank(one) - rank(other));
}

/** Several processes take turns at this; what one of them loses costs time only. */
function remember(rootDir, key, path) {
	const kept = join(rootDir, 'noticed.json');
	const noticed = readJson(kept);
	noticed[key] = [path, ...(noticed[key] ?? []).filter((one) => one !== path)];
	writeFileSync(kept, JSON.stringify(noticed));
}

/**
 * Mutants under one key are likely to be noticed by the same tests: what runs on a call, and what runs while the file
 * is loaded.
 */
function keyOf(rootDir, mutant, wanted) {
	return `${wanted ? 'called' : 'loaded'}/${sourceOf(rootDir, mutant)}`;
}

/** Stryker does not say where its mutant is, but its number stands there. */
function sourceOf(rootDir, mutant) {
	sources ??= new Map(
		['bitrix24', 'nodes']
			.flatMap((folder) => readdirSync(join(rootDir, folder), { recursive: true }).map((file) => join(folder, file)))
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) =>
				[...readFileSync(join(rootDir, file), 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, number]) => [
					number,
					file,
				]),
			),
	);
	return sources.get(mutant) ?? '';
}

function readJson(file) {
	try {
		return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	} catch {
		// Another process is writing it.
		return {};
	}
}
