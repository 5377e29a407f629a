import type { INodeProperties } from 'n8n-workflow';
import type { FileSource, Step } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';

/** A recording: a file, an address, none, or one without a sound in it. */
export type Recording = { file: FileSource } | { url: string } | 'none' | 'empty';

/** Where the recording comes from. */
export function recordingFields(optional: boolean): INodeProperties[] {
	const initial = optional ? 'none' : 'binary';
	const sources = [
		{ name: 'Binary File', value: 'binary', description: 'A file of this item; it streams to Bitrix24' },
		...(optional ? [{ name: 'None', value: 'none' }] : []),
		{ name: 'URL', value: 'url', description: 'Bitrix24 downloads it; the address must be open to the internet' },
	];
	return [
		{
			displayName: 'Recording From',
			name: 'recordingFrom',
			type: 'options',
			options: sources,
			default: initial,
			description: 'Where the recording comes from. WAV or MP3.',
		},
		{
			displayName: 'Input Binary Field',
			name: 'binaryProperty',
			type: 'string',
			required: true,
			displayOptions: { show: { recordingFrom: ['binary'] } },
			default: 'data',
			hint: 'The name of the input binary field containing the recording',
			description: 'Name of the binary field that holds the recording',
		},
		{
			displayName: 'Recording URL',
			name: 'recordingUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { recordingFrom: ['url'] } },
			default: '',
			placeholder: 'https://pbx.example.com/recordings/42.mp3',
			description: 'Address of a WAV or MP3 file that answers with status 200',
		},
	];
}

/** Types by name, and names by type: PBXs send all of these. */
const TYPES: Record<string, string> = {
	wav: 'audio/wav',
	mp3: 'audio/mpeg',
};
const EXTENSIONS: Record<string, string> = {
	'audio/wav': 'wav',
	'audio/x-wav': 'wav',
	'audio/wave': 'wav',
	'audio/vnd.wave': 'wav',
	'audio/mpeg': 'mp3',
	'audio/mp3': 'mp3',
};

/** A WAV file of an unanswered call is a bare header (seen on a real Asterisk: 44 bytes). */
const BARE_HEADER = 44;

/**
 * Reads {@link recordingFields}.
 *
 * @throws NodeOperationError when the binary field is not there, or the file is neither WAV nor MP3.
 */
export function readRecording(reader: ItemReader): Recording {
	const from = reader.raw('recordingFrom', 'none');
	if (from === 'url') return { url: httpUrl(reader) };
	if (from !== 'binary') return 'none';
	const file = reader.binary(reader.text('binaryProperty', 'Input Binary Field'));
	const extension = EXTENSIONS[file.contentType] ?? /\.(wav|mp3)$/i.exec(file.name)?.[1]?.toLowerCase();
	if (!extension) {
		return reader.refuse('The recording must be WAV or MP3', `This file is ${file.name || 'nameless'} (${file.contentType}). Convert it first.`);
	}
	if ((file.bytes ?? Infinity) <= BARE_HEADER) return 'empty';
	return { file: { open: file.open, name: `recording.${extension}`, contentType: TYPES[extension] ?? '' } };
}

/**
 * The call that attaches a recording.
 *
 * @param callId CALL_ID of a finished call. The stored file is named after it, because names should be unique.
 */
export function recordingStep(callId: string, recording: { file: FileSource } | { url: string }): Step {
	const method = 'telephony.externalCall.attachRecord';
	if ('url' in recording) return { method, parameters: { CALL_ID: callId, RECORD_URL: recording.url } };
	const name = `${callId.replace(/^externalCall\./, '').replace(/[^\w.-]/g, '')}-${recording.file.name}`;
	return { method, parameters: { CALL_ID: callId }, file: { ...recording.file, name } };
}

function httpUrl(reader: ItemReader): string {
	const url = reader.text('recordingUrl', 'Recording URL');
	return /^https?:\/\/\S+$/i.test(url) ? url : reader.refuse('Recording URL is no address', `It must start with http:// or https://, and is “${url}”.`);
}
