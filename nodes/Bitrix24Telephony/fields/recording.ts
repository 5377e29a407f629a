import { attachRecordFile, attachRecordFrom } from '../../../bitrix24/methods/calls';
import type { JsonObject } from '../../../bitrix24/decode';
import { ask, type Call, type Conversation, type FileSource, type Inspected } from '../../../bitrix24/plan';
import { toText } from '../../common/values';
import { Parameter, type Field } from './field';
import type { Given, Place } from '../given';
import { text } from './kinds';
import { option } from './option';

/** A recording: a file, an address, or none. */
export type Recording = { file: FileSource } | { url: string } | 'none';

const FILE = {
	name: 'Binary File',
	value: 'binary',
	description: 'A file of this item; it streams to Bitrix24',
} as const;
const URL = {
	name: 'URL',
	value: 'url',
	description: 'Bitrix24 downloads it; the address must be open to the internet',
} as const;
const FROM = {
	displayName: 'Recording From',
	name: 'recordingFrom',
	description: 'Where the recording comes from. WAV or MP3.',
} as const;

const binaryProperty = text({
	displayName: 'Input Binary Field',
	name: 'binaryProperty',
	displayOptions: { show: { recordingFrom: ['binary'] } },
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field containing the recording',
	description: 'Name of the binary field that holds the recording',
});

const recordingUrl = text({
	displayName: 'Recording URL',
	name: 'recordingUrl',
	displayOptions: { show: { recordingFrom: ['url'] } },
	placeholder: 'e.g. https://pbx.example.com/recordings/42.mp3',
	description: 'Address of a WAV or MP3 file that answers with status 200',
}).check(webAddress);

/** A recording: a file of the item or an address. A file that is neither WAV nor MP3 is refused. */
export const recording = from(option({ ...FROM, options: [FILE, URL], default: 'binary' }));

/** A recording or none. */
export const optionalRecording = from(
	option({ ...FROM, options: [FILE, { name: 'None', value: 'none' }, URL], default: 'none' }),
);

function from(source: Parameter<'recordingFrom', 'binary' | 'none' | 'url'>): Field<'recording', Recording> {
	return {
		name: 'recording',
		properties: [source, binaryProperty, recordingUrl].map(({ property }) => property),
		read: (reader) => {
			const chosen = source.read(reader);
			if (chosen === 'none') return 'none';
			return chosen === 'url'
				? { url: recordingUrl.read(reader) }
				: fileOf(reader, binaryProperty.read(reader), binaryProperty.property.displayName);
		},
	};
}

/** A recording by one name, for a collection: the binary field of the item that holds it, or its address. */
export const recordingByName = new Parameter(
	{
		displayName: 'Recording',
		name: 'recording',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		description:
			'Name of the input binary field that holds the recording, or its URL. WAV or MP3. Bitrix24 downloads a URL, so it must be open to the internet.',
	},
	recordingNamed,
	'none' as const,
);

function recordingNamed(given: Given): Recording {
	const text = given.isMissing
		? undefined
		: (toText(given.value) ?? given.refuse('has no recording that can be read', 'Give a binary field or a URL.'));
	if (text === undefined) return 'none';
	return /^https?:/i.test(text) ? { url: webAddress(text, given) } : fileOf(given.place, text, given.label);
}

/** An address that the portal can ask for. */
export function webAddress(url: string, given: Given): string {
	return /^https?:\/\/\S+$/i.test(url)
		? url
		: given.refuse('is no address', 'It must start with http:// or https://, without blanks.');
}

/** Kinds that the portal takes, as names end and as PBXs call their types. */
const EXTENSIONS: Record<string, string> = {
	'audio/wav': 'wav',
	'audio/x-wav': 'wav',
	'audio/wave': 'wav',
	'audio/vnd.wave': 'wav',
	'audio/mpeg': 'mp3',
	'audio/mp3': 'mp3',
};
const TYPES: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg' };

/** What says nothing about a file's kind: its first bytes must tell. */
const UNKNOWN_TYPES = ['application/octet-stream', 'binary/octet-stream', ''];

/** A WAV file of an unanswered call is a bare header (seen on a real Asterisk: 44 bytes). */
const BARE_HEADER = 44;

/** A file of the item. One that is neither WAV nor MP3 is refused. */
function fileOf(item: Place, property: string, label: string): Recording {
	const file = item.binary(property, label);
	const extension = EXTENSIONS[file.contentType] ?? /\.(wav|mp3)$/i.exec(file.name)?.[1]?.toLowerCase();
	if (extension || UNKNOWN_TYPES.includes(file.contentType)) return { file: named(file, extension ?? '') };
	return item.refuse(
		'The recording must be WAV or MP3',
		`This file is ${file.name || 'nameless'} (${file.contentType}). Convert it first.`,
	);
}

function named(file: FileSource, extension: string): FileSource {
	return { open: file.open, name: `recording.${extension}`, contentType: TYPES[extension] ?? '' };
}

/** What to do with a recording: the call that attaches it, or why there is none. */
export type Attachment = { call: Call<JsonObject> } | { silent: string } | { wrong: string };

/**
 * Looks into a recording before it is sent. A file without a sound in it would be attached with success, and one under
 * a wrong name could not be played, so its first bytes are looked at; where they do not tell, its name or type counts.
 *
 * @param callId CALL_ID of a finished call.
 * @param isExtra whether it comes besides other work, which a file that cannot be read must not fail.
 */
export function* attachment(
	callId: string,
	recording: Exclude<Recording, 'none'>,
	isExtra = false,
): Conversation<Attachment> {
	if ('url' in recording) return { call: attachRecordFrom(callId, recording.url) };
	const { file } = recording;
	const inspected = isExtra ? yield* ask({ inspect: file, optional: 'silent' }) : yield* ask({ inspect: file });
	if (!inspected) return { wrong: 'The recording could not be read, so it was not attached' };
	if (isSilent(inspected))
		return { silent: `The recording has no sound in it (${inspected.size} bytes), so it was not attached` };
	const extension =
		soundOf(inspected.head) ?? (isForeign(inspected.head) ? undefined : /\.(wav|mp3)$/.exec(file.name)?.[1]);
	if (!extension) return { wrong: 'The recording is neither WAV nor MP3 inside, so it was not attached' };
	return { call: attachRecordFile(callId, named(file, extension)) };
}

/**
 * A WAV header without sound, or nothing at all. Headers differ in length; what follows the word `data` and a size is
 * sound.
 */
function isSilent({ size, head }: Inspected): boolean {
	const data = Buffer.from(head).indexOf('data', 12, 'latin1');
	return size === 0 || (soundOf(head) === 'wav' && size <= Math.max(BARE_HEADER, data + 8));
}

/** WAV begins with RIFF or RF64; MP3 with an ID3 tag or a frame of layer III (ISO 11172-3). */
function soundOf(head: Uint8Array): 'wav' | 'mp3' | undefined {
	const text = Buffer.from(head).toString('latin1');
	if (/^(RIFF|RF64)/.test(text) && !isForeign(head)) return 'wav';
	if (text.startsWith('ID3')) return 'mp3';
	const [first = 0, second = 0] = head;
	return first === 0xff && (second & 0xe6) === 0xe2 ? 'mp3' : undefined;
}

/** An error page under the name of a recording, or sound of another kind: Ogg, FLAC, WebM, MP4, AVI. */
function isForeign(head: Uint8Array): boolean {
	return /^(\s*[<{]|OggS|fLaC|\x1a\x45\xdf\xa3|.{4}ftyp|RIFF.{4}AVI )/s.test(Buffer.from(head).toString('latin1'));
}
