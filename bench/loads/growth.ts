import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lines, spread } from '../report';
import { RemotePortal } from './remotePortal';
import { execute, warmUp } from './runner';

/** Milliseconds between two looks at the memory. */
const EVERY = 50;

/** What one run took. */
interface Taken {
	/** Milliseconds of CPU. */
	cpu: number;
	/** Bytes. */
	memory: number;
}

/**
 * Row 7: what an item costs the process in runs of different size, Finish at a portal that answers at once: CPU time,
 * for the clock would measure the pace of the dispatcher, and the live memory at its peak, with all that n8n keeps of
 * the run.
 *
 * @param sizes items of each run.
 * @param runs how often the smaller ones run; the largest runs once.
 * @returns the table to print
 */
export async function growth(sizes: readonly number[], runs: number): Promise<string> {
	const rows: { size: number; cpu: number; memory: number }[] = [];
	for (const size of sizes) {
		const count = size === Math.max(...sizes) ? 1 : runs;
		const taken = await measured(size, count);
		rows.push({
			size,
			cpu: spread(taken.map(({ cpu }) => cpu)).median / size,
			memory: spread(taken.map(({ memory }) => memory)).median / size,
		});
	}
	const [first] = rows;
	return lines([
		['', 'CPU an item', 'memory an item', 'CPU ratio', 'memory ratio'],
		...rows.map(({ size, cpu, memory }) => [
			`${size} items`,
			`${cpu.toFixed(2)} ms`,
			`${(memory / 1024).toFixed(1)} kB`,
			(cpu / (first?.cpu ?? 0)).toFixed(2),
			(memory / (first?.memory ?? 0)).toFixed(2),
		]),
	]);
}

/** The request limit of Enterprise, so that the large run does not last long; the portal has none. */
async function measured(size: number, runs: number): Promise<Taken[]> {
	return await RemotePortal.during(
		0,
		async (portal) => {
			portal.credential.requestLimit = 'enterprise';
			await warmUp(portal);
			const taken: Taken[] = [];
			// CPU and memory by turns: looking at the memory takes time itself.
			for (let run = 0; run < runs; run += 1)
				taken.push({
					cpu: await cpuOf(await finishing(portal, size)),
					memory: await memoryOf(await finishing(portal, size)),
				});
			return taken;
		},
		{ intensity: false, operating: false, requestSeconds: 0 },
	);
}

async function finishing(portal: RemotePortal, size: number): Promise<() => Promise<unknown>> {
	const items = (await portal.register(size)).map((CALL_ID) => ({ CALL_ID }));
	return async () => {
		const run = await execute(portal, 'finish', items);
		if (run.items(0).length !== size) throw new Error(`${run.items(0).length} of ${size} calls were finished`);
		return run;
	};
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
	collect();
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

async function memoryOf(work: () => Promise<unknown>): Promise<number> {
	const before = live();
	let most = 0;
	const look = setInterval(() => {
		most = Math.max(most, live() - before);
	}, EVERY);
	try {
		const kept = await work();
		most = Math.max(most, live() - before);
		// Until here, for the result is part of it.
		return kept ? most : 0;
	} finally {
		clearInterval(look);
	}
}

/** Bytes in use, garbage left out. */
function live(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function collect(): void {
	setFlagsFromString('--expose_gc');
	const gc: () => void = runInNewContext('gc');
	gc();
}
