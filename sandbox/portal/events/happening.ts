import type { Application, Handler } from '../state/model';

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

/** Who takes events to their handlers. */
export interface Events {
	/** Sends an event to every handler that may have it, and puts it into the offline queues. */
	fire(happening: Happening): void;
	/** Sends ONAPPINSTALL to the installation address, which no handler is bound for. [D on-app-install.md] */
	install(application: Application, userId: number): void;
	/** Sends ONAPPUNINSTALL to handlers of an application that is already gone. [D on-app-uninstall.md] */
	uninstall(application: Application, handlers: readonly Handler[], clean: boolean): void;
	/** Drops reserved rows of the offline queue that nobody confirmed in time (C20). */
	purgeOffline(): void;
}
