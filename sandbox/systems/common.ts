/** Clicks, by how they go on. */
export type ClickStory =
	'answered' | 'clientBusy' | 'clientNoAnswer' | 'employeeNoAnswer' | 'employeeHangsUp' | 'transfer';

/** Incoming calls, by how they go on. A group of three rings, `transfer` goes from the second of them to the third. */
export type IncomingStory = 'answeredBySecond' | 'missedByAll' | 'lostInMenu' | 'transfer';

/** How the stand-in of a phone system behaves. Facts and doubts about the vendors are those of each file. */
export interface Switches {
	/** How clicks go from now on. */
	click: ClickStory;
	/** Seconds that client and employee talk. */
	talk: number;
	/** late: refused the first two times that it is asked for. missing: never to be had. */
	recording: 'ready' | 'late' | 'missing';
	/** Each webhook comes twice. */
	twice: boolean;
	/** The webhooks of a call come in reverse order. */
	reversed: boolean;
	/** Webhooks are signed with a wrong secret, or carry a wrong token. */
	forged: boolean;
	/** Status of the answer to every request: 401 for a blocked login, 429 for too many requests; 0 for none. */
	refuse: number;
	/** Numbers in webhooks begin with a plus. */
	plus: boolean;
	/** How a signature is written where sources differ: base64 of the hex text, or of the bytes. */
	signature: 'hex' | 'bytes';
}

/** The switches of a phone system that behaves. */
export function decided(switches: Partial<Switches>): Switches {
	return {
		click: 'answered',
		talk: 4,
		recording: 'ready',
		twice: false,
		reversed: false,
		forged: false,
		refuse: 0,
		plus: false,
		signature: 'hex',
		...switches,
	};
}

/**
 * The three phones of the group that incoming calls ring; the sandbox's portal has employees with the same extensions.
 */
export const GROUP = ['101', '102', '103'] as const;

/** A number as webhooks carry it: digits, after a plus or not. */
export function written(number: string, { plus }: Pick<Switches, 'plus'>): string {
	const digits = number.replace(/\D/g, '');
	return plus ? `+${digits}` : digits;
}

/** The header of a frame of layer III: MPEG 1, 128 kbit/s, 44.1 kHz, mono (ISO 11172-3, 2.4.1.3). */
const FRAME_HEADER = [0xff, 0xfb, 0x90, 0xc0];
const FRAME_BYTES = 417;
const FRAMES_A_SECOND = 44_100 / 1152;

/** A silent recording as MP3, so many seconds long. */
export function mp3(seconds: number): Buffer {
	const frame = Buffer.alloc(FRAME_BYTES);
	frame.set(FRAME_HEADER);
	return Buffer.concat(Array.from({ length: Math.max(1, Math.ceil(seconds * FRAMES_A_SECOND)) }, () => frame));
}
