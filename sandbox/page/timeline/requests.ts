import type { JournalEntry } from '../../portal';
import { findMethod } from '../../portal/methods/table';
import { upperKeys } from '../../portal/methods/method';
import { resolveReferences } from '../../portal/methods/system/references';
import { asMap, parseForm } from '../../portal/php/form';
import { parseJsonBody } from '../../portal/php/json';
import { entries, isMap, toText, type PhpMap, type PhpValue } from '../../portal/php/values';
import { faultWords } from '../data/faultWords';
import type { TimelineEntry } from '../data/timeline';
import { answerText, fieldsOf, valueText } from './fields';
import { idsIn } from './ids';

/** A command of a batch, or the one call of another request. */
interface Command {
	name: string;
	method: string;
	sent: PhpMap;
	/** Ids of calls that it names, or that it was answered. */
	ids: readonly string[];
	result: PhpValue | undefined;
	error: PhpValue | undefined;
}

/** A request that was made sense of. */
interface Reading {
	sent: PhpMap;
	isBatch: boolean;
	commands: Command[];
	/** Token of the upload address that was answered; empty without one. */
	uploadToken: string;
	/** The whole request; made when a timeline first shows it. */
	entry?: TimelineEntry;
}

/** Requests without a call that are shown. */
const SHOWN_BESIDE = 30;

/** Entries are read once, however often the page asks. */
const readings = new WeakMap<JournalEntry, Reading>();

/**
 * The entries of REST requests.
 * @param keys key of the timeline by id
 * @param add takes an entry for the timeline with a key
 */
export function addRequests(
	journal: readonly JournalEntry[],
	keys: ReadonlyMap<string, string>,
	add: (key: string, entry: TimelineEntry) => void,
): void {
	const uploads = new Map<string, readonly string[]>();
	for (const entry of journal) {
		const reading = readingOf(entry);
		if (reading.uploadToken !== '') uploads.set(reading.uploadToken, reading.commands[0]?.ids ?? []);
		const uploaded = entry.request.method === 'upload' ? (uploads.get(toText(reading.sent.token)) ?? []) : [];
		const touched = (command: Command): Set<string> =>
			new Set([...command.ids, ...uploaded].flatMap((id) => keys.get(id) ?? []));
		const byKey = new Map<string, Command[]>();
		for (const command of reading.commands)
			for (const key of touched(command)) byKey.set(key, [...(byKey.get(key) ?? []), command]);
		for (const [key, commands] of byKey)
			add(key, reading.isBatch ? batchEntry(entry, reading, commands) : requestEntry(entry, reading));
	}
}

/** Requests that name no call, such as connecting, binding events and looking people up: the latest, newest first. */
export function requestsBesideCalls(journal: readonly JournalEntry[]): TimelineEntry[] {
	const beside = journal.filter(
		(entry) => entry.request.method !== 'upload' && readingOf(entry).commands.every(({ ids }) => ids.length === 0),
	);
	return beside
		.slice(-SHOWN_BESIDE)
		.reverse()
		.map((entry) => {
			const reading = readingOf(entry);
			return reading.isBatch ? batchEntry(entry, reading, reading.commands) : requestEntry(entry, reading);
		});
}

function requestEntry(entry: JournalEntry, reading: Reading): TimelineEntry {
	return { ...(reading.entry ??= madeEntry(entry, reading)) };
}

function madeEntry(entry: JournalEntry, { sent, isBatch }: Reading): TimelineEntry {
	const { request, answer } = entry;
	return {
		key: `request-${request.id}`,
		at: entry.at,
		kind: 'request',
		from: 'workflow',
		text: spelling(request.method),
		detail: detailOf(entry),
		tone: isGood(entry) ? 'good' : 'bad',
		sent: fieldsOf(isBatch ? withoutCommands(sent) : sent),
		answer: isBatch && isGood(entry) ? '' : answerText(answer),
		parts: [],
	};
}

function withoutCommands(sent: PhpMap): object {
	return Object.fromEntries(Object.entries(sent).filter(([name]) => name.toUpperCase() !== 'CMD'));
}

