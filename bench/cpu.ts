import { existsSync, readFileSync } from 'node:fs';

/**
 * Clock ticks a second, in which Linux counts; it is 100 on every architecture that Node runs on. [proc(5), sysconf(3)]
 */
const TICKS_PER_SECOND = 100;

/** Whether the CPU time of another process can be told: on Linux. */
export function canMeasureCpu(): boolean {
	return existsSync('/proc/self/stat');
}

/**
 * CPU time that a process, without its children, took so far: milliseconds, by tens. [proc(5), /proc/pid/stat, utime
 * and stime]
 * @throws Error when there is no such process
 */
export function cpuMs(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The second field is a name in brackets, which may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
