import type { Core } from '../core';
import { RestError, TelephonyError } from '../errors';
import { send } from '../http/post';
import { nextId } from '../state/ids';
import type { HistoryRow } from '../state/model';

/** Milliseconds and bytes that fetching a recording may take. */
const FETCH_TIMEOUT = 30_000;
const FETCH_LIMIT = 256 * 1024 * 1024;
/** [S recordfile.php] A download also lets flac through. */
const AUDIO: Record<string, string> = { mp3: 'audio/mpeg', wav: 'audio/wav', flac: 'audio/flac' };

/** Fails unless a file name ends in wav or mp3; the server wants lower case (C22). @throws TelephonyError */
export function requireRecordingName(core: Core, name: string): void {
	const dot = name.lastIndexOf('.');
	const sent = dot < 0 ? '' : name.slice(dot + 1);
	const extension = core.switches.recordingExtension === 'any' ? sent.toLowerCase() : sent;
	if (extension !== 'wav' && extension !== 'mp3')
		throw new TelephonyError('Wrong file extension. Only wav and mp3 are allowed');
}

/**
 * Stores a recording and makes it the call's. The earlier one goes, unless the new one came through the upload address.
 * [DS attachRecord]
 * @returns id of the file
 * @throws TelephonyError when the disk fails
 */
export function storeRecording(
	core: Core,
	row: HistoryRow,
	file: { name: string; content: Buffer },
	keepEarlier = false,
): number {
	if (core.state.settings.diskBroken === 'save')
		throw new TelephonyError('Unknown error encountered while saving file.');
	const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
	const id = nextId(core.state, 'recording');
	if (row.recordFileId !== null && !keepEarlier) core.state.recordings.delete(row.recordFileId);
	core.state.recordings.set(id, {
		id,
		callId: row.callId,
		name: file.name,
		contentType: AUDIO[extension] ?? 'application/octet-stream',
		content: file.content,
	});
	row.recordFileId = id;
	core.changes.tell('recording', 'attached', { callId: row.callId, fileId: id });
	return id;
}

/**
 * Downloads a recording. The answer must be 200 and audio; the certificate is not checked. [S recordfile.php]
 * @param name name for the stored file; empty = taken from the address
 * @throws RestError when it cannot be had
 */
export async function fetchRecording(core: Core, row: HistoryRow, url: string, name: string): Promise<number> {
	if (core.state.settings.diskBroken === 'directory')
		throw new RestError(400, 'INTERNAL_ERROR', 'Could not create temporary directory');
	const reply = await send(url, {
		method: 'GET',
		timeout: FETCH_TIMEOUT,
		signal: core.stopped,
		limit: FETCH_LIMIT,
	}).catch((error: NodeJS.ErrnoException) => {
		throw new RestError(400, 'SERVER_NOT_AVAILABLE', `${error.code ?? 'ERROR'}: ${error.message}`);
	});
	if (reply.status !== 200) throw new TelephonyError(`Server returns HTTP error code ${reply.status}`);
	const extension = audioExtension(url, reply.headers['content-type'] ?? '');
	if (extension === '') throw new TelephonyError('Wrong file extension. Only wav and mp3 are allowed');
	return storeRecording(core, row, { name: name !== '' ? name : `${row.callId}.${extension}`, content: reply.body });
}

function audioExtension(url: string, contentType: string): string {
	const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
	const byType = Object.entries({ ...AUDIO, 'x-wav': 'audio/x-wav', mpeg3: 'audio/mp3' }).find(
		([, mime]) => mime === type,
	)?.[0];
	const byName = /\.(mp3|wav|flac)(?:$|[?#])/i.exec(url)?.[1]?.toLowerCase();
	return byType === 'x-wav' ? 'wav' : byType === 'mpeg3' ? 'mp3' : (byType ?? byName ?? '');
}
