import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { Switches } from '../switches';
import { serviceTimeOf } from './serviceTimes';

/** Limits that can be changed at any time. */
export interface LimitSettings {
	/** Leaky bucket per source address. */
	intensity: boolean;
	/** Requests that the bucket holds: 50, on the Enterprise plan 250. */
	bucket: number;
	/** Requests that leak out of it per second: 2, on the Enterprise plan 5. */
	leakPerSecond: number;
	/** Operating time per application and method. */
	operating: boolean;
	/** Seconds that one request may run; 0 = no limit. */
	requestSeconds: number;
}

/** How full the limits are, for the page. */
export interface Gauges {
	buckets: { source: string; level: number; size: number }[];
	operating: { key: string; seconds: number; limit: number; resetAt: number }[];
}

interface Bucket {
	level: number;
	at: number;
}

/** [S loadlimiter.php] Ten slots of one minute; calls up to 0.1 s are not counted. */
const SLOTS = 10;
const SLOT_SECONDS = 60;
const COUNTED_ABOVE = 0.1;

/** Request limits and service times. All times run `timeFactor` times as long as on a real portal. */
export class Limits {
	readonly settings: LimitSettings;
	private readonly buckets = new Map<string, Bucket>();
	private readonly used = new Map<string, Map<number, number>>();
	private readonly scale: number;
	private randomState = 1;

	/**
	 * @param timeFactor 1 = as a real portal; 0 = no waiting, and limits start switched off
	 * @param stopped ends every wait
	 */
	constructor(
		private readonly clock: Clock,
		private readonly switches: Switches,
		readonly timeFactor: number,
		private readonly stopped: AbortSignal,
	) {
		this.scale = timeFactor === 0 ? 1 : timeFactor;
		const on = timeFactor > 0;
		this.settings = { intensity: on, bucket: 50, leakPerSecond: 2, operating: on, requestSeconds: on ? 60 : 0 };
	}

	/** Counts a request into the bucket of its source. @returns false when the bucket is full: QUERY_LIMIT_EXCEEDED */
	takeRequest(source: string): boolean {
		const bucket = this.leak(source);
		if (this.settings.intensity && bucket.level + 1 > this.settings.bucket) return false;
		bucket.level += 1;
		return true;
	}

	/** Says whether a method has used up its time in the last ten minutes. Checked before the call. */
	isBlocked(key: string): boolean {
		return this.settings.operating && this.operatingSeconds(key) >= this.switches.operatingLimitSeconds;
	}

	/** Counts the time of a call. */
	count(key: string, seconds: number): void {
		if (seconds <= COUNTED_ABOVE) return;
		const slots = this.used.get(key) ?? new Map<number, number>();
		const slot = this.slot();
		slots.set(slot, (slots.get(slot) ?? 0) + seconds);
		this.used.set(key, slots);
	}

	/** Seconds that a method used in the last ten minutes. */
	operatingSeconds(key: string): number {
		let sum = 0;
		for (const [slot, seconds] of this.used.get(key) ?? []) if (slot > this.slot() - SLOTS) sum += seconds;
		return sum;
	}

	/** Unix time at which the oldest counted minute is forgotten. */
	resetAt(key: string): number {
		const slots = [...(this.used.get(key)?.keys() ?? [])].filter((slot) => slot > this.slot() - SLOTS);
		const oldest = slots.length === 0 ? this.slot() : Math.min(...slots);
		return Math.ceil((oldest + SLOTS) * SLOT_SECONDS * this.scale);
	}

	/** Seconds that this call of a method takes on a real portal. */
	serviceTime(method: string): number {
		const [from, to] = serviceTimeOf(method);
		return from + (to - from) * this.random();
	}

	/** Waits as long as a real portal would, scaled. */
	async wait(seconds: number): Promise<void> {
		const milliseconds = seconds * this.timeFactor * 1000;
		if (milliseconds >= 1) await sleep(milliseconds, undefined, { signal: this.stopped }).catch(() => undefined);
	}

	/** How full the limits are. */
	gauges(): Gauges {
		return {
			buckets: [...this.buckets.keys()].map((source) => ({
				source,
				level: this.leak(source).level,
				size: this.settings.bucket,
			})),
			operating: [...this.used.keys()].map((key) => ({
				key,
				seconds: this.operatingSeconds(key),
				limit: this.switches.operatingLimitSeconds,
				resetAt: this.resetAt(key),
			})),
		};
	}

	/** Empties the buckets and forgets the used time. */
	reset(): void {
		this.buckets.clear();
		this.used.clear();
	}

	private leak(source: string): Bucket {
		const now = this.clock.now();
		const bucket = this.buckets.get(source) ?? { level: 0, at: now };
		const leaked = ((now - bucket.at) / 1000 / this.scale) * this.settings.leakPerSecond;
		bucket.level = Math.max(0, bucket.level - leaked);
		bucket.at = now;
		this.buckets.set(source, bucket);
		return bucket;
	}

	private slot(): number {
		return Math.floor(this.clock.now() / 1000 / this.scale / SLOT_SECONDS);
	}

	/** The same sequence at every start, so that a run can be repeated (mulberry32). */
	private random(): number {
		this.randomState = (this.randomState + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.randomState ^ (this.randomState >>> 15), 1 | this.randomState);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}
}
