import { phonesOf, type Pbx } from '../../pbx';
import type { LiveCall, PortalState, Utterance } from '../../portal/state/model';
import { boundClient, employeeName } from './people';
import { callsOnPbx, troubleOf } from './trouble';

/** Finished calls that the page shows; the portal keeps all of them. */
const SHOWN = 100;

type ClientRef = { type: string; id: number; name: string } | null;

/** An open call card. Times in milliseconds since 1970. */
export interface CardView {
	callId: string;
	userId: number;
	openedAt: number;
	number: string;
	client: ClientRef;
	/** TYPE of the registration, 1 to 5. */
	type: number;
	line: string;
	/** True when the call is finished and only the card was left open. */
	over: boolean;
	/** What has to happen before the card closes by itself. */
	waitsFor: string;
	/** What keeps the workflow from going on, as far as its answers say so; empty without such. */
	trouble: string;
}

/** A row of the call history. */
export interface HistoryView {
	id: number;
	callId: string;
	employee: string;
	number: string;
	client: ClientRef;
	type: number;
	duration: number;
	startedAt: number;
	code: string;
	reason: string;
	line: string;
	cost: string;
	vote: number | null;
	missed: boolean;
	application: string;
	recording: { url: string; name: string } | null;
	transcript: Utterance[] | null;
}

/** A phone of the simulated PBX that rings or talks, with its call. */
export interface PbxCallView {
	channelId: string;
	direction: 'out' | 'in';
	/** Bitrix24's CALL_ID, when the workflow handed it to the PBX. */
	callId: string;
	extension: string;
	number: string;
	phase: 'employee' | 'client' | 'talking' | 'transfer';
	held: boolean;
	since: number;
	automatic: boolean;
}

/**
 * All open cards. One of a finished call is shown as well: finish closes the card of its USER_ID only, and whoever else
 * saw the call keeps the card until a hide that came too late. [DS finish]
 */
export function cardViews(state: PortalState, pbx: Pbx): CardView[] {
	return state.cards.flatMap((card) => {
		const live = state.calls.get(card.callId);
		const call = live ?? state.historyByCall.get(card.callId);
		if (!call) return [];
		const client = boundClient(state, call.crmEntityType, call.crmEntityId);
		return [
			{
				callId: card.callId,
				userId: card.userId,
				openedAt: card.openedAt,
				number: call.phoneNumber,
				client,
				type: call.type,
				line: call.portalNumber,
				over: !live,
				waitsFor: waitsFor(live, pbx),
				trouble: live ? troubleOf(live, state, pbx) : '',
			},
		];
	});
}

/** Finish closes the card of its USER_ID only; Hide closes any. [DS finish, hide] */
function waitsFor(live: LiveCall | undefined, pbx: Pbx): string {
	if (!live) return 'Hide by a workflow: Finish closed the card of the employee whom it named';
	const calls = callsOnPbx(live, pbx);
	if (calls.some(({ phase }) => phase !== 'over'))
		return 'the end of the call on the PBX, and then Finish by a workflow';
	if (calls.length > 0) return 'Finish (or Hide) by a workflow: the call on the PBX is over';
	if (live.origin === 'click') return 'a workflow that has the PBX dial, and then Finish (or Hide)';
	return 'Finish (or Hide) by a workflow';
}

/** The latest finished calls, newest first. */
export function historyViews(state: PortalState): HistoryView[] {
	const missed = new Set(state.missedCalls.filter((mark) => !mark.calledBack).map((mark) => mark.callId));
	return state.history
		.slice(-SHOWN)
		.reverse()
		.map((row) => {
			const file = row.recordFileId === null ? undefined : state.recordings.get(row.recordFileId);
			const stored = file ? { url: `/page/recordings/${file.id}`, name: file.name } : null;
			const transcript = state.transcripts.find((one) => one.id === row.transcriptId);
			return {
				id: row.id,
				callId: row.callId,
				employee: employeeName(state, row.userId),
				number: row.phoneNumber,
				client: boundClient(state, row.crmEntityType, row.crmEntityId),
				type: row.type,
				duration: row.duration,
				startedAt: row.startDate,
				code: row.failedCode,
				reason: row.failedReason,
				line: row.portalNumber,
				cost: row.cost ? `${row.cost} ${row.costCurrency}`.trim() : '',
				vote: row.vote,
				missed: missed.has(row.callId),
				application: row.applicationName ?? '',
				recording: stored ?? (row.recordUrl ? { url: row.recordUrl, name: row.recordUrl } : null),
				transcript: transcript ? transcript.utterances : null,
			};
		});
}

/** The employees' phones that are in a call; several while a group rings. */
export function pbxCallViews(pbx: Pbx): PbxCallView[] {
	return pbx.calls.flatMap((call) => {
		const { phase } = call;
		if (phase === 'over') return [];
		return phonesOf(call).map((extension) => ({
			channelId: call.channelId,
			direction: call.direction,
			callId: call.callId,
			extension,
			number: call.number,
			phase,
			held: call.isHeld === true,
			since: call.phaseSince,
			automatic: call.outcome !== undefined,
		}));
	});
}
