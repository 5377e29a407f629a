import { DateTime } from 'luxon';
import { fieldsOf, parseObject } from '../post';
import { get, type Ask, type Login, type SystemAnswer, type SystemRequest } from '../system';

type Fields = Record<string, unknown>;

/**
 * Where a call's recording is to be sought. The end of a call does not name it; statistics do, by the call's entry_id.
 *
 * @param began seconds since 1970.
 * @param ended likewise.
 */
export function recordingOfCall(entry: string, began: number, ended: number): string {
	return `entry:${entry}:${began}:${ended}`;
}

/** A recording whose id is known. */
export function recordingOfId(id: string): string {
	return `id:${id}`;
}

/** How far the search for a recording is: a report was asked for, or it named the recording. */
type Search = { key: string } | { id: string };

/** By recording. Whoever opens it again finds it at once; where this process died, a report is made anew. */
const searches = new Map<string, Search>();
const MOST_SEARCHES = 1000;

/**
 * Finds a recording, and asks for its link, which works once.
 *
 * Statistics are as three independent clients read them: a request gives a key, by which the report is fetched when it
 * is made. So the first question seldom brings anything; whoever waits asks again.
 */
export async function mangoRecording(recording: string, login: Login, ask: Ask): Promise<SystemRequest | undefined> {
	const [kind, ...parts] = recording.split(':');
	const id = kind === 'id' ? parts.join(':') : await idOf(recording, login, ask);
	if (id === undefined) return undefined;
	const { status, headers } = await ask(
		command(login, 'queries/recording/post', { recording_id: id, action: 'download' }),
	);
	const { location = '' } = headers;
	return status >= 300 && status < 400 && /^https?:\/\//.test(location) ? get(location) : undefined;
}

async function idOf(recording: string, login: Login, ask: Ask): Promise<string | undefined> {
	const [, entry = '', began = '', ended = ''] = /^entry:(.*):(\d+):(\d+)$/.exec(recording) ?? [];
	if (entry === '') return undefined;
	const name = `${login.user} ${recording}`;
	const search = searches.get(name) ?? (await begun(login, Number(began), Number(ended), ask));
	if (search === undefined) return undefined;
	keep(name, search);
	if ('id' in search) return search.id;
	const { status, body } = await ask(command(login, 'stats/calls/result', search));
	const { status: state, data } = answerFields(body);
	if (status === 204 || state === 'work') return undefined;
	// Made, or never to be made: without the recording in it, the next question asks for another report.
	searches.delete(name);
	const id = recordingIn([data].flat(), entry);
	if (id !== undefined) keep(name, { id });
	return id;
}

function keep(name: string, search: Search): void {
	searches.set(name, search);
	for (const oldest of searches.keys()) {
		if (searches.size <= MOST_SEARCHES) break;
		searches.delete(oldest);
	}
}

/** Seconds before and after a call in which its report looks for it. */
const MARGIN = 120;

async function begun(login: Login, began: number, ended: number, ask: Ask): Promise<Search | undefined> {
	const parameters = { start_date: dateOf(began - MARGIN), end_date: dateOf(ended + MARGIN), limit: 1000, offset: 0 };
	const { body } = await ask(command(login, 'stats/calls/request', parameters));
	const { key } = answerFields(body);
	return typeof key === 'string' && key !== '' ? { key } : undefined;
}

/** Mango's time is Moscow's. */
function dateOf(epoch: number): string {
	return DateTime.fromSeconds(epoch, { zone: 'Europe/Moscow' }).toFormat('dd.MM.yyyy HH:mm:ss');
}

/** The first recording of the call, in the list of one day or another. */
function recordingIn(days: unknown[], entry: string): string | undefined {
	const calls = days.flatMap((day) => [fieldsOf(day).list].flat()).map(fieldsOf);
	const legs = calls.filter((call) => call.entry_id === entry).flatMap((call) => [call.context_calls].flat());
	return legs
		.flatMap((leg) => [fieldsOf(leg).recording_id].flat())
		.find((id): id is string => typeof id === 'string' && id !== '');
}

function command({ address }: Login, path: string, parameters: Fields): SystemRequest {
	return {
		method: 'POST',
		url: `${address}/${path}`,
		query: {},
		headers: {},
		body: { json: JSON.stringify(parameters) },
		isForm: true,
	};
}

/** Forms are answered with JSON, which may come undecoded. */
function answerFields(value: SystemAnswer['body']): Fields {
	return typeof value === 'string' ? (parseObject(value) ?? {}) : fieldsOf(value);
}
