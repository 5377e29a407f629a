import { cpus } from 'node:os';
import { buildPackage } from '../tools/build';
import { startDemo, type Demo } from '../tools/demo';
import { installN8n } from '../tools/n8n/install';
import { readBenchArguments, refuseUnknown, type BenchArguments } from './arguments';
import { clickToStart } from './clickToStart';
import { barePackage } from './contestants';
import { triggerFigures } from './deliveries';
import { finishItems } from './finishItems';
import { loadRows } from './loads';
import { registersOnN8n } from './loads/onN8n';
import { namesOfClicks } from './names';
import { recordings } from './recording';
import { starts } from './start';

const { quick, only } = settings();
const CLICKS = quick ? 6 : 30;
const ITEMS = quick ? 5 : 50;
const ROUNDS = quick ? 2 : 10;
/** With real service times one round takes seconds; the times themselves are the same in every run. */
const SERVED = quick ? { rounds: 1, timeFactor: 0.01 } : { rounds: 3, timeFactor: 1 };
const AT_ONCE = quick ? { count: 6, timeFactor: 0.01 } : { count: 120, timeFactor: 1 };
const RECORDING = quick ? { large: 8, small: 1, rounds: 1 } : { large: 512, small: 1, rounds: 1 };
const STARTS = quick ? { portal: 3, n8n: 1 } : { portal: 20, n8n: 3 };

/** One figure: its name for `--only`, what stands above it, and how to get it. */
interface Figure<Given> {
	name: string;
	title: string;
	run: (given: Given) => Promise<string>;
}

/** Figures taken at an n8n. */
const onN8n: Figure<Demo>[] = [
	{
		name: 'clicks',
		title: `1. From the POST of a click event to the first node behind the trigger; same body, same node behind it.
   n8n 2.41 takes its time for reading a credential, as Header Auth does; the other two read none.`,
		run: async (demo) => `${await clickToStart(demo, CLICKS)}\n${await triggerFigures(demo, quick)}`,
	},
	{
		name: 'names',
		title: `1d. The same with names and extension, at a portal with real service times: what they cost a click. An employee is asked
    for once in five minutes. The request limit of a portal is 2 a second.`,
		run: async (demo) => await namesOfClicks(demo, CLICKS),
	},
	{
		name: 'items',
		title: `2a. ${ITEMS} Finish items in one run of a node; the portal answers at once (timeFactor 0).`,
		run: async ({ n8n }) => await finishItems(n8n, { items: ITEMS, rounds: ROUNDS, timeFactor: 0 }),
	},
	{
		name: 'served',
		title: `2b. The same; every finish takes the portal 1.4 to 2.3 s, times ${SERVED.timeFactor}. Both nodes send all items at once and
    side by side. A portal takes 50 requests in a burst, then 2 a second, and refuses the rest; see 5c for more items.`,
		run: async ({ n8n }) => await finishItems(n8n, { items: ITEMS, ...SERVED }),
	},
	{
		name: 'posts',
		title: `2c. ${AT_ONCE.count} posts at once to a workflow with one Register on real n8n, which itself carries about five executions a second
    on two cores: that, not the portal, decides the time. 5a shows the same without that limit.`,
		run: async ({ n8n }) => await registersOnN8n(n8n, AT_ONCE),
	},
	{
		name: 'recordings',
		title: `3. Growth of the n8n process at its peak, from fetching a recording to its upload; n8n starts anew before each run.
   The small recording shows what any run takes.`,
		run: async (demo) => await recordings(demo, RECORDING),
	},
];

/** Figures taken without an n8n, which would take its share of the machine even while it idles. */
const alone: Figure<void>[] = [
	{
		name: 'starts',
		title:
			'4. From the start until it answers requests: a sandbox portal inside this process, and an n8n with a new database.',
		run: async () => await starts(STARTS),
	},
	...Object.entries(loadRows(quick)).map(([name, { title, run }], index) => ({
		name,
		title: `5${'abcdefgh'[index] ?? ''}. ${title}`,
		run,
	})),
];

const LOADS = `5. Many calls at once: n8n's engine in this process, the portal in another with the documented request limit and service times.
   The bound is computed: no client whatsoever is done sooner when every method takes the middle of its documented time and
   no request runs longer than 20 s, our own rule.`;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// What was started ends with this process.
	process.on(signal, () => process.exit(130));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

/** Ends the process when something is asked for that the bench cannot do. */
function settings(): BenchArguments {
	try {
		return readBenchArguments(process.argv.slice(2));
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}

async function main(): Promise<void> {
	refuseUnknown(
		only,
		[...onN8n, ...alone].map(({ name }) => name),
	);
	const [cpu] = cpus();
	console.log(
		`${cpus().length} cores, ${cpu?.model ?? 'unknown'}; everything runs on this machine.${quick ? ' Quick: the figures mean nothing.' : ''}`,
	);
	if (onN8n.some(isWanted)) await withN8n();
	if (alone.some(isWanted)) console.log(`\n${LOADS}`);
	for (const figure of alone.filter(isWanted)) await print(figure, undefined);
}

async function withN8n(): Promise<void> {
	await installN8n();
	if (!(await buildPackage())) throw new Error('The package could not be built.');
	const demo = await startDemo({ example: false, n8n: { packages: [barePackage()] } });
	try {
		const { versionCli } = await demo.n8n.session.request<{ versionCli: string }>('GET', '/rest/settings');
		console.log(`n8n ${versionCli}`);
		for (const figure of onN8n.filter(isWanted)) await print(figure, demo);
	} finally {
		await demo.stop();
	}
}

function isWanted({ name }: { name: string }): boolean {
	return only === undefined || only.includes(name);
}

async function print<Given>({ title, run }: Figure<Given>, given: Given): Promise<void> {
	console.log(`\n${title}\n`);
	console.log(await run(given));
}
