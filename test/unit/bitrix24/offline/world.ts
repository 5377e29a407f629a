import type { QueuedEvent } from '../../../../bitrix24/methods/offline';
import { Poller, type Subscriber } from '../../../../bitrix24/offline/poller';
import type { Call } from '../../../../bitrix24/plan';
import { VirtualTime } from '../../../support/virtualTime';
import { Queue } from './queue';

/** What an event says, as one text. */
export const keyOf = ({ event, data }: QueuedEvent): string => `${event} ${String(data.CALL_ID)}`;

/** One n8n that fetches: a kill forgets all it knew. */
export class World {
	readonly time = new VirtualTime();
	readonly queue = new Queue(this.time);
	readonly means = { now: this.time.now, sleep: this.time.sleep, keyOf };
	poller = new Poller(this.means);
	/** CALL_IDs that started a workflow, with who took them. */
	readonly started: string[] = [];
	readonly complaints: string[] = [];
	private generation = 0;

	subscriber(name = 'a', more: Partial<Subscriber> = {}): Subscriber {
		const { generation } = this;
		const never = new Promise<never>(() => undefined);
		const alive = {
			ask: async <Result>(call: Call<Result>) =>
				generation === this.generation ? await this.queue.ask(call) : await never,
		};
		return {
			events: ['CLICK'],
			isPushed: false,
			interval: 3000,
			connect: () => Promise.resolve(alive),
			take: (event, isLeftOver) => {
				if (generation !== this.generation) return never;
				this.started.push(`${name} ${String(event.data.CALL_ID)}${isLeftOver ? ' again' : ''}`);
				return Promise.resolve();
			},
			complain: (trouble) => this.complaints.push('text' in trouble ? trouble.text : trouble.message),
			...more,
		};
	}

	/** n8n is killed and started again: what it knew is gone, and its requests and executions with it. */
	restart(subscriber: () => Subscriber): void {
		this.generation += 1;
		this.poller = new Poller(this.means);
		this.poller.join(subscriber());
	}

	/** Lets time pass, in seconds. */
	async pass(seconds: number): Promise<void> {
		await this.time.until(this.time.sleep(seconds * 1000));
	}

	/** A delivery as it arrives. @param seconds that its execution runs */
	deliver({ event, data, at }: QueuedEvent, seconds = 0): void {
		this.started.push(`push ${String(data.CALL_ID)}`);
		this.poller.delivered({ key: `${event} ${String(data.CALL_ID)}`, at }, this.time.sleep(seconds * 1000));
	}
}
