import type { IDataObject } from 'n8n-workflow';
import { decodeForm } from '../../bitrix24/phpForm';
import { Bitrix24TelephonyTrigger } from '../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node.js';
import { events, plain, type EventKind } from '../../nodes/Bitrix24TelephonyTrigger/events';
import { reportItem } from '../../nodes/PhoneSystemTrigger/events';
import { PhoneSystemTrigger } from '../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node.js';
import { phoneSystems, type SystemName } from '../../pbx';
import { TRIGGER_PAGES } from '../../tools/docs/indexPages';
import { eventsPage, reportsPage, type RecordedEvent } from '../../tools/docs/triggerPages';
import { contract } from '../contract/conformance/contract';
import { rest } from '../support/rest';
import { listenTo } from '../support/wire';
import { expectPage } from './pages';
import { REPORTS } from './reportExamples';
import { stopDates, steady } from './steady';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
beforeAll(() => stopDates(holder.world.portal));
afterAll(() => jest.useRealTimers());

/** Brings about a call that ends. */
async function callOfPbx(): Promise<void> {
	const { portal } = holder.world;
	const call = { USER_ID: 3, PHONE_NUMBER: '+442079460111', TYPE: 2, EXTERNAL_CALL_ID: 'pbx-1795259526.12' };
	const { CALL_ID } = await rest(portal, 'telephony.externalCall.register', call);
	await rest(portal, 'telephony.externalCall.finish', {
		CALL_ID,
		USER_ID: 3,
		DURATION: 9,
		STATUS_CODE: '200',
		ADD_TO_CHAT: 0,
	});
}

/** Brings an event about, where it takes more than a call. */
const CAUSES: Record<string, () => unknown> = {
	ONEXTERNALCALLSTART: async () => await holder.world.click(),
	ONEXTERNALCALLBACKSTART: () =>
		holder.world.portal.control.orderCallback({ lineNumber: '+4940669690', phoneNumber: '+494066969441' }),
	ONAPPUNINSTALL: () => holder.world.portal.control.removeApplication(),
};

async function recorded(kind: EventKind): Promise<RecordedEvent> {
	const { world } = holder;
	await world.reset();
	world.version = Math.max(...[new Bitrix24TelephonyTrigger().description.version].flat());
	await world.publish({ events: [kind.code], options: {} });
	await (CAUSES[kind.code] ?? callOfPbx)();
	await world.settled();
	const [item] = world.started;
	if (!item) throw new Error(`${kind.code} started nothing`);
	const { event, data = {} } = plain(decodeForm(world.delivery.body)) as IDataObject;
	return { kind, ...steady({ sent: { event, data }, item }, [world.portal.url]) };
}

/** What publishing says of each way in which Bitrix24 refuses to bind. */
async function problems(): Promise<string[]> {
	const { world } = holder;
	const bind = contract.methods.find(({ method }) => method === 'event.bind');
	const said = new Set<string>();
	// What ERROR_ARGUMENT says would be a fault of ours.
	for (const { httpStatus, code, description } of (bind?.errors ?? []).filter((one) => one.code !== 'ERROR_ARGUMENT')) {
		await world.reset();
		const wire = await listenTo(world.portal.url);
		Object.assign(world.credential, {
			portal: wire.url,
			oauthTokenData: { ...(world.credential.oauthTokenData as IDataObject), client_endpoint: `${wire.url}/rest/` },
		});
		wire.strike = { method: 'event.bind', status: httpStatus ?? 400, code: code ?? '', text: description ?? '' };
		const error = await world
			.publish({ events: ['ONEXTERNALCALLSTART'], options: {} })
			.catch((thrown: unknown) => thrown);
		await wire.stop();
		if (error instanceof Error) said.add(error.message.replace(' (event.bind)', ''));
	}
	return [...said];
}

it('the page of Bitrix24’s events is up to date', async () => {
	const all: RecordedEvent[] = [];
	for (const kind of events) all.push(await recorded(kind));
	const { description } = new Bitrix24TelephonyTrigger();
	expectPage(TRIGGER_PAGES.bitrix24.file, eventsPage(description, all, await problems()));
});

it('the page of phone systems is up to date', () => {
	const all = Object.entries(REPORTS).map(([system, { name, post, shown }]) => {
		const { reports, raw } = phoneSystems[system as SystemName].read(post, 'Europe/Berlin');
		const [report] = reports;
		if (!report) throw new Error(`${system} reports nothing`);
		return { name, sent: shown, item: { ...reportItem(system, report, raw), REPORT: undefined } };
	});
	expectPage(TRIGGER_PAGES.phoneSystem.file, reportsPage(new PhoneSystemTrigger().description, all));
});
