import { cpus } from 'node:os';
import { buildPackage } from '../tools/build';
import { startDemo } from '../tools/demo';
import { installN8n } from '../tools/host/install';
import { clickToStart } from './clickToStart';
import { barePackage } from './contestants';
import { triggerFigures } from './deliveries';
import { finishItems } from './finishItems';
import { recordingMemory } from './recording';
import { starts } from './start';

/** `--quick` shows in seconds that the bench works; its figures mean nothing. */
const quick = process.argv.includes('--quick');
const CLICKS = quick ? 6 : 30;
const ITEMS = quick ? 5 : 50;
const ROUNDS = quick ? 2 : 10;
/** With real service times one round takes a minute and a half; the times themselves are the same in every run. */
const SERVED = quick ? { rounds: 1, timeFactor: 0.01 } : { rounds: 1, timeFactor: 1 };
const RECORDING = quick ? { large: 8, small: 1, rounds: 1 } : { large: 190, small: 1, rounds: 3 };
const STARTS = quick ? { portal: 3, n8n: 1 } : { portal: 20, n8n: 3 };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started ends with this process.
	process.on(signal, () => process.exit(130));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});

async function main(): Promise<void> {
	await installN8n();
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	const demo = await startDemo({ example: false, host: { packages: [barePackage()] } });
	try {
		const { versionCli } = await demo.n8n.session.request<{ versionCli: string }>('GET', '/rest/settings');
		const [cpu] = cpus();
		console.log(`n8n ${versionCli}, sandbox portal and bench on one machine: ${cpus().length} cores, ${cpu?.model ?? 'unknown'}.${quick ? ' Quick: the figures mean nothing.' : ''}`);

		console.log('\n1. From the POST of a click event to the first node behind the trigger; same body, same node behind it.');
		console.log('   n8n 2.41 takes its time for reading a credential, as Header Auth does; the other two read none.\n');
		console.log(await clickToStart(demo, CLICKS));
		console.log(await triggerFigures(demo, quick));

		console.log(`\n2a. ${ITEMS} Finish items in one run of a node; the portal answers at once (timeFactor 0).\n`);
		console.log(await finishItems(demo.n8n, { items: ITEMS, rounds: ROUNDS, timeFactor: 0 }));

		console.log(`\n2b. The same; every finish takes the portal 1.4 to 2.3 s, times ${SERVED.timeFactor} (timeFactor ${SERVED.timeFactor}).\n`);
		console.log(await finishItems(demo.n8n, { items: ITEMS, ...SERVED }));
		console.log(`
The HTTP Request node sends its requests all at once, and the sandbox portal serves them side by side; ours sends one
batch after the other, and the portal works through a batch one call at a time. A portal takes 50 requests in a burst,
then 2 a second, and refuses the rest: HTTP Request does not repeat those.`);

		console.log(`\n3. Growth of the n8n process at its peak, from fetching a recording to its upload; n8n starts anew before each run.
   The small recording shows what any run takes.\n`);
		console.log(await recordingMemory(demo, RECORDING));
	} finally {
		await demo.stop();
	}
	// After the others: an n8n that idles beside would take its share of the machine.
	console.log('\n4. From the start until it answers requests: a sandbox portal inside this process, and an n8n with a new database.\n');
	console.log(await starts(STARTS));
}
