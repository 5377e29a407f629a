import { unixTime } from '../clock';
import type { Core } from '../core';
import { EVENT_FAULTS } from '../faults';
import { nextId } from '../state/ids';
import type { Delivery } from '../state/model';
import { send } from '../http/post';

/** What is to be posted where. */
export interface Letter {
	event: string;
	handlerId: number | null;
	url: string;
	/** The body for a `ts`, in Unix time. */
	body: (ts: number) => string;
}

/** Milliseconds. The real queue's limit is not known. */
const ANSWER_TIMEOUT = 30_000;
/** Bytes of a handler's answer that are kept. */
const ANSWER_LIMIT = 64 * 1024;
/** Seconds: a handler that takes longer is slow. The real figure is not known. */
const SLOW_SECONDS = 5;
/** Deliveries that are kept for whoever looks. */
const KEPT = 1000;
/** A slow handler rests this many times as long as it took. */
const REST_FACTOR = 4;

/**
 * The queue on the authorisation server: posts each delivery once and never again, whatever becomes of it.
 * [D events/index.md; L b24-rest-docs issue 178]
 */
export class Mailer {
	private readonly restUntil = new Map<string, number>();
	/** The delivery that the next one is to overtake. */
	private held: Delivery | undefined;
	private readonly sending = new WeakMap<Delivery, Promise<void>>();
	private readonly bodies = new WeakMap<Delivery, Letter['body']>();

	/** @param timeFactor scales how long a slow handler rests; with 0 it does not rest */
	constructor(
		private readonly core: () => Core,
		private readonly timeFactor: number,
	) {}

	/** Queues a delivery. Faults on demand lose, double, delay or reorder it. */
	post(letter: Letter): void {
		const fault = this.core().faults.take(letter.event, EVENT_FAULTS);
		const made = unixTime(this.core().clock);
		const delivery = this.enter(letter, made);
		if (fault?.kind === 'eventLost') {
			delivery.state = 'lost';
			this.tell('answered', delivery);
			return;
		}
		if (fault?.kind === 'eventLate') {
			this.core().clock.after(fault.seconds ?? 5, () => this.send(delivery));
			return;
		}
		if (fault?.kind === 'eventOutOfOrder' && !this.held) {
			this.held = delivery;
			return;
		}
		const overtaken = this.held;
		this.held = undefined;
		this.sendSoon(delivery);
		if (fault?.kind === 'eventDoubled') this.sendSoon(this.enter(letter, made));
		// Only a little later, so that the two requests do not race each other.
		if (overtaken)
			this.core().background((this.sending.get(delivery) ?? Promise.resolve()).then(() => this.send(overtaken)));
	}

	private enter(letter: Letter, made: number): Delivery {
		const { state, clock } = this.core();
		const delivery: Delivery = {
			...letter,
			body: letter.body(made),
			id: nextId(state, 'delivery'),
			queuedAt: clock.now(),
			sentAt: null,
			state: 'queued',
			status: null,
			answer: null,
			took: null,
			problem: null,
		};
		this.bodies.set(delivery, letter.body);
		state.deliveries.push(delivery);
		forgetOldest(state.deliveries);
		this.tell('queued', delivery);
		return delivery;
	}

	/** A handler that was slow is left alone for a while; that is how it is "called less often". */
	private sendSoon(delivery: Delivery): void {
		const wait = ((this.restUntil.get(delivery.url) ?? 0) - this.core().clock.now()) / 1000;
		if (wait > 0) this.core().clock.after(wait, () => this.send(delivery));
		else this.send(delivery);
	}

	private send(delivery: Delivery): void {
		const work = this.exchange(delivery);
		this.sending.set(delivery, work);
		this.core().background(work);
	}

	private async exchange(delivery: Delivery): Promise<void> {
		const { clock, stopped, switches } = this.core();
		const started = performance.now();
		delivery.sentAt = clock.now();
		delivery.state = 'sent';
		if (switches.eventTime === 'sent') delivery.body = this.bodies.get(delivery)?.(unixTime(clock)) ?? delivery.body;
		try {
			const reply = await send(delivery.url, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Bitrix24 Webhook Engine' },
				body: delivery.body,
				timeout: ANSWER_TIMEOUT,
				signal: stopped,
				limit: ANSWER_LIMIT,
			});
			delivery.state = 'answered';
			delivery.status = reply.status;
			delivery.answer = reply.body.toString('utf8');
		} catch (error) {
			delivery.state = 'failed';
			delivery.problem = error instanceof Error ? error.message : String(error);
		}
		delivery.took = Math.round((performance.now() - started) * 10) / 10;
		this.noteSlowness(delivery, (clock.now() - delivery.sentAt) / 1000);
		this.tell('answered', delivery);
	}

	private noteSlowness(delivery: Delivery, seconds: number): void {
		if (this.timeFactor === 0 || seconds < SLOW_SECONDS * this.timeFactor) return;
		this.restUntil.set(delivery.url, this.core().clock.now() + seconds * REST_FACTOR * 1000);
	}

	private tell(action: string, delivery: Delivery): void {
		this.core().changes.tell('delivery', action, { id: delivery.id, event: delivery.event, state: delivery.state });
	}
}

/** What has still to be sent, or waits for its answer, stays, however old it is. */
function forgetOldest(deliveries: Delivery[]): void {
	while (deliveries.length > KEPT) {
		const oldest = deliveries.findIndex(({ state }) => state !== 'queued' && state !== 'sent');
		if (oldest < 0) return;
		deliveries.splice(oldest, 1);
	}
}
