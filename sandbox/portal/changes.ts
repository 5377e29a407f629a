import { EventEmitter } from 'node:events';

/** What can change visibly. The page listens to these. */
export type ChangeKind =
	| 'card'
	| 'call'
	| 'history'
	| 'client'
	| 'line'
	| 'recording'
	| 'transcript'
	| 'missedCall'
	| 'delivery'
	| 'handler'
	| 'application'
	| 'employee'
	| 'token'
	| 'settings'
	| 'switches'
	| 'fault'
	| 'request'
	| 'limits'
	| 'offline'
	| 'orderedCall'
	| 'reset';

/** A change: its kind, what happened, and ids that help to find what changed. */
export interface Change {
	kind: ChangeKind;
	/** opened, closed, updated, registered, finished, queued, answered, bound, unbound ... */
	action: string;
	/** Milliseconds since 1970, the portal's time, when it happened before it was told. */
	at?: number;
	[detail: string]: unknown;
}

/** Emits 'change' with a {@link Change}. */
export class ChangeFeed extends EventEmitter<{ change: [Change] }> {
	constructor() {
		super();
		this.setMaxListeners(0);
	}

	/** Tells everyone who listens. */
	tell(kind: ChangeKind, action: string, details: Readonly<Record<string, unknown>> = {}): void {
		this.emit('change', { ...details, kind, action });
	}
}
