/** A name and its value as text; secrets are masked. */
export interface Field {
	name: string;
	value: string;
}

/** An execution in n8n. */
export interface Execution {
	id: string;
	/** Where n8n's editor shows it. */
	url: string;
	/** The workflow's name. */
	workflow: string;
	/** n8n's word: success, error, running, waiting ... */
	status: string;
}

/** One thing that happened to a call. */
export interface TimelineEntry {
	/** Stays the same from snapshot to snapshot. */
	key: string;
	/** Milliseconds since 1970, the portal's time. */
	at: number;
	kind: 'click' | 'event' | 'request' | 'pbx' | 'report' | 'recording' | 'card';
	from: 'portal' | 'workflow' | 'pbx' | 'person';
	/** One line, such as telephony.externalCall.finish. */
	text: string;
	/** How it went: "200 in 12 ms", "ERROR_CORE ..."; may be empty. */
	detail: string;
	tone: 'good' | 'bad' | 'plain';
	/** What was sent, in the order in which it was sent. */
	sent: Field[];
	/** Pretty JSON or text; empty when there was none. */
	answer: string;
	/** The commands of a batch that touch this call. */
	parts: TimelineEntry[];
	/** Address of the recording, to play it. */
	recording?: string;
	execution?: Execution;
}

/** All that happened to one call. */
export interface Timeline {
	/** CALL_ID, or the PBX's channel of a call that Bitrix24 does not know. */
	key: string;
	/** Empty when Bitrix24 does not know the call. */
	callId: string;
	number: string;
	/** Name of the client; empty when there is none. */
	client: string;
	/** Name of the employee; empty while nobody has the call. */
	employee: string;
	direction: 'in' | 'out';
	/** Milliseconds since 1970, the portal's time. */
	startedAt: number;
	over: boolean;
	/** Oldest first. */
	entries: TimelineEntry[];
}
