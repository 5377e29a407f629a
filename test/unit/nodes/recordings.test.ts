import type { IBinaryData } from 'n8n-workflow';
import { attachment, recording, type Recording } from '../../../nodes/Bitrix24Telephony/fields/recording';
import { callsOf, carryOut, converse } from '../../support/converse';
import { readerOf } from '../../support/item';

const WAV = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(60, 1)]);
const method = 'telephony.externalCall.attachRecord';
const WRONG = 'The recording is neither WAV nor MP3 inside, so it was not attached';

/** A file of the item. */
const file = (fileName: string | undefined, mimeType: string, more: Partial<IBinaryData> = {}) => ({
	data: { data: 'AAAA', fileName, mimeType, ...more },
});
const read = (...given: Parameters<typeof file>): Recording => recording.read(readerOf({}, file(...given)));

/** What becomes of a file with these first bytes. */
function attached(head: Buffer, name = 'a.wav', size = head.length) {
	const chosen = read(name, 'application/octet-stream');
	if (chosen === 'none') throw new Error('none');
	return converse(attachment('externalCall.a.1', chosen), { inspect: { head, size } }).value;
}

describe('the name and the type of a file', () => {
	it.each([
		['a.bin', 'audio/wav', 'wav'],
		['a.bin', 'audio/x-wav', 'wav'],
		['a.bin', 'audio/wave', 'wav'],
		['a.bin', 'audio/vnd.wave', 'wav'],
		['a.bin', 'AUDIO/MPEG', 'mp3'],
		['a.wav', 'audio/mp3', 'mp3'],
		['a.MP3', 'video/mp4', 'mp3'],
		['a.wav', '', 'wav'],
		['a.mp3.bin', 'application/octet-stream', ''],
		['awav', 'binary/octet-stream', ''],
		['', '', ''],
	])('%s of %s count as %j', (fileName, mimeType, kind) => {
		const contentType = { wav: 'audio/wav', mp3: 'audio/mpeg' }[kind] ?? '';
		expect(read(fileName, mimeType)).toEqual({
			file: { name: `recording.${kind}`, contentType, open: expect.any(Function) as () => void },
		});
	});

	it.each([
		['a.ogg', 'audio/ogg', 'a.ogg'],
		[undefined, 'audio/ogg', 'nameless'],
	])('%s of %s are refused', (fileName, mimeType, shown) => {
		expect(() => read(fileName, mimeType)).toThrow(
			expect.objectContaining({
				message: 'The recording must be WAV or MP3',
				description: `This file is ${shown} (audio/ogg). Convert it first.`,
			}),
		);
	});
});

