import type { Core } from '../core';
import { HOP_LIMIT } from '../oauth/tokens';
import { activeEmployee } from '../state/find';
import type { Application, Handler } from '../state/model';
import { eventByName, type EventFacts } from './catalogue';
import { deliveryBody } from './body';
import type { Events, Happening } from './happening';
import type { Mailer } from './mailer';
import type { OfflineQueue } from './offline';

/** Brings events to the handlers that are bound to them. */
export class EventQueue implements Events {
	constructor(
		private readonly core: () => Core,
		private readonly mailer: Mailer,
		private readonly offline: OfflineQueue,
	) {}

	fire(happening: Happening): void {
		const facts = eventByName(happening.event);
		if (!facts || happening.hops >= HOP_LIMIT) return;
		for (const handler of [...this.core().state.handlers]) {
			const application = this.core().state.applications.get(handler.applicationId);
			if (handler.event !== facts.name || !application || !mayHear(application)) continue;
			if (happening.onlyApplication !== undefined && happening.onlyApplication !== application.id) continue;
			if (handler.offline) {
				if (this.offline.add(handler, happening)) this.announceOffline(application, happening);
			} else {
				this.deliver(facts, application, handler, happening);
			}
		}
	}

	install(application: Application, userId: number): void {
		const facts = eventByName('ONAPPINSTALL');
		if (!facts || application.installUrl === '') return;
		const data = {
			VERSION: application.version,
			ACTIVE: application.active ? 'Y' : 'N',
			INSTALLED: application.installed ? 'Y' : 'N',
			LANGUAGE_ID: this.core().state.settings.language,
		};
		const body = deliveryBody(this.core(), { event: facts, application, userId, handlerId: null, hops: 1 }, data);
		this.mailer.post({ event: facts.name, handlerId: null, url: application.installUrl, body });
	}

	uninstall(application: Application, handlers: readonly Handler[], clean: boolean): void {
		const facts = eventByName('ONAPPUNINSTALL');
		if (!facts) return;
		const data = { LANGUAGE_ID: this.core().state.settings.language, CLEAN: clean ? 1 : 0 };
		for (const handler of handlers) {
			if (handler.event === facts.name && !handler.offline)
				this.deliver(facts, application, handler, { event: facts.name, data, userId: null, hops: 0, connector: '' });
		}
	}

	purgeOffline(): void {
		this.offline.purge();
	}

	private announceOffline(application: Application, happening: Happening): void {
		const facts = eventByName('ONOFFLINEEVENT');
		if (!facts) return;
		for (const handler of this.core().state.handlers) {
			if (handler.event !== facts.name || handler.applicationId !== application.id) continue;
			this.offline.announce(handler, () =>
				this.deliver(facts, application, handler, { ...happening, event: facts.name, data: {} }),
			);
		}
	}

	private deliver(facts: EventFacts, application: Application, handler: Handler, happening: Happening): void {
		const acting = handler.authType === 0 ? happening.userId : handler.authType;
		const userId = acting !== null && activeEmployee(this.core().state, acting) ? acting : null;
		const body = deliveryBody(
			this.core(),
			{ event: facts, application, userId, handlerId: handler.id, hops: happening.hops + 1 },
			happening.data,
		);
		this.mailer.post({ event: facts.name, handlerId: handler.id, url: handler.handler, body });
	}
}

/**
 * Handlers of an application that is inactive, not installed or out of its paid period are skipped. [S callback.php]
 */
function mayHear(application: Application): boolean {
	return application.active && application.installed && !application.paymentExpired;
}
