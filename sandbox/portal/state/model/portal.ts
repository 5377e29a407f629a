import type { AccessToken, Application, AuthorizationCode, RefreshToken, Webhook } from './applications';
import type {
	Card,
	HistoryRow,
	Line,
	LiveCall,
	MissedCall,
	OrderedCall,
	OutgoingNumber,
	Recording,
	Transcript,
} from './calls';
import type { Activity, CallActivity, CallList, Client, CrmStatus, Currency, Deal } from './crm';
import type { Delivery, Handler, OfflineEvent, RequestRecord } from './events';
import type { Employee } from './people';

/** Things about the portal itself that an administrator or Bitrix24 sets. */
export interface Settings {
	/** host:port under which the portal is known now. */
	host: string;
	/** Addresses that the portal had before; requests to them are answered with 302. */
	formerHosts: string[];
	memberId: string;
	language: string;
	timeZone: string;
	/** Digits that stand before national numbers in their international form, without +. */
	countryCode: string;
	/** Digits with which national numbers begin at home, e.g. 0 in Germany and 8 in Russia; empty = none. */
	trunkPrefix: string;
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
	activities: Activity[];
	statuses: CrmStatus[];
	currencies: Currency[];
	callLists: CallList[];
	lines: Line[];
	calls: Map<string, LiveCall>;
	history: HistoryRow[];
	/** By id. */
	callActivities: Map<number, CallActivity>;
	historyByCall: Map<string, HistoryRow>;
	cards: Card[];
	missedCalls: MissedCall[];
	chatMessages: { callId: string; text: string }[];
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
