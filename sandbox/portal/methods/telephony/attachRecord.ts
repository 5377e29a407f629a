import { TelephonyError, wordedError } from '../../errors';
import { toText } from '../../php/values';
import { fetchRecording, requireRecordingName, storeRecording } from '../../telephony/recordings';
import { uploadAddress } from '../../telephony/upload';
import { cast, method } from '../method';

/**
 * telephony.externalCall.attachRecord. RECORD_URL, even an empty one, makes the portal download; FILENAME with
 * FILE_CONTENT brings the file along; FILENAME alone asks for an upload address. [DS
 * telephony-external-call-attach-record.md; S helper.php]
 */
export const attachRecord = method({
	name: 'telephony.externalCall.attachRecord',
	scopes: ['telephony'],
	context: 'any',
	keys: 'exact',
	params: { CALL_ID: cast.text, RECORD_URL: cast.raw, FILENAME: cast.raw, FILE_CONTENT: cast.raw },
	async run({ core, caller, params }) {
		const isSet = (value: unknown): boolean => value !== undefined && value !== null;
		if (!isSet(params.RECORD_URL) && !isSet(params.FILENAME)) throw wordedError('recordParameters', core.switches);
		const row = core.state.historyByCall.get(params.CALL_ID);
		if (!row) throw wordedError('recordNotFinished', core.switches);
		const name = toText(params.FILENAME);
		if (isSet(params.RECORD_URL)) return { FILE_ID: await fetchRecording(core, row, toText(params.RECORD_URL), name) };
		if (name === '') throw new TelephonyError('File name is empty');
		requireRecordingName(core, name);
		if (!isSet(params.FILE_CONTENT)) return uploadAddress(core, caller, { callId: row.callId, name });
		return { FILE_ID: storeRecording(core, row, { name, content: decodeContent(toText(params.FILE_CONTENT)) }) };
	},
});

/** Base64 is decoded leniently: signs that do not belong are skipped. Nothing left means that it was none. [S] */
function decodeContent(sent: string): Buffer {
	if (sent === '') throw new TelephonyError('File content is empty.');
	const content = Buffer.from(sent.replace(/[^A-Za-z0-9+/]/g, ''), 'base64');
	if (content.length === 0)
		throw new TelephonyError('File content is not properly encoded. Base64 encoding is expected.');
	return content;
}
