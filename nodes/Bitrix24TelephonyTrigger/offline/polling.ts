import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
} from 'n8n-workflow';
import { errorOf, messageOf, type Failure } from '../../../bitrix24/failure';
import type { QueuedEvent } from '../../../bitrix24/methods/offline';
import { history, rowWith } from '../../../bitrix24/methods/history';
import { SAME_DELIVERY } from '../../../bitrix24/offline/covered';
import type { Poller } from '../../../bitrix24/offline/poller';
import { clock } from '../../common/clock';
import { BRIEF, connect, readConnection } from '../../common/connection';
import { admit, type Settings } from '../admission';
import { CLICK } from '../events';
import { hintFor } from '../../../bitrix24/hints';
import { inBrackets, withCode } from '../../common/failures';
import { identityOf } from '../memory';
import { ageOf, withAge } from './age';
import { join, leave, pollerOf, type Joined } from './pollers';
import { itemOf, occurrenceOf, type PortalFacts } from './queuedItem';

/** Milliseconds until the credential is read again when it cannot be. */
const CREDENTIAL_PAUSE = 60_000;

/** Seconds from which a fetched event counts as late, also where nothing but fetching brings it. */
const LATE = 30;

/** What a trigger that fetches its events needs to know. */
export interface PollingSettings extends Settings {
	events: string[];
	/** Whether the same events are delivered by push as well. */
	isPushed: boolean;
	/** Milliseconds between two looks. */
	interval: number;
}

/**
 * Begins to fetch a trigger's events. Never throws: n8n would give the trigger up while the portal is away.
 *
 * @returns ends it, and waits until what was handed over is confirmed.
 */
export function startPolling(context: ITriggerFunctions, settings: PollingSettings): () => Promise<void> {
	const identity = identityOf(context);
	let isClosed = false;
	let one: Joined | undefined;
	const joining = async (): Promise<void> => {
		for (let attempts = 0; !isClosed && !one; attempts += 1) {
			try {
				const connection = await readConnection(context);
				const facts = { domain: new URL(connection.endpoint).host, memberId: connection.memberId };
				one = joinedFor(context, settings, facts, pollerOf(connection));
				if (!isClosed) await join(identity, one);
			} catch (error) {
				if (attempts === 0) complain(context, errorOf(error));
				await clock.sleep(CREDENTIAL_PAUSE);
			}
		}
	};
	void joining();
	return async () => {
		isClosed = true;
		if (one) await leave(identity, one);
	};
}

function joinedFor(context: ITriggerFunctions, settings: PollingSettings, facts: PortalFacts, poller: Poller): Joined {
	const { events, isPushed, interval } = settings;
	const connecting = async () => await connect(context, BRIEF);
	const start = async (item: IDataObject): Promise<void> => {
		const admission = await admit(item, settings, identityOf(context), connecting);
		if ('outputs' in admission) await emitted(context, admission.outputs);
		else context.logger.debug(admission.nothing);
	};
	const take = async (event: QueuedEvent, isLeftOver: boolean): Promise<void> => {
		const item = itemOf(event, facts);
		const isLate = isPushed || isLeftOver || ageOf(item) >= LATE;
		if (isLate && (await isOver(await connecting(), event))) return;
		await start(withAge(item, isLate));
	};
	const report = (error: unknown): void => context.logger.error(messageOf(error));
	return {
		poller,
		subscriber: {
			events,
			isPushed,
			interval,
			connect: connecting,
			take,
			complain: (trouble) => complain(context, trouble),
		},
		push: (item) => {
			const occurrence = occurrenceOf(item);
			// Fetched before, because it was late, or delivered twice.
			if (!poller.covered.has(occurrence, SAME_DELIVERY))
				poller.delivered(occurrence, start(withAge(item, false)).catch(report));
		},
	};
}

/** Starts the workflow. Ends when the execution has ended, also badly; n8n 1 does not say when it could not begin. */
async function emitted(context: ITriggerFunctions, outputs: INodeExecutionData[][]): Promise<void> {
	const done = context.helpers.createDeferredPromise<IRun>();
	context.emit(outputs, undefined, done);
	await done.promise;
}

/** True for a click whose call is in the history: it was dialled and finished before a crash could tell. */
async function isOver(portal: Awaited<ReturnType<typeof connect>>, { event, data }: QueuedEvent): Promise<boolean> {
	const callId = data.CALL_ID;
	if (event !== CLICK || typeof callId !== 'string') return false;
	const found = await portal.ask(history({ CALL_ID: callId }));
	return found.ok && rowWith('CALL_ID', callId)(found.value) !== undefined;
}

/** What lasts until somebody does something becomes a failed execution, which the user sees; the rest passes. */
function complain(context: ITriggerFunctions, trouble: Failure | Error): void {
	const reason = trouble instanceof Error ? describe(trouble) : advised(trouble);
	const problem = `Events cannot be fetched from Bitrix24. It keeps them meanwhile, and this trigger goes on trying. ${reason}`;
	context.logger.warn(problem);
	const needsHelp = trouble instanceof Error || trouble.kind === 'credential' || trouble.kind === 'refused';
	if (needsHelp) context.saveFailedExecution?.(new NodeOperationError(context.getNode(), problem));
}

function advised(failure: Failure): string {
	const reason = [withCode(failure), inBrackets(failure.method)].filter(Boolean).join(' ');
	return `${hintFor(failure, 'read')} Reason: ${reason}`;
}

function describe({ message, description }: Error & { description?: string | null }): string {
	return description && description !== message ? `${message}. ${description}` : message;
}
