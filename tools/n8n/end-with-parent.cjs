'use strict';
/**
 * Preloaded into n8n and npm: ends them when the process that started them is gone, however that ended. The operating
 * system closes the channel between the two even after SIGKILL. n8n's temporary user folder goes with it.
 */
const { rmSync } = require('node:fs');

const temporaryFolder = process.env.HOST_TEMPORARY_FOLDER;
delete process.env.HOST_TEMPORARY_FOLDER;

process.on('disconnect', () => {
	if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(0);
});
// Listening must not keep a program alive that wants to end by itself.
process.channel?.unref();
