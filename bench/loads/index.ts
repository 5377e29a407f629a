import { registers, shows } from './executions';
import { growth } from './growth';
import { finishes, imports, liveBesideImport } from './items';
import { underOperatingTime } from './operatingTime';

/** A row of the figures on many calls at once. */
interface LoadRow {
	title: string;
	run: () => Promise<string>;
}

/** The rows that n8n's engine runs in this process. @param quick in seconds, without meaning */
export function loadRows(quick: boolean): Record<string, LoadRow> {
	const timeFactor = quick ? 0.01 : 1;
	const many = (count: number): number => (quick ? Math.ceil(count / 20) : count);
	const within = quick ? 500 : 10_000;
	return {
		registers: {
			title: `${many(120)} executions at once, one Register each.`,
			run: async () => await registers({ count: many(120), timeFactor }),
		},
		shows: {
			title: `${many(1000)} executions within ${within / 1000} s, one Show each. The bound knows all of them before; a dispatcher learns of each as it
    comes. The request leaves when it comes in at the portal, counted from the start of the execution.`,
			run: async () => await shows({ count: many(1000), timeFactor, within }),
		},
		finishes: {
			title: `${many(300)} Finish items in one run. The operating time of a method (420 s in ten minutes) is off here, for these take 556 s.`,
			run: async () => await finishes({ count: many(300), timeFactor }),
		},
		imports: {
			title: `${many(1000)} Log Calls in one run; operating time off.`,
			run: async () => await imports({ count: many(1000), timeFactor }),
		},
		operating: {
			title: 'The same two loads with the operating time on, in virtual time and with Maximum Wait set to a day.',
			run: async () => await underOperatingTime({ finishes: many(300), logs: many(1000) }),
		},
		live: {
			title: `One Show now and then, while ${many(1000)} Log Calls run in another execution.`,
			run: async () =>
				await liveBesideImport({
					count: many(1000),
					timeFactor,
					...(quick ? { shows: 3, pause: 20 } : { shows: 15, pause: 1000 }),
				}),
		},
		growth: {
			title:
				'Finish items in one run, at a portal that answers at once and has no limits: what an item costs this process.',
			run: async () => await growth(quick ? [10, 100] : [100, 1000, 10_000], quick ? 1 : 2),
		},
	};
}
