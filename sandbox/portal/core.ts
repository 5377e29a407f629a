import type { ChangeFeed } from './changes';
import type { Clock } from './clock';
import type { Events } from './events/happening';
import type { Faults } from './faults';
import type { Journal } from './http/journal';
import type { Limits } from './limits/limits';
import type { AccessToken, Application, Employee, PortalState, Webhook } from './state/model';
import type { Switches } from './switches';

/** What every part of the portal works with. */
export interface Core {
	readonly state: PortalState;
	readonly clock: Clock;
	readonly switches: Switches;
	readonly changes: ChangeFeed;
	readonly events: Events;
	readonly limits: Limits;
	readonly faults: Faults;
	/** REST requests with what they carried and how they were answered. */
	readonly journal: Journal;
	/** http://host:port of the authorisation server. */
	readonly authorizationUrl: () => string;
	/** Runs work that nobody waits for, e.g. fetching a recording; stop() waits for it. */
	readonly background: (work: Promise<unknown>) => void;
	/** Aborts when the portal stops. */
	readonly stopped: AbortSignal;
}

/** Who sent a request. */
export interface Caller {
	readonly kind: 'application' | 'webhook';
	readonly application: Application | null;
	readonly webhook: Webhook | null;
	readonly employee: Employee;
	readonly scopes: readonly string[];
	readonly token: AccessToken | null;
	/** Authorisation parameters as they were sent outside of a header. An upload address is signed over them. */
	readonly authParameters: Readonly<Record<string, string>>;
}

/** http://host:port of the portal. */
export function portalUrl(core: Pick<Core, 'state'>): string {
	return `http://${core.state.settings.host}`;
}
