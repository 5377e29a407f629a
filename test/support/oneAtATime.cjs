const { default: Runner } = require('jest-runner');

/** Runs one test file after the other: each drives a real n8n, which takes 600 MB and both cores of a small machine. */
module.exports = class OneAtATime extends Runner {
	isSerial = true;
};
