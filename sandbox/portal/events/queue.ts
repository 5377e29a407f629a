import type { Core } from '../core';
import { HOP_LIMIT } from '../oauth/tokens';
import { activeEmployee } from '../state/find';
import type { Application, Handler } from '../state/model';
import { eventByName, type EventFacts } from './catalogue';
import { deliveryBody } from './body';
import type { Mailer } from './mailer';
import type { OfflineQueue } from './offline';

/** Something that happened on the portal. */
export interface Happening {
	event: string;
	data: Readonly<Record<string, unknown>>;
	/** Employee who acted; null = nobody, e.g. a robot. */
	userId: number | null;
	/** Only this application may hear of it. */
	onlyApplication?: number;
	/** How many events deep the change is that caused it. */
	hops: number;
	/** auth_connector of the request that caused it. */
	connector: string;
}

/** Brings events to the handlers that are bound to them. */
export class EventQueue {
	constructor(
		private readonly core: () => Core,
		private readonly mailer: Mailer,
		readonly offline: OfflineQueue,
	) {}

	/** Sends an event to every handler that may have it, and puts it into the offline queues. */
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

	/** Sends ONAPPINSTALL to the installation address, which no handler is bound for. [D on-app-install.md] */
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

	/** Sends ONAPPUNINSTALL to handlers of an application that is already gone. [D on-app-uninstall.md] */
	uninstall(application: Application, handlers: readonly Handler[], clean: boolean): void {
		const facts = eventByName('ONAPPUNINSTALL');
		if (!facts) return;
		const data = { LANGUAGE_ID: this.core().state.settings.language, CLEAN: clean ? 1 : 0 };
		for (const handler of handlers) {
			if (handler.event === facts.name && !handler.offline)
				this.deliver(facts, application, handler, { event: facts.name, data, userId: null, hops: 0, connector: '' });
		}
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

/** Handlers of an application that is inactive, not installed or out of its paid period are skipped. [S callback.php] */
function mayHear(application: Application): boolean {
	return application.active && application.installed && !application.paymentExpired;
}
