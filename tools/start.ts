import { buildPackage } from './build';
import { type Demo, startDemo } from './demo';
import { installN8n } from './n8n/install';
import { activateIncoming } from './incoming';

let demo: Demo | undefined;
/** When it began to end, in milliseconds since 1970. */
let ending: number | undefined;
/** npm passes Ctrl+C on, although the terminal tells everyone of it: what comes so soon is no second time. */
const SAME_MS = 1_000;

// Ctrl+C once ends everything in order; while things are still starting, and the second time, it ends at once, and what
// was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (ending !== undefined && Date.now() - ending < SAME_MS) return;
		if (ending !== undefined || !demo) process.exit(130);
		ending = Date.now();
		console.log('\nStopping ...');
		void demo.stop().finally(() => process.exit(0));
	});
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});

async function main(): Promise<void> {
	await installN8n();
	const started = Date.now();
	console.log('Starting the sandbox portal, its PBX and n8n ...');
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	demo = await startDemo({
		// At the pace of a real portal, and with times as the person at this machine reads them.
		sandbox: { portal: { timeFactor: 1 } },
		n8n: {
			env: { GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone },
			died: (lastLines) => {
				// Ctrl+C reaches n8n as well.
				if (ending !== undefined) return;
				console.error(`\n${lastLines}\n\nn8n has ended; above are its last lines. Press Ctrl+C and start again.`);
			},
		},
	});
	await activateIncoming(demo);
	console.log(welcome(demo, (Date.now() - started) / 1_000));
}

function welcome({ sandbox, server, n8n, workflowId }: Demo, seconds: number): string {
	return `
Ready after ${seconds.toFixed(0)} s.

  Sandbox portal   ${sandbox.url}
  n8n              ${server.url}/workflow/${workflowId}
    e-mail         ${n8n.owner.email}
    password       ${n8n.owner.password}

What to try
  1. Open the sandbox portal and click a contact's phone number. A call card appears.
  2. Answer on the employee's phone, then on the client's phone; hang up. The card goes, and the call stands in the history.
  3. Look at the executions in n8n: one for the click, one for the report of the PBX.
  4. Click other numbers: those that the page lists as automatic answer, ring out or are busy by themselves.
  5. Let a client call: the PBX asks n8n whom to ring, the cards open, and whoever answers keeps the card.

Ctrl+C ends everything; nothing is kept.
`;
}
