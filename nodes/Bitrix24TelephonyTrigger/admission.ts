import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { HandlerIdentity } from '../../bitrix24/handlerSignature';
import { rememberClick } from '../common/clicks';
import { clock } from '../common/clock';
import { isTooOld, isWanted, Repeats } from './filter';
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

/**
 * Decides what a genuine event starts.
 *
 * @param identity of the trigger: each remembers its own calls.
 * @param connecting gives the portal client for names.
 * @returns what the trigger begins with, marked TOO_LATE where that is its output; undefined when nothing is to start.
 *   Never throws.
 */
export async function admit(
	item: IDataObject,
	{ version, options, wrong }: Settings,
	identity: HandlerIdentity,
	connecting: () => Promise<Caller>,
): Promise<INodeExecutionData[][] | undefined> {
	const now = Date.now();
	if (!isWanted(item, options)) return undefined;
	const isLate = isTooOld(item, options.ignoreOlderThan, now);
	if (isLate && !options.reportTooLate) return undefined;
	if (isRepeat(item, isLate, options.duplicateWindow, identity, now)) return undefined;
	if (!isLate && !isSample(item)) rememberClick(identity.workflowId, item, now);
	// Whoever tests may have changed an extension just now.
	const known = identity.mode === 'test' ? new KnownEmployees() : knownEmployees;
	const wait = async (seconds: number): Promise<void> => await clock.deadline(seconds * 1000);
	const named = options.lookUpNames && !isSample(item) ? await withNames(item, { connecting, known, wait }) : item;
	const whole = version >= READY_VERSION ? ready(named, options) : named;
	const notes = [...wrong, whole.NOTE].filter(Boolean);
	const note = notes.length > 0 ? { NOTE: notes.join(' ') } : {};
	return [[{ json: { ...whole, ...note, ...(isLate ? { TOO_LATE: true } : {}) } }]];
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
