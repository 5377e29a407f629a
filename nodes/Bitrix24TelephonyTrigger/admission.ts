import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { HandlerIdentity } from '../../bitrix24/handlerSignature';
import { rememberClick } from '../common/clicks';
import { clock } from '../common/clock';
import { isTooOld, Repeats, unwanted } from './filter';
import { KnownEmployees, knownEmployees } from './knownEmployees';
import { withNames, type Caller } from './lookUp';
import { READY_VERSION } from './option';
import type { TriggerOptions } from './options';
import { ready } from './ready';
import { isSample } from './samples';

/** Calls of the last seconds, of all triggers of this process. */
const repeats = new Repeats();

/** What the user wants of events, and what of that could not be read. */
export interface Settings {
	/** Version of the node. */
	version: number;
	options: TriggerOptions;
	wrong: string[];
}

/** What the trigger begins with, marked TOO_LATE where that is its output; or why nothing starts, as a sentence. */
export type Admission = { outputs: INodeExecutionData[][] } | { nothing: string };

/**
 * Decides what a genuine event starts.
 *
 * @param identity of the trigger: each remembers its own calls.
 * @param connecting gives the portal client for names.
 * @returns never throws.
 */
export async function admit(
	item: IDataObject,
	settings: Settings,
	identity: HandlerIdentity,
	connecting: () => Promise<Caller>,
): Promise<Admission> {
	const { version, options, wrong } = settings;
	const now = Date.now();
	const isLate = isTooOld(item, options.ignoreOlderThan, now);
	const reason = reasonAgainst(item, { isLate, now }, options, identity);
	if (reason !== undefined) return { nothing: `Nothing started: ${reason}.` };
	if (!isLate && !isSample(item)) rememberClick(identity.workflowId, item, now);
	// Whoever tests may have changed an extension just now.
	const known = identity.mode === 'test' ? new KnownEmployees() : knownEmployees;
	const wait = async (seconds: number): Promise<void> => await clock.deadline(seconds * 1000);
	const named = options.lookUpNames && !isSample(item) ? await withNames(item, { connecting, known, wait }) : item;
	const whole = version >= READY_VERSION ? ready(named, options) : named;
	const notes = [...wrong, whole.NOTE].filter(Boolean);
	const note = notes.length > 0 ? { NOTE: notes.join(' ') } : {};
	return { outputs: [[{ json: { ...whole, ...note, ...(isLate ? { TOO_LATE: true } : {}) } }]] };
}

/** A repeat is remembered last: what starts nothing stands for no call. */
function reasonAgainst(
	item: IDataObject,
	{ isLate, now }: { isLate: boolean; now: number },
	options: TriggerOptions,
	identity: HandlerIdentity,
): string | undefined {
	const why = unwanted(item, options);
	if (why !== undefined) return why;
	if (isLate && !options.reportTooLate) {
		const age = Math.round((now - Date.parse(String(item.time))) / 1000);
		return `the event is ${age} s old, and Ignore Events Older Than is ${options.ignoreOlderThan} s`;
	}
	return isRepeat(item, isLate, options.duplicateWindow, identity, now)
		? `this call was taken less than ${options.duplicateWindow} s ago (Duplicate Window)`
		: undefined;
}

/** Whoever listens for a test may click the same number again and again. A late one does not stand for one in time. */
function isRepeat(
	{ event, CALL_ID }: IDataObject,
	isLate: boolean,
	window: number,
	{ workflowId, webhookPath, mode }: HandlerIdentity,
	now: number,
): boolean {
	if (!CALL_ID || mode === 'test') return false;
	return repeats.isRepeat(JSON.stringify([workflowId, webhookPath, event, CALL_ID, isLate]), window, now);
}
