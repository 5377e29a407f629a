'use strict';
/**
 * Preloaded into n8n: ends it when the process that started it is gone, however that ended. The operating system closes
 * the channel between the two even after SIGKILL. A temporary user folder goes with it.
 */
const { rmSync } = require('node:fs');

const temporaryFolder = process.env.HOST_TEMPORARY_FOLDER;
delete process.env.HOST_TEMPORARY_FOLDER;

process.on('disconnect', () => {
	if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(0);
});
// Listening must not keep n8n alive when it wants to end by itself.
process.channel?.unref();
