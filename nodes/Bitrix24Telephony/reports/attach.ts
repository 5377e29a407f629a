import { toId } from '../../../bitrix24/decode';
import { ask, optional, type Conversation } from '../../../bitrix24/plan';
import { attachment } from '../fields/recording';
import type { ReportedRecording } from './recording';

/** What the user wants of recordings. */
export interface RecordingRule {
	/** Milliseconds to wait for one that the phone system does not have yet. */
	wait: number;
	/** Whether it is deleted on the phone system once it is attached. */
	isDeleted: boolean;
}

/** Id of the attached file, null when there is none, and what went wrong. */
export interface AttachedRecording {
	FILE_ID: number | null;
	warnings: string[];
}

/** Milliseconds between two questions for a recording: soon at first, then less and less often. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 20_000;

/**
 * Fetches a recording from the phone system and attaches it to a finished call. The call is in the history by now, so
 * whatever fails here is a warning.
 */
export function* attachReported(
	callId: string,
	recording: ReportedRecording,
	{ wait, isDeleted }: RecordingRule,
): Conversation<AttachedRecording> {
	let waited = 0;
	let pause = FIRST_PAUSE;
	let found = yield* attachment(callId, { file: recording.file }, true);
	while (recording.problem && waited < wait) {
		yield* ask({ pause });
		waited += pause;
		pause = Math.min(pause * 2, LONGEST_PAUSE);
		found = yield* attachment(callId, { file: recording.file }, true);
	}
	if (recording.problem)
		return {
			FILE_ID: null,
			warnings: [
				`The recording was not attached: ${recording.problem}. The call itself is finished; Attach Recording can add it later`,
			],
		};
	if (!('call' in found)) return { FILE_ID: null, warnings: ['silent' in found ? found.silent : found.wrong] };
	const FILE_ID = toId((yield* ask(optional(found.call)))?.FILE_ID) ?? null;
	const left = FILE_ID !== null && isDeleted ? yield* ask({ aside: async () => await recording.delete() }) : undefined;
	return { FILE_ID, warnings: left === undefined ? [] : [left] };
}

/** Whether a call of the history has its recording already. */
export function hasRecording(row: { RECORD_FILE_ID?: unknown; CALL_RECORD_URL?: unknown }): boolean {
	return toId(row.RECORD_FILE_ID) !== undefined || Boolean(row.CALL_RECORD_URL);
}
