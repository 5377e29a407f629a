import type { PhpValue } from '../../php/values';

/** A subscription (event.bind). */
export interface Handler {
	id: number;
	applicationId: number;
	event: string;
	/** Address; empty for the offline queue. */
	handler: string;
	/** Whose token the handler gets; 0 = the acting employee. */
	authType: number;
	offline: boolean;
	connector: string;
	/** ONOFFLINEEVENT: least seconds between two deliveries. */
	minTimeout: number;
	/** Employee who bound it. */
	userId: number;
}

/** One event on its way to one handler. */
export interface Delivery {
	id: number;
	event: string;
	handlerId: number | null;
	url: string;
	/** The body as it goes over the wire. */
	body: string;
	queuedAt: number;
	sentAt: number | null;
	/** queued, sent = waiting for the answer, answered, failed = no answer, lost = dropped on purpose. */
	state: 'queued' | 'sent' | 'answered' | 'failed' | 'lost';
	status: number | null;
	answer: string | null;
	/** Milliseconds from sending to the answer. */
	took: number | null;
	problem: string | null;
}

/** A row of the offline queue. */
export interface OfflineEvent {
	id: number;
	applicationId: number;
	timestamp: number;
	event: string;
	data: PhpValue | false;
	userId: number | null;
	connector: string;
	messageId: string;
	processId: string;
	reservedAt: number | null;
	error: boolean;
}

/** A request as the portal answered it, for the page and for tests that count requests. */
export interface RequestRecord {
	id: number;
	at: number;
	method: string;
	applicationId: number | null;
	userId: number | null;
	status: number;
	error: string | null;
	inBatch: boolean;
}
