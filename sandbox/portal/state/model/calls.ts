import type { CrmBinding } from './crm';

/**
 * What the portal dials through when an employee clicks a number. An empty line number means the application itself.
 */
export interface OutgoingNumber {
	applicationId: number;
	lineNumber: string;
}

/** A line of an application (telephony.externalLine.*). */
export interface Line {
	id: number;
	applicationId: number;
	number: string;
	name: string;
	crmAutoCreate: boolean;
	/** True when register made the line because it did not know the number. */
	createdSilently: boolean;
}

/** A call that has not been finished. */
export interface LiveCall {
	id: number;
	callId: string;
	externalCallId: string | null;
	applicationId: number | null;
	userId: number;
	/** Digits and the signs that the portal leaves in a number. */
	phoneNumber: string;
	/** TYPE of the registration, 1 to 5. */
	type: number;
	startDate: number;
	lineNumber: string;
	portalNumber: string;
	crmEntityType: string;
	crmEntityId: number | null;
	bindings: CrmBinding[];
	createdEntities: CrmBinding[];
	isInternal: boolean;
	/** When the portal learned of the call; startDate is what the application said. */
	createdAt: number;
	callListId: number | null;
	addToChat: boolean | null;
	/** Who made the call known: an application, or the portal itself after a click. */
	origin: 'register' | 'click';
}

/** A row of the call history. */
export interface HistoryRow {
	id: number;
	callId: string;
	externalCallId: string | null;
	userId: number;
	portalNumber: string;
	phoneNumber: string;
	type: number;
	duration: number;
	startDate: number;
	vote: number | null;
	cost: number;
	costCurrency: string;
	failedCode: string;
	failedReason: string;
	crmEntityType: string | null;
	crmEntityId: number | null;
	bindings: CrmBinding[];
	crmActivityId: number | null;
	applicationId: number | null;
	applicationName: string | null;
	transcriptId: number | null;
	recordFileId: number | null;
	recordUrl: string | null;
	callListId: number | null;
	addedToChat: boolean;
	comment: string | null;
}

/** A call card that an employee sees. */
export interface Card {
	callId: string;
	userId: number;
	openedAt: number;
}

/** A missed-call mark. */
export interface MissedCall {
	callId: string;
	phoneNumber: string;
	userId: number;
	calledBack: boolean;
}

/** A stored recording. */
export interface Recording {
	id: number;
	callId: string;
	name: string;
	contentType: string;
	content: Buffer;
}

export interface Utterance {
	side: 'User' | 'Client';
	startTime: number;
	stopTime: number;
	message: string;
}

export interface Transcript {
	id: number;
	callId: string;
	cost: number | null;
	costCurrency: string | null;
	utterances: Utterance[];
}

/** A callback or an info call that the built-in telephony was asked for. */
export interface OrderedCall {
	callId: string | null;
	kind: 'callback' | 'infocall';
	line: string;
	phoneNumber: string;
	text: string;
	voice: string;
	url: string;
}
