import type { Core } from '../core';
import { parseJsonBody } from '../php/json';
import { md5, nextId } from '../state/ids';
import type { Handler } from '../state/model';
import type { Happening } from './happening';

/** The queue of events that an application fetches itself. [S rest/lib/eventoffline.php] */
export class OfflineQueue {
	private readonly lastAnnounced = new Map<number, number>();

	constructor(private readonly core: () => Core) {}

	/**
	 * Puts an event into the queue of the handler's application. There is one row per event and data, so a repeat only
	 * renews the row. An application's own change, marked by its auth_connector, is left out.
	 * @returns false when nothing was put in
	 */
	add(handler: Handler, happening: Happening): boolean {
		const { state, clock, changes } = this.core();
		if (handler.connector !== '' && handler.connector === happening.connector) return false;
		const data = parseJsonBody(Buffer.from(JSON.stringify(happening.data)));
		const messageId = md5(`${handler.event}|${JSON.stringify(data)}`);
		const known = state.offlineEvents.find(
			(row) =>
				row.applicationId === handler.applicationId &&
				row.connector === handler.connector &&
				row.messageId === messageId &&
				row.processId === '',
		);
		if (known) {
			known.timestamp = clock.now();
		} else {
			state.offlineEvents.push({
				id: nextId(state, 'offline'),
				applicationId: handler.applicationId,
				timestamp: clock.now(),
				event: handler.event,
				data,
				userId: happening.userId,
				connector: handler.connector,
				messageId,
				processId: '',
				reservedAt: null,
				error: false,
			});
		}
		changes.tell('offline', 'queued', { event: handler.event });
		return true;
	}

	/** Announces new rows (ONOFFLINEEVENT), at most once in the handler's minTimeout. [D on-offline-event.md] */
	announce(handler: Handler, deliver: () => void): void {
		const { clock } = this.core();
		const next = (this.lastAnnounced.get(handler.id) ?? Number.NEGATIVE_INFINITY) + handler.minTimeout * 1000;
		if (next <= clock.now()) {
			this.lastAnnounced.set(handler.id, clock.now());
			deliver();
			return;
		}
		// One announcement is enough for everything that arrives before it.
		if (next > clock.now() + handler.minTimeout * 1000) return;
		this.lastAnnounced.set(handler.id, next);
		clock.after((next - clock.now()) / 1000, deliver);
	}

	/** Drops reserved rows that nobody confirmed in time (C20). */
	purge(): void {
		const { state, clock, switches } = this.core();
		const oldest = clock.now() - switches.offlinePurgeDays * 24 * 3600 * 1000;
		state.offlineEvents = state.offlineEvents.filter((row) => row.reservedAt === null || row.reservedAt >= oldest);
	}
}
