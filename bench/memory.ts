import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Whether the peak memory of a process can be measured for a span of time: on Linux, unless its kernel lacks that part.
 */
export function canMeasurePeak(): boolean {
	return existsSync('/proc/self/clear_refs');
}

/**
 * Begins a span: from now on the peak is what the process takes now, or more. [proc(5), /proc/pid/clear_refs, value 5]
 * @throws Error when there is no such process of this user
 */
export function resetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * The most memory in bytes that a process, without its children, took since {@link resetPeak}.
 * [proc(5), /proc/pid/status, VmHWM]
 * @throws Error when there is no such process
 */
export function peakBytes(pid: number): number {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	if (kilobytes === undefined) throw new Error(`Linux tells no peak memory of process ${pid}`);
	return Number(kilobytes) * 1024;
}
