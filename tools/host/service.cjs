'use strict';
/**
 * Runs a program that is not Node, and ends it together with the process that started this one, however that ended: the
 * operating system closes the channel between the two even after SIGKILL. The program's folder goes with it.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const { command, args, folder, user } = JSON.parse(process.argv[2]);
const program = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], ...user });

// PostgreSQL takes SIGTERM for "when all clients have gone".
for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) process.on(event, () => program.kill('SIGINT'));
program.once('close', (code) => {
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(code ?? 1);
});
