import type { Pbx } from '../../pbx';
import type { JournalEntry } from '../../portal';
import type { PortalState } from '../../portal/state/model';
import { employeeName } from '../data/people';
import type { Timeline, TimelineEntry } from '../data/timeline';
import { subjectsOf } from './calls';
import type { Diary, Note } from './diary';
import { linkExecutions, type ExecutionOf } from './executions';
import { addDeliveries, addPhones, addReports } from './messages';
import { addRequests } from './requests';

/** Timelines, and entries of each, that are shown: the latest. */
const SHOWN = 30;
const SHOWN_ENTRIES = 100;

/** Where timelines are made of. */
export interface Sources {
	state: PortalState;
	/** Milliseconds that the portal's time is ahead of this computer's. */
	ahead: number;
	journal: readonly JournalEntry[];
	pbx: Pbx;
	diary: Diary;
	executions: readonly ExecutionOf[];
}

/**
 * What happened to each of the latest calls, newest call first. Nothing is kept ready: the view is made when somebody
 * looks, out of what portal and PBX remember.
 */
export function timelines({ state, ahead, journal, pbx, diary, executions }: Sources): Timeline[] {
	const { subjects, keys, phoneCalls } = subjectsOf(state, pbx, ahead);
	const entries = new Map<string, TimelineEntry[]>([...subjects.keys()].map((key) => [key, []]));
	const add = (key: string, entry: TimelineEntry): void => void entries.get(key)?.push(entry);
	for (const note of diary.notes) add(note.callId, noteEntry(state, note));
	addDeliveries(state.deliveries, keys, add);
	addRequests(journal, keys, add);
	addPhones(phoneCalls, pbx, keys, ahead, add);
	addReports(pbx.reports, keys, ahead, add);
	const all = [...subjects.values()].map((subject) => {
		const own = (entries.get(subject.key) ?? []).sort((left, right) => left.at - right.at || rank(left) - rank(right));
		return { ...subject, startedAt: own[0]?.at ?? subject.startedAt, entries: own.slice(-SHOWN_ENTRIES) };
	});
	const shown = all.sort((left, right) => right.startedAt - left.startedAt).slice(0, SHOWN);
	for (const { key, entries: own } of shown) {
		const ids = [...keys].flatMap(([id, of]) => (of === key ? [id] : []));
		linkExecutions(
			own,
			executions.filter(({ callIds }) => ids.some((id) => callIds.includes(id))),
			ahead,
		);
	}
	return shown;
}

/** What led to something stands before it, also within a millisecond. */
function rank({ kind, from }: TimelineEntry): number {
	if (from === 'person') return 0;
	return kind === 'request' ? 1 : 2;
}

function noteEntry(state: PortalState, note: Note): TimelineEntry {
	const who = note.userId === 0 ? '' : employeeName(state, note.userId);
	const entry: TimelineEntry = {
		key: `note-${note.id}`,
		at: note.at,
		kind: note.kind,
		from: note.kind === 'click' || note.action === 'dismissed' ? 'person' : 'portal',
		text: '',
		detail: '',
		tone: 'plain',
		sent: [],
		answer: '',
		parts: [],
	};
	if (note.kind === 'click') return { ...entry, text: `${who} clicks ${note.number}` };
	if (note.kind === 'card') return { ...entry, text: `card of ${who} ${note.action}` };
	const file = state.recordings.get(note.fileId);
	if (!file) return { ...entry, text: 'recording attached, and replaced later' };
	return {
		...entry,
		text: 'recording attached',
		detail: `${file.name}, ${file.content.length} bytes`,
		tone: 'good',
		recording: `/page/recordings/${file.id}`,
	};
}
