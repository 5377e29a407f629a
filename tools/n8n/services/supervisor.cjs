'use strict';
/**
 * Runs a program that is not Node, and ends it together with the process that started this one, however that ended: the
 * operating system closes the channel between the two even after SIGKILL. The program's folder goes with it. The
 * message "restart" ends the program and starts it again with its folder.
 */
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

const { command, args, folder, user } = JSON.parse(process.argv[2]);
let program;
let restarting = false;
start();

// PostgreSQL takes SIGTERM for "when all clients have gone".
process.on('message', (message) => {
	restarting = message === 'restart';
	program.kill('SIGINT');
});
for (const event of ['disconnect', 'SIGTERM', 'SIGINT']) {
	process.on(event, () => {
		restarting = false;
		program.kill('SIGINT');
	});
}

function start() {
	restarting = false;
	program = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], ...user });
	program.once('close', (code) => {
		if (restarting) return start();
		rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		process.exit(code ?? 1);
	});
}