describe('the first bytes of a file', () => {
	const named = (kind: string) => ({
		call: {
			method,
			parameters: { CALL_ID: 'externalCall.a.1' },
			file: { name: `a.1-recording.${kind}`, contentType: kind === 'wav' ? 'audio/wav' : 'audio/mpeg' },
		},
	});

	it.each<[string, Buffer, string, string]>([
		['WAV', WAV, 'a.mp3', 'wav'],
		['a long WAV', Buffer.concat([Buffer.from('RF64'), Buffer.alloc(60)]), 'a.mp3', 'wav'],
		['MP3 behind a tag', Buffer.from('ID3 and more'), 'a.wav', 'mp3'],
		['MP3, MPEG 1', Buffer.from([0xff, 0xfb, 0x90, 0]), 'a.wav', 'mp3'],
		['MP3, MPEG 2.5', Buffer.from([0xff, 0xe2, 0, 0]), 'a.wav', 'mp3'],
		['layer II, called WAV', Buffer.from([0xff, 0xfd, 0, 0]), 'a.wav', 'wav'],
		['no sync, called WAV', Buffer.from([0xfe, 0xfb, 0, 0]), 'a.wav', 'wav'],
		['no sync either, called MP3', Buffer.from([0xff, 0xdb, 0, 0]), 'a.mp3', 'mp3'],
		['something before RIFF', Buffer.from('xRIFF'), 'a.mp3', 'mp3'],
		['something before ID3', Buffer.from('xID3'), 'a.wav', 'wav'],
		['one byte', Buffer.from([0xff]), 'a.wav', 'wav'],
		['Ogg in the middle', Buffer.from('x OggS fLaC ftyp AVI '), 'a.wav', 'wav'],
		['a text that is no page', Buffer.from('x<html>'), 'a.wav', 'wav'],
	])('tell: %s', (_name, head, name, kind) => {
		expect(attached(head, name)).toMatchObject(named(kind));
	});

	it.each([
		[Buffer.from('<html>'), 'a.wav'],
		[Buffer.from(' \n {"error":1}'), 'a.mp3'],
		[Buffer.from('OggS'), 'a.bin'],
		[Buffer.from('OggS'), 'a.wav'],
		[Buffer.from('fLaC'), 'a.mp3'],
		[Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), 'a.wav'],
		[Buffer.from('\0\0\0\x18ftypM4A '), 'a.mp3'],
		[Buffer.from('RIFF\n\n\n\nAVI LIST'), 'a.wav'],
	])('that are no sound are told apart (%#)', (head, name) => {
		expect(attached(head, name)).toEqual({ wrong: WRONG });
	});

	const silent = (bytes: number) => ({
		silent: `The recording has no sound in it (${bytes} bytes), so it was not attached`,
	});
	it.each([
		[0, silent(0)],
		[43, silent(43)],
		[44, silent(44)],
		[45, named('wav')],
	])('of a WAV of %i bytes', (size, expected) => {
		expect(attached(size === 0 ? Buffer.alloc(0) : WAV, 'a.wav', size)).toMatchObject(expected);
	});

	it.each([
		[44, 44],
		[46, 46],
		[58, 58],
		[78, 78],
	])('behind a header of %i bytes', (header, size) => {
		const head = Buffer.concat([
			Buffer.from('RIFF\0\0\0\0WAVEfmt '),
			Buffer.alloc(header - 24),
			Buffer.from('data\0\0\0\0'),
			Buffer.alloc(40, 1),
		]);
		expect(attached(head, 'a.wav', size)).toEqual(silent(size));
		expect(attached(head, 'a.wav', size + 1)).toMatchObject(named('wav'));
	});

	it('may be few in an MP3', () => {
		expect(attached(Buffer.from([0xff, 0xfb, 0x90, 0]), 'a.mp3', 4)).toMatchObject(named('mp3'));
	});
});

describe('Attach Recording', () => {
	const attach = (parameters: object, head = WAV, FILE_ID: unknown = '7') =>
		carryOut(
			'call attachRecording',
			{ callId: 'externalCall.a.1', ...parameters },
			{ methods: { [method]: { FILE_ID } }, inspect: { head } },
			file('a.wav', 'audio/wav'),
		);

	it('looks into the file, then sends it', () => {
		const { value, steps } = attach({ recordingFrom: 'binary' });
		expect(value).toEqual({ json: { CALL_ID: 'externalCall.a.1', ATTACHED: true, FILE_ID: 7 } });
		expect(steps.map((step) => Object.keys(step)[0])).toEqual(['inspect', 'method']);
	});

	it('lets the portal fetch an address', () => {
		const { value, steps } = attach({ recordingFrom: 'url', recordingUrl: 'https://a.example/b.mp3' }, WAV, null);
		expect(value).toEqual({ json: { CALL_ID: 'externalCall.a.1', ATTACHED: true, FILE_ID: null } });
		expect(callsOf(steps)).toEqual([[method, { CALL_ID: 'externalCall.a.1', RECORD_URL: 'https://a.example/b.mp3' }]]);
	});

	it('says why it did not attach', () => {
		expect(attach({}, Buffer.alloc(0)).value).toEqual({
			json: { CALL_ID: 'externalCall.a.1', ATTACHED: false, FILE_ID: null },
			warnings: ['The recording has no sound in it (0 bytes), so it was not attached'],
		});
		expect(attach({}, Buffer.from('<html>')).value).toEqual({
			refused: WRONG,
			hint: 'Convert it first, or look at what the node before put out.',
		});
	});

	it.each(['ftp://a/b.wav', 'https://a b', 'xhttp://a', 'http://', 'https://a/b.wav x'])(
		'refuses the address %s',
		(recordingUrl) => {
			expect(() => attach({ recordingFrom: 'url', recordingUrl })).toThrow(
				expect.objectContaining({
					message: 'Recording URL is no address',
					description: expect.stringContaining('It must start with http:// or https://, without blanks.') as string,
				}),
			);
		},
	);

	it('takes an address in capitals', () => {
		expect(attach({ recordingFrom: 'url', recordingUrl: 'HTTP://A/B.WAV' }).value).toMatchObject({
			json: { ATTACHED: true },
		});
	});
});
