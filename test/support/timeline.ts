import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { clock } from '../../nodes/common/clock';
import type { Portal } from '../../sandbox/portal';

/** Turns of the event loop without a request after which nobody is at work. */
const QUIET_TURNS = 6;

/**
 * Time of the nodes and of the portal that passes only while nobody is at work, straight to whoever wakes up first.
 * Many who sleep at once sleep side by side, as on a real clock, and nobody has to wait.
 */
export class Timeline {
	private ahead = 0;
	private underWay = 0;
	private isRunning = false;
	private readonly sleepers: { at: number; wake: () => void }[] = [];

	constructor(private readonly portal: Pick<Portal, 'control'>) {}

	/** Takes the place of the nodes' clock. @returns what ends it: whoever sleeps then sleeps for good */
	start(): () => void {
		clock.now = () => this.now();
		clock.sleep = async (milliseconds) => await this.sleep(milliseconds);
		const count = (message: unknown): void => {
			this.underWay += 1;
			(message as { request: ClientRequest }).request.once('close', () => (this.underWay -= 1));
		};
		subscribe('http.client.request.start', count);
		return () => {
			unsubscribe('http.client.request.start', count);
			this.sleepers.length = 0;
		};
	}

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.ahead;
	}

	/** Waits, in milliseconds. */
	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.sleepers.push({ at: this.now() + milliseconds, wake });
			this.sleepers.sort((one, other) => one.at - other.at);
			if (!this.isRunning) void this.run();
		});
	}

	/** Holds a request up; meanwhile it is no work. */
	async hold(milliseconds: number): Promise<void> {
		this.underWay -= 1;
		await this.sleep(milliseconds);
		this.underWay += 1;
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		for (let quiet = 0; this.sleepers.length > 0; quiet = this.underWay > 0 ? 0 : quiet + 1) {
			if (quiet >= QUIET_TURNS) {
				this.wakeFirst();
				quiet = 0;
			}
			await new Promise<void>((resolve) => setImmediate(resolve));
		}
		this.isRunning = false;
	}

	private wakeFirst(): void {
		const first = this.sleepers.shift();
		if (!first) return;
		const missing = Math.max(0, first.at - this.now());
		this.ahead += missing;
		this.portal.control.advance(missing / 1000);
		first.wake();
	}
}
