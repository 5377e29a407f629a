import { ASTERISK_TEXTS } from './vocabularies/asteriskTexts';
import { VOCABULARIES, type Vocabulary } from './vocabularies';
import type { CallOutcome, Row, Words } from './vocabularies/words';

export type { Vocabulary } from './vocabularies';
export type { CallOutcome } from './vocabularies/words';

/** Bitrix24's STATUS_CODE, where it does not depend on the direction (enumeration STATUS_CODE of the contract data). */
const CODES: Record<Exclude<CallOutcome, 'unanswered' | 'cancelled' | 'ended'>, string> = {
	answered: '200',
	busy: '486',
	declined: '603',
	noSuchNumber: '404',
	incompleteNumber: '484',
	unavailable: '480',
	noRoute: '503',
	forbidden: '403',
	blocked: '423',
	noFunds: '402',
	other: 'OTHER',
};

const OUTCOMES: readonly string[] = [...Object.keys(CODES), 'unanswered', 'cancelled', 'ended'];

/** Whether a word is the name of an outcome. */
export function isOutcome(word: string | undefined): word is CallOutcome {
	return word !== undefined && OUTCOMES.includes(word);
}

/**
 * `486`, `486 Busy Here`, `SIP/2.0 486 Busy Here`, Asterisk's `SIP 486 Busy Here` (HANGUPCAUSE) and FreeSWITCH's
 * `sip:486`.
 */
const SIP_STATUS = /^(SIP(\/2\.0 |[ :]))?([1-6]\d\d)( .*)?$/;

/** A SIP code that is no Q.850 cause: those end at 127. */
const SIP_ONLY = /^[3-6]\d\d$/;

/**
 * Reads what a PBX says of the end of a call.
 *
 * @param word a code or a word, in any case; Asterisk's may also be a Q.850 number, one of its texts of causes, or what
 * SIP said.
 * @returns the outcome, or undefined when the vocabulary does not have the word, or it says no end. SIP codes that no
 *   row names count by their class: 2xx answered, 3xx to 6xx other. So do Mango's: 22xx no funds, 5xxx other.
 */
export function readOutcome(vocabulary: Vocabulary, word: string): CallOutcome | undefined {
	const wanted = word.trim().toUpperCase();
	return inRows(VOCABULARIES[vocabulary].outcomes, wanted) ?? otherwise(vocabulary, wanted);
}

/**
 * Whether a word says that the call goes on. Whoever finished it then would cut the talk from the log.
 *
 * @param word as in {@link readOutcome}.
 */
export function isRunning(vocabulary: Vocabulary, word: string): boolean {
	const wanted = word.trim().toUpperCase();
	if (vocabulary === 'sip') return sipCode(wanted)?.startsWith('1') === true;
	const { running = [] }: Words = VOCABULARIES[vocabulary];
	return running.some((one) => one.toUpperCase() === wanted);
}

function inRows(rows: readonly Row[], wanted: string): CallOutcome | undefined {
	return rows.find(([, ...words]) => words.some((one) => String(one).toUpperCase() === wanted))?.[0];
}

/** What a vocabulary says in the words of another one, or by the class of a code. */
function otherwise(vocabulary: Vocabulary, wanted: string): CallOutcome | undefined {
	switch (vocabulary) {
		case 'sip':
			return ofSip(wanted);
		case 'q850':
			return /^\d{1,3}$/.test(wanted) ? 'other' : undefined;
		case 'asterisk':
			return ofAsterisk(wanted);
		case 'freeswitch':
			return ofNumber(wanted) ?? ofSip(wanted);
		case 'zadarma':
			return ofNumber(wanted);
		case 'mango':
			return /^22\d\d$/.test(wanted) ? 'noFunds' : /^5\d\d\d$/.test(wanted) ? 'other' : undefined;
		default:
			return undefined;
	}
}

function ofAsterisk(wanted: string): CallOutcome | undefined {
	const name = ASTERISK_TEXTS[wanted] ?? wanted.replace(/^AST_CAUSE_/, '').replace(/[ -]|, /g, '_');
	return (
		inRows(VOCABULARIES.asterisk.outcomes, name) ??
		ofNumber(wanted) ??
		inRows(VOCABULARIES.freeswitch.outcomes, name) ??
		ofSip(wanted)
	);
}

function ofNumber(wanted: string): CallOutcome | undefined {
	if (!/^\d+$/.test(wanted)) return undefined;
	return readOutcome(SIP_ONLY.test(wanted) ? 'sip' : 'q850', wanted);
}

function ofSip(wanted: string): CallOutcome | undefined {
	const code = sipCode(wanted);
	if (code === undefined || code.startsWith('1')) return undefined;
	return inRows(VOCABULARIES.sip.outcomes, code) ?? (code.startsWith('2') ? 'answered' : 'other');
}

function sipCode(wanted: string): string | undefined {
	return SIP_STATUS.exec(wanted)?.[3];
}

/**
 * Turns an outcome into Bitrix24's STATUS_CODE.
 *
 * @param incoming true for incoming calls: unanswered ones are 304 and mark a missed call. On outgoing ones 603-S says
 *   that the call was given up (voximplant/lib/rest/helper.php).
 * @param duration seconds of conversation, for sources that say only that the call is over.
 */
export function statusCodeOf(outcome: CallOutcome, incoming: boolean, duration: number): string {
	if (outcome === 'ended') return statusCodeOf(duration > 0 ? 'answered' : 'cancelled', incoming, duration);
	if (outcome === 'unanswered' || outcome === 'cancelled') return incoming ? '304' : '603-S';
	return CODES[outcome];
}
