const { default: Sequencer } = require('@jest/test-sequencer');

/** Unit tests first: the run ends at the first failure, and most often no file of the slower engine tests is opened. */
module.exports = class QuickFirst extends Sequencer {
	sort(tests) {
		const slow = ({ path }) => Number(path.includes('/test/engine/'));
		return [...tests].sort((a, b) => slow(a) - slow(b) || a.path.localeCompare(b.path));
	}
};
