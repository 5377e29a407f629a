const { TestEnvironment } = require('jest-environment-node');

/**
 * Loads n8n's engine, which takes a second and holds no mutant, once a process instead of once a test file; and skips
 * what follows the first failure of a file: where nothing ever answers, each test would wait for its time to be over.
 */
module.exports = class ImpatientEnvironment extends TestEnvironment {
	hasFailed = false;

	constructor(config, context) {
		super(config, context);
		this.global.sharedPackage = require;
		// The engine's errors are of this one, and the sources ask for it.
		this.global.Error = Error;
	}

	handleTestEvent({ name, test }) {
		if (name === 'test_done' && test.errors.length > 0) this.hasFailed = true;
		if (name === 'test_start' && (this.hasFailed || globalThis.wantedTests?.has(fullName(test)) === false))
			test.mode = 'skip';
	}
};

/** As Jest reports it: the names of the blocks around a test, and its own. */
function fullName({ name, parent }) {
	const names = [name];
	for (let block = parent; block?.parent; block = block.parent) names.unshift(block.name);
	return names.join(' ');
}
