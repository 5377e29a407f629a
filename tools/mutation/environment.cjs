const { TestEnvironment } = require('jest-environment-node');

/** Loads n8n's engine, which takes a second and holds no mutant, once a process instead of once a test file. */
module.exports = class SharedEngine extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global.sharedPackage = require;
		// The engine's errors are of this one, and the sources ask for it.
		this.global.Error = Error;
	}
};
