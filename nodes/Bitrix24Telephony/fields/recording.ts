import type { FileSource, Step } from '../../../bitrix24/plan';
import type { ItemReader } from '../itemReader';
import type { Field, Parameter } from './field';
import type { Given } from './given';
import { text } from './kinds';
import { option } from './option';

/** A recording: a file, an address, none, or one without a sound in it. */
export type Recording = { file: FileSource } | { url: string } | 'none' | 'empty';

const FILE = { name: 'Binary File', value: 'binary', description: 'A file of this item; it streams to Bitrix24' } as const;
const URL = { name: 'URL', value: 'url', description: 'Bitrix24 downloads it; the address must be open to the internet' } as const;
const FROM = { displayName: 'Recording From', name: 'recordingFrom', description: 'Where the recording comes from. WAV or MP3.' } as const;

const binaryProperty = text({
	displayName: 'Input Binary Field',
	name: 'binaryProperty',
	displayOptions: { show: { recordingFrom: ['binary'] } },
	default: 'data',
	hint: 'The name of the input binary field containing the recording',
	description: 'Name of the binary field that holds the recording',
});

const recordingUrl = text({
	displayName: 'Recording URL',
	name: 'recordingUrl',
	displayOptions: { show: { recordingFrom: ['url'] } },
	placeholder: 'https://pbx.example.com/recordings/42.mp3',
	description: 'Address of a WAV or MP3 file that answers with status 200',
}).check(webAddress);

/** A recording: a file of the item or an address. A file that is neither WAV nor MP3 is refused. */
export const recording = from(option({ ...FROM, options: [FILE, URL], default: 'binary' }));

/** A recording or none. */
export const optionalRecording = from(option({ ...FROM, options: [FILE, { name: 'None', value: 'none' }, URL], default: 'none' }));

function from(source: Parameter<'recordingFrom', 'binary' | 'none' | 'url'>): Field<'recording', Recording> {
	return {
		name: 'recording',
		properties: [source, binaryProperty, recordingUrl].map(({ property }) => property),
		read: (reader) => {
			const chosen = source.read(reader);
			if (chosen === 'none') return 'none';
			return chosen === 'url' ? { url: recordingUrl.read(reader) } : fileOf(reader, binaryProperty.read(reader));
		},
	};
}

/** An address that the portal can ask for. */
export function webAddress(url: string, given: Given): string {
	return /^https?:\/\/\S+$/i.test(url) ? url : given.refuse('is no address', 'It must start with http:// or https://, without blanks.');
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

function fileOf(reader: ItemReader, property: string): Recording {
	const file = reader.binary(property);
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
