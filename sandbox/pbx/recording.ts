import { Readable } from 'node:stream';

const RATE = 8000;
const HEADER_BYTES = 44;

/**
 * Size of a stored recording.
 * @param seconds length of the conversation, 0 for an unanswered call
 * @returns bytes; 44 for an unanswered call, since Asterisk leaves the bare header then
 */
export function recordingBytes(seconds: number): number {
	return HEADER_BYTES + Math.max(0, Math.floor(seconds)) * RATE * 2;
}

/**
 * A recording as Asterisk's MixMonitor writes it: WAV, PCM 16 bit, mono, 8 kHz. Two voices are played as two tones
 * that take turns every second, so that a person hears that it is a conversation.
 * @param seconds length of the conversation, 0 for an unanswered call
 * @returns a stream of header and samples, made second by second: an hour needs no more memory than a second
 */
export function recordingStream(seconds: number): Readable {
	return Readable.from(chunks(Math.max(0, Math.floor(seconds))), { objectMode: false });
}

function* chunks(seconds: number): Generator<Buffer> {
	yield header(seconds * RATE * 2);
	for (let second = 0; second < seconds; second += 1) yield spokenSecond(second);
}

function header(dataBytes: number): Buffer {
	const buffer = Buffer.alloc(HEADER_BYTES);
	buffer.write('RIFF', 0, 'ascii');
	buffer.writeUInt32LE(36 + dataBytes, 4);
	buffer.write('WAVEfmt ', 8, 'ascii');
	buffer.writeUInt32LE(16, 16);
	buffer.writeUInt16LE(1, 20);
	buffer.writeUInt16LE(1, 22);
	buffer.writeUInt32LE(RATE, 24);
	buffer.writeUInt32LE(RATE * 2, 28);
	buffer.writeUInt16LE(2, 32);
	buffer.writeUInt16LE(16, 34);
	buffer.write('data', 36, 'ascii');
	buffer.writeUInt32LE(dataBytes, 40);
	return buffer;
}

function spokenSecond(second: number): Buffer {
	const buffer = Buffer.alloc(RATE * 2);
	const frequency = second % 2 === 0 ? 440 : 330;
	for (let index = 0; index < RATE; index += 1) {
		// Four swells a second, close to the rhythm of syllables; they also begin and end at silence, so nothing clicks.
		const swell = Math.sin((Math.PI * 4 * index) / RATE) ** 2;
		const sample = Math.sin((2 * Math.PI * frequency * index) / RATE) * swell * 0.35;
		buffer.writeInt16LE(Math.round(sample * 32767), index * 2);
	}
	return buffer;
}
