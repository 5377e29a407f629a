import type { Change, ChangeFeed } from '../../portal';

const KEPT = 1000;

/** A thing on the portal that leaves no trace in its state: a click, a card that opened or closed, a recording. */
export interface Note {
	id: number;
	/** Milliseconds since 1970, the portal's time. */
	at: number;
	kind: 'click' | 'card' | 'recording';
	/** clicked, opened, updated, closed, dismissed, attached */
	action: string;
	callId: string;
	/** 0 where it has no employee. */
	userId: number;
	/** Of a recording; 0 otherwise. */
	fileId: number;
	/** Number as clicked; empty otherwise. */
	number: string;
}

const KINDS: Readonly<Record<string, Note['kind'] | undefined>> = {
	'call clicked': 'click',
	'card opened': 'card',
	'card closed': 'card',
	'card dismissed': 'card',
	'recording attached': 'recording',
};

/** Writes down, from the portal's changes, when what happened to a call. */
export class Diary {
	/** Oldest first. */
	readonly notes: Note[] = [];
	private count = 0;

	/** @param now the portal's time */
	constructor(
		changes: ChangeFeed,
		private readonly now: () => number,
	) {
		changes.on('change', (change) => this.hear(change));
	}

	private hear({ kind, action, callId, userId, fileId, number, at }: Change): void {
		if (kind === 'reset') this.notes.length = 0;
		const noted = KINDS[`${kind} ${action}`];
		if (!noted || typeof callId !== 'string') return;
		this.notes.push({
			id: (this.count += 1),
			at: typeof at === 'number' ? at : this.now(),
			kind: noted,
			action,
			callId,
			userId: typeof userId === 'number' ? userId : 0,
			fileId: typeof fileId === 'number' ? fileId : 0,
			number: typeof number === 'string' ? number : '',
		});
		if (this.notes.length > KEPT) this.notes.shift();
	}
}
