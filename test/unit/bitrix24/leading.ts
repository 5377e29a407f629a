import type { HttpAnswer, HttpRequest } from '../../../bitrix24/http';
import { Ledger } from '../../../bitrix24/ledger';
import type { Conversation } from '../../../bitrix24/plan';
import type { Stop } from '../../../bitrix24/stop';
import { fakePortal, type Answer, type Trouble } from '../../support/fakePortal';

/** The refusal of a finish whose call is not running. */
export const NOT_FOUND = {
	error: '',
	error_description: 'Call is not found (call should be registered prior to finishing',
} satisfies Answer;
/** An answer that never comes. */
export const lost: HttpAnswer = { status: 0, reason: 'unknown', text: 'The connection broke' };

/** A portal with calls: registered, finished, looked up. */
export function world(trouble?: Trouble, duration?: (request: HttpRequest) => number) {
	const open = new Map<string, string>();
	const rows: Record<string, string>[] = [];
	let registered = 0;
	let mayLook = true;
	const fake = fakePortal(
		{
			'telephony.externalCall.register': ({ EXTERNAL_CALL_ID }) => {
				registered += 1;
				open.set(`call ${registered}`, String(EXTERNAL_CALL_ID ?? ''));
				return { result: { CALL_ID: `call ${registered}` } };
			},
			'telephony.externalCall.finish': ({ CALL_ID }) => {
				const id = String(CALL_ID);
				if (!open.has(id)) return NOT_FOUND;
				rows.push({
					CALL_ID: id,
					EXTERNAL_CALL_ID: open.get(id) ?? '',
					ID: String(rows.length + 1),
					CALL_DURATION: '7',
					CALL_TYPE: '2',
				});
				open.delete(id);
				return { result: { CALL_ID: id, ID: rows.length } };
			},
			'voximplant.statistic.get': () =>
				mayLook ? { result: rows } : { error: 'ACCESS_DENIED', error_description: 'Access denied!' },
			'telephony.externalCall.show': () => ({ result: true }),
			'telephony.externalCall.hide': () => ({ result: false }),
			'telephony.call.attachTranscription': ({ CALL_ID }) => ({ result: { TRANSCRIPT_ID: 5, of: String(CALL_ID) } }),
			'telephony.externalCall.attachRecord': () => ({
				result: { uploadUrl: 'https://example.bitrix24.com/rest/upload.json?token=x', fieldName: 'file' },
			}),
			'telephony.externalLine.get': () => ({ result: [{ NUMBER: '+49' }] }),
			'telephony.externalLine.add': () => ({ result: { ID: 1 } }),
			'telephony.externalLine.delete': () => ({ error: '', error_description: 'Could not find line with number +49' }),
			'voximplant.infocall.startwithtext': () => ({ result: { RESULT: true, CALL_ID: 'info' } }),
			'user.get': () => ({ result: [{ ID: '7' }] }),
			'app.info': () => ({ result: null }),
		},
		trouble,
		duration,
	);
	const ledger = new Ledger();
	const lead = async <Result>(conversation: Conversation<Result>, stop?: Stop) =>
		await fake.time.until(fake.portal(stop).lead(conversation, ledger));
	return { ...fake, open, rows, ledger, lead, forbidLooking: () => void (mayLook = false) };
}

/** Strikes a method's next requests: before its work, or after it. */
export function strike(method: string, answer: HttpAnswer, { times = 1, after = false } = {}): Trouble {
	let left = times;
	return ({ url, body }, work) => {
		if (left <= 0 || !(url.endsWith(method) || JSON.stringify(body).includes(method))) return undefined;
		left -= 1;
		if (after) work();
		return answer;
	};
}
