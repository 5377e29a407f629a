/** The portal's clock. Tests move it forward instead of waiting. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Milliseconds by which it was moved forward of this computer's clock. */
	ahead(): number;
	/** Moves the portal's time forward and runs the jobs that have become due. */
	advance(seconds: number): void;
	/** Runs a job once the portal's time has moved on by so many seconds. */
	after(seconds: number, job: () => void): void;
	/** Forgets all jobs. */
	stop(): void;
}

interface Job {
	readonly due: number;
	readonly run: () => void;
	timer?: NodeJS.Timeout;
}

/** Longest time that setTimeout can wait, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

/** Makes a clock that runs with this computer's time until it is moved. */
export function createClock(): Clock {
	let offset = 0;
	const jobs = new Set<Job>();
	const now = (): number => Date.now() + offset;
	const runDue = (): void => {
		for (const job of [...jobs].sort((a, b) => a.due - b.due)) {
			if (job.due > now() || !jobs.delete(job)) continue;
			clearTimeout(job.timer);
			job.run();
		}
	};
	return {
		now,
		ahead: () => offset,
		advance(seconds) {
			offset += seconds * 1000;
			runDue();
		},
		after(seconds, run) {
			const job: Job = { due: now() + seconds * 1000, run };
			jobs.add(job);
			job.timer = setTimeout(
				() => {
					if (jobs.delete(job)) run();
				},
				Math.min(LONGEST_TIMER, seconds * 1000),
			);
			job.timer.unref();
		},
		stop() {
			for (const job of jobs) clearTimeout(job.timer);
			jobs.clear();
		},
	};
}

/** Whole seconds since 1970, as PHP's time(). */
export function unixTime(clock: Clock): number {
	return Math.floor(clock.now() / 1000);
}
