import { outcomeTable } from '../pbx';
import { COMMON_CODES } from '../portal/commonErrors';
import { EVENTS } from '../portal/events/catalogue';
import { FAULT_KINDS, type Fault } from '../portal/faults';
import type { Gauges, LimitSettings } from '../portal/limits/limits';
import { METHODS } from '../portal/methods/table';
import {
	applicationViews,
	chosenOutgoing,
	connectView,
	outgoingChoices,
	type ApplicationView,
	type ConnectView,
	type OutgoingChoice,
} from './data/application';
import { cardViews, historyViews, pbxCallViews, type CardView, type HistoryView, type PbxCallView } from './data/calls';
import { faultWords } from './data/faultWords';
import { clientViews, employeeViews, type ClientView, type EmployeeView } from './data/people';
import type { Timeline, TimelineEntry } from './data/timeline';
import { deliveryViews, reportViews, type DeliveryView, type ReportView } from './data/traffic';
import { timelines, type Sources } from './timeline';
import { requestsBesideCalls, spelling } from './timeline/requests';

const METHOD_NAMES = [...METHODS.map((method) => method.name), 'oauth/token', 'upload'];

/** What the page reads at one moment. */
export interface Reading extends Sources {
	/** Addresses of the portal and of its authorisation server. */
	portal: { url: string; authorizationUrl: string };
	gauges: Gauges;
	limitSettings: LimitSettings;
	faults: Fault[];
	/** Whether n8n does not answer. */
	n8nIsGone: boolean;
}

/** Everything the page shows, in one piece: a tab that lost its connection is right again after one fetch. */
export interface Snapshot {
	now: number;
	portal: { host: string; memberId: string };
	employees: EmployeeView[];
	clients: ClientView[];
	cards: CardView[];
	history: HistoryView[];
	deliveries: DeliveryView[];
	applications: ApplicationView[];
	outgoing: { chosen: string; choices: OutgoingChoice[] };
	limits: Gauges & { settings: LimitSettings };
	faults: {
		waiting: Fault[];
		/** What can go wrong, and what it is called. */
		kinds: { kind: string; words: string }[];
		codes: readonly string[];
		targets: { methods: readonly string[]; events: string[] };
	};
	/** Whether the n8n of this demonstration does not answer; never of an n8n of one's own. */
	n8nIsGone: boolean;
	timelines: Timeline[];
	/** What belongs to no timeline. */
	requests: TimelineEntry[];
	/** What a person needs to connect an n8n of his own. */
	connect: ConnectView;
	/** Of the application in `connect`, as its page on a portal shows it; a made-up one. */
	clientSecret: string;
	/** Numbers that act by themselves. */
	automatic: { number: string; text: string }[];
	pbx: { url: string; calls: PbxCallView[]; reports: ReportView[] };
}

/** Puts together what the page shows. */
export function snapshot(reading: Reading): Snapshot {
	const { state, ahead, gauges, limitSettings, faults, pbx, portal } = reading;
	const [application] = state.applications.values();
	return {
		now: Date.now() + ahead,
		portal: { host: state.settings.host, memberId: state.settings.memberId },
		employees: employeeViews(state),
		clients: clientViews(state),
		cards: cardViews(state, pbx),
		history: historyViews(state),
		deliveries: deliveryViews(state),
		applications: applicationViews(state),
		outgoing: { chosen: chosenOutgoing(state), choices: outgoingChoices(state) },
		limits: { ...gauges, operating: gauges.operating.map(named), settings: limitSettings },
		faults: {
			waiting: faults,
			kinds: FAULT_KINDS.map((kind) => ({ kind, words: faultWords(kind) ?? kind })),
			codes: COMMON_CODES,
			targets: { methods: METHOD_NAMES, events: EVENTS.map((event) => event.name) },
		},
		n8nIsGone: reading.n8nIsGone,
		timelines: timelines(reading),
		requests: requestsBesideCalls(reading.journal),
		connect: connectView(portal, application, pbx),
		clientSecret: application?.clientSecret ?? '',
		automatic: outcomeTable.map((line) => ({ number: line.example.replace(/\s/g, ''), text: line.text })),
		pbx: { url: pbx.url, calls: pbxCallViews(pbx), reports: reportViews(pbx) },
	};
}

/** A gauge with the method as the documentation writes it; its key ends with the method. */
function named(gauge: Gauges['operating'][number]): Gauges['operating'][number] {
	const [method = '', ...before] = gauge.key.split('|').reverse();
	return { ...gauge, key: [...before.reverse(), spelling(method)].join('|') };
}
