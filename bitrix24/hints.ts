import { isCrash, type Failure } from './failure';
import type { HintRow } from './accessHints';
import { HINT_ROWS } from './hintRows';
import type { Effect } from './plan';

type Words = Pick<HintRow, 'hint' | 'read' | 'repeatable' | 'isWhole'>;

/** What is safe when nothing happened. */
export const NOTHING_CHANGED = 'Nothing was changed in Bitrix24, so it is safe to run this again.';

/** Hints by kind, for everything that no row names. */
const GENERAL: Record<Failure['kind'], Words> = {
	refused: { hint: 'Bitrix24 refused this. Check the fields of this node.' },
	limited: { hint: 'Bitrix24 takes no more requests for now. Try again in a few minutes.' },
	unreachable: { hint: 'Check the portal address of the credential, and that this n8n can reach it.' },
	credential: { hint: 'Open the Bitrix24 credential and connect it again.' },
	unknown: {
		hint: 'It is not known whether Bitrix24 carried this out. Look at the call in Bitrix24 before you repeat it: a repeat can log it twice.',
		read: 'No usable answer came back. Nothing was changed in Bitrix24, so it is safe to run this again.',
		repeatable:
			'It is not known whether Bitrix24 carried this out. Run it again: that is safe, and changes nothing that is done already.',
	},
	cancelled: { hint: 'Nothing was sent for this item any more. Run it again when you like.', isWhole: true },
	file: {
		hint: 'Nothing was sent. Check the node before this one: its file must still be there when this node runs.',
		isWhole: true,
	},
};

/**
 * Says what to do about a failure.
 *
 * @param effect what a repeat brings about: only that of `once` is warned of.
 * @param rows the advice to choose from.
 * @returns one or two sentences for a person who automates, without jargon. Never empty.
 */
export function hintFor(failure: Failure, effect: Effect = 'once', rows = HINT_ROWS): string {
	return specificHint(failure, effect, rows) ?? said(GENERAL[failure.kind], effect);
}

/**
 * Says what is safe now, where the advice does not say so itself.
 *
 * @param hasChanged whether Bitrix24 has carried out an earlier request of the item.
 * @returns a sentence to follow {@link hintFor}; empty when nobody can tell, or the advice has told.
 */
export function safetyOf(failure: Failure, hasChanged: boolean): string {
	const { isWhole, read } = rowFor(failure) ?? GENERAL[failure.kind];
	const mayBeDone =
		failure.kind === 'unknown' || isCrash(failure) || (failure.kind === 'refused' && failure.status >= 500);
	if (isWhole || read !== undefined || mayBeDone) return '';
	return hasChanged ? 'This request changed nothing.' : NOTHING_CHANGED;
}

/** The hint that one of the rows has for this failure; undefined when only its kind is known. */
export function specificHint(failure: Failure, effect: Effect = 'once', rows = HINT_ROWS): string | undefined {
	if (failure.code === 'insufficient_scope') {
		const permission = permissionFor(failure.method);
		return `The application lacks the permission ${permission}. Tick it in its settings in Bitrix24, then connect the credential again.`;
	}
	const row = rowFor(failure, rows);
	return row && said(row, effect);
}

function rowFor({ code, text }: Failure, rows = HINT_ROWS): HintRow | undefined {
	return byText(rows, text) ?? byCode(rows, code) ?? byCode(rows, text);
}

function said({ hint, ...others }: Words, effect: Effect): string {
	return (effect === 'once' ? undefined : others[effect]) ?? hint;
}

/** A bare code is also looked for in the text: n8n names a failed renewal by its code when the server gave no text. */
function byCode(rows: readonly HintRow[], code: string): HintRow | undefined {
	return rows.find(({ codes = [] }) => codes.includes(code));
}

/** Texts are more telling than codes: telephony methods give an empty one, or ERROR_CORE (conflict C01). */
function byText(rows: readonly HintRow[], text: string): HintRow | undefined {
	let [best, length]: [HintRow | undefined, number] = [undefined, 0];
	for (const row of rows) {
		const fit = Math.max(0, ...(row.texts ?? []).map((one) => fitOf(one, text)));
		if (fit > length) [best, length] = [row, fit];
	}
	return best;
}

/** How many characters of the text fit. */
function fitOf(wanted: string | RegExp, text: string): number {
	if (typeof wanted === 'string') return text.startsWith(wanted) ? wanted.length : 0;
	return wanted.exec(text)?.[0].length ?? 0;
}

/**
 * The permission that a method needs, as the steps of the credential name it, and its code (contract data, `scope`;
 * callbacks and info calls are under `call`, conflict C12).
 */
function permissionFor(method: string): string {
	const name = method.toLowerCase();
	if (/^voximplant\.(callback|infocall)\./.test(name)) return 'Calls (call)';
	if (name.startsWith('user.')) return 'Users (user)';
	return name.startsWith('crm.') ? 'CRM (crm)' : 'Telephony (telephony)';
}