/** Of a batch only the commands of this call are shown; the others are counted. */
function batchEntry(entry: JournalEntry, reading: Reading, commands: readonly Command[]): TimelineEntry {
	const others = reading.commands.length - commands.length;
	const parts = commands.map((command) => partEntry(entry, command));
	const failed = !isGood(entry) || parts.some(({ tone }) => tone === 'bad');
	return {
		...requestEntry(entry, reading),
		detail: `${detailOf(entry)}${others > 0 ? `, and ${others} other command${others > 1 ? 's' : ''}` : ''}`,
		tone: failed ? 'bad' : 'good',
		parts,
	};
}

function partEntry(entry: JournalEntry, { name, method, sent, result, error }: Command): TimelineEntry {
	const failure = error === undefined ? '' : errorWords(asMap(error));
	return {
		key: `request-${entry.request.id}-${name}`,
		at: entry.at,
		kind: 'request',
		from: 'workflow',
		text: spelling(method),
		detail: failure || (result === undefined ? 'no answer' : ''),
		tone: result === undefined ? 'bad' : 'good',
		sent: fieldsOf(sent),
		answer: valueText(error ?? result),
		parts: [],
	};
}

function readingOf(entry: JournalEntry): Reading {
	const known = readings.get(entry);
	if (known) return known;
	const sent = entry.sent();
	const answer = parseJsonBody(Buffer.from(entry.answer));
	const isBatch = entry.request.method === 'batch';
	const reading: Reading = {
		sent,
		isBatch,
		commands: isBatch ? batchCommands(sent, asMap(answer.result ?? [])) : [singleCommand(entry, sent, answer)],
		uploadToken: tokenOf(answer.result),
	};
	readings.set(entry, reading);
	return reading;
}

function singleCommand({ request: { method } }: JournalEntry, sent: PhpMap, answer: PhpMap): Command {
	const { result, error } = answer;
	return { name: '', method, sent, ids: [...idsIn(sent), ...answeredIds(result)], result, error };
}

/** Commands with what stood in the place of their references to earlier ones. */
function batchCommands(sent: PhpMap, answer: PhpMap): Command[] {
	const [results, errors] = [asMap(answer.result ?? []), asMap(answer.result_error ?? [])];
	return entries(upperKeys(sent).CMD).map(([name, value]) => {
		const [method = '', query = ''] = toText(value).split(/\?(.*)/s);
		const parameters = asMap(resolveReferences(parseForm(query), results));
		const result = results[name];
		const error = errors[name];
		return {
			name,
			method: method.trim().replace(/^\/+/, ''),
			sent: parameters,
			ids: [...idsIn(parameters), ...answeredIds(result)],
			result,
			error,
		};
	});
}

/** A list that was answered names many calls and belongs to none of them; register names its one. */
function answeredIds(result: PhpValue | undefined): string[] {
	return isMap(result) && typeof result.CALL_ID === 'string' ? [result.CALL_ID] : [];
}

function tokenOf(result: PhpValue | undefined): string {
	const address = isMap(result) ? toText(result.uploadUrl) : '';
	return URL.canParse(address) ? (new URL(address).searchParams.get('token') ?? '') : '';
}

/** A method as the documentation writes it; requests carry it in lower case. */
export function spelling(method: string): string {
	return findMethod(method)?.name ?? method;
}

function isGood({ request: { status, error } }: JournalEntry): boolean {
	return error === null && status > 0 && status < 400;
}

function detailOf(entry: JournalEntry): string {
	const { status, error } = entry.request;
	const time = `${status === 0 ? 'connection cut' : status} in ${Math.round(entry.took)} ms`;
	if (error === null) return time;
	const fault = faultWords(error);
	if (fault !== undefined) return `${time}: armed fault “${fault}”`;
	return `${time}: ${entry.answer === '' ? error : errorWords(parseJsonBody(Buffer.from(entry.answer)))}`;
}

/** The code is empty for plain telephony failures. */
function errorWords({ error, error_description: description }: PhpMap): string {
	return `${toText(error)} ${toText(description)}`.trim() || 'an error without words';
}
