import type { PhpValue } from '../php/values';

/** What an employee may do in telephony and CRM. */
export interface Rights {
	/** voximplant.statistic.get: all calls, only the own ones, or none ("call detail - view"). */
	callDetail: 'all' | 'own' | 'none';
	/** "outgoing call - perform". */
	outgoingCall: boolean;
	/** "manage numbers - modify". */
	manageNumbers: boolean;
	/** Reading CRM dictionaries and call lists. */
	crm: boolean;
}

/** An employee of the portal. */
export interface Employee {
	id: number;
	active: boolean;
	isAdmin: boolean;
	firstName: string;
	lastName: string;
	email: string;
	position: string;
	gender: 'M' | 'F' | '';
	/** UF_PHONE_INNER, empty when there is none. */
	extension: string;
	workPhone: string;
	mobile: string;
	department: string;
	timeman: 'OPENED' | 'CLOSED' | 'PAUSED' | 'EXPIRED' | 'UNAVAILABLE' | 'NOT_INSTALLED';
	/** Bots and extranet connectors are users too, but nobody who can make a call. */
	type: 'employee' | 'bot' | 'extranet';
	rights: Rights;
	/** The employee's own choice of the outgoing number; undefined = the portal's. */
	defaultLine?: OutgoingNumber;
}

export type ClientType = 'CONTACT' | 'COMPANY' | 'LEAD';

/** A CRM client. */
export interface Client {
	type: ClientType;
	id: number;
	name: string;
	title: string;
	phones: string[];
	/** Employee responsible for the client. */
	assignedById: number;
	/** STATUS_ID of the CRM source; set for leads. */
	source?: string;
	/** CALL_ID of the call that created the client. */
	createdByCall?: string;
}

/** A deal; only made when the portal works without leads. */
export interface Deal {
	id: number;
	title: string;
	contactId: number;
	assignedById: number;
	createdByCall?: string;
}

/** What the portal dials through when an employee clicks a number. An empty line number means the application itself. */
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

export interface CrmBinding {
	ENTITY_TYPE: string;
	ENTITY_ID: number;
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

/** An application on the portal. */
export interface Application {
	id: number;
	name: string;
	clientId: string;
	clientSecret: string;
	/** "Handler path" of the application's settings; also where the authorisation comes back to. */
	handlerUrl: string;
	/** "Initial installation path": gets ONAPPINSTALL. Empty = none. */
	installUrl: string;
	scopes: string[];
	/** False until installFinish: REST works, but no event is sent. */
	installed: boolean;
	/** False when an administrator switched the application off. */
	active: boolean;
	status: 'L' | 'F' | 'D' | 'T' | 'P' | 'S';
	paymentExpired: boolean;
	version: number;
	applicationToken: string;
	/** Employees who may use the application; empty = all. */
	allowedUsers: number[];
}

/** An incoming webhook. */
export interface Webhook {
	id: number;
	userId: number;
	code: string;
	scopes: string[];
}

export interface AuthorizationCode {
	code: string;
	applicationId: number;
	userId: number;
	expiresAt: number;
}

export interface AccessToken {
	token: string;
	applicationId: number;
	userId: number;
	scopes: string[];
	expiresAt: number;
	/** How many events deep a change made with this token is. [S rest/lib/event/session.php] */
	hops: number;
}

export interface RefreshToken {
	token: string;
	applicationId: number;
	userId: number;
	expiresAt: number;
}

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

/** An entry of the CRM dictionaries (crm.status.list). */
export interface CrmStatus {
	id: number;
	entityId: string;
	statusId: string;
	name: string;
	nameInit: string;
	sort: number;
	system: boolean;
	color: string | null;
	semantics: string | null;
}

export interface Currency {
	code: string;
	amount: string;
	sort: number;
	base: boolean;
	fullName: string;
	format: string;
}

export interface CallList {
	id: number;
	createdAt: number;
	createdById: number;
	webformId: number | null;
	entityType: 'CONTACT' | 'COMPANY';
	entityIds: number[];
}

/** Things about the portal itself that an administrator or Bitrix24 sets. */
export interface Settings {
	/** host:port under which the portal is known now. */
	host: string;
	/** Addresses that the portal had before; requests to them are answered with 302. */
	formerHosts: string[];
	memberId: string;
	language: string;
	timeZone: string;
	license: string;
	/** True: unknown callers become leads. False: a contact and a deal ("simple CRM"). */
	leadsEnabled: boolean;
	crmInstalled: boolean;
	/** Text of LEAD_CREATION_ERROR; empty = leads can be created. */
	leadCreationError: string;
	/** Plan feature rest_offline_extended: event.offline.get with clear=0. */
	offlineExtended: boolean;
	/** Plan feature rest_auth_connector. */
	authConnector: boolean;
	/** Commercial plan: REST works at all. */
	restAvailable: boolean;
	portalDeleted: boolean;
	overload: boolean;
	infocallLimitReached: boolean;
	infocallProviderRefuses: boolean;
	/** The history cannot be written: finish fails with a database error. */
	historyBroken: boolean;
	/** The line table cannot be written. */
	linesBroken: boolean;
	/** The disk of the portal cannot be written. */
	diskBroken: '' | 'directory' | 'save';
	/** Outgoing lines of the built-in telephony: line id -> name. */
	builtInLines: Record<string, string>;
	/** Lines of the built-in telephony that have no settings. */
	linesWithoutSettings: string[];
	/** Chosen outgoing number of the portal; null = none, a click then fails. */
	defaultLine: OutgoingNumber | null;
}

/** Everything the portal knows. */
export interface PortalState {
	settings: Settings;
	employees: Map<number, Employee>;
	clients: Client[];
	deals: Deal[];
	statuses: CrmStatus[];
	currencies: Currency[];
	callLists: CallList[];
	lines: Line[];
	calls: Map<string, LiveCall>;
	history: HistoryRow[];
	historyByCall: Map<string, HistoryRow>;
	cards: Card[];
	missedCalls: MissedCall[];
	chatMessages: Array<{ callId: string; text: string }>;
	recordings: Map<number, Recording>;
	transcripts: Transcript[];
	orderedCalls: OrderedCall[];
	applications: Map<number, Application>;
	webhooks: Webhook[];
	codes: Map<string, AuthorizationCode>;
	accessTokens: Map<string, AccessToken>;
	refreshTokens: Map<string, RefreshToken>;
	handlers: Handler[];
	deliveries: Delivery[];
	offlineEvents: OfflineEvent[];
	requests: RequestRecord[];
	/** Last id given out, by kind. */
	counters: Record<string, number>;
}
