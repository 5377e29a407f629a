import { kindOf, say, type Clean } from '../clean';
import { errorOf, methodOf } from '../contract';
import { absent, DOCS, either, is, kind, matching, optional, SERVER, status, words } from '../expectation';
import { noted, number, permission } from '../needs';
import { observe, observed, type Need, type Question, type Run } from '../question';
import { fact, failure, question, refusal, shapeFact, value } from './build';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const CALL = 'call';

/**
 * Silent: no card, nothing new in the CRM, nothing in a chat; an outgoing call that was cancelled leaves no missed call
 * behind.
 */
const registration = ({ known, allowed, mark }: Run): Record<string, unknown> => ({
	USER_ID: known.userId,
	PHONE_NUMBER: allowed.number,
	TYPE: 1,
	SHOW: 0,
	CRM_CREATE: 0,
	EXTERNAL_CALL_ID: `portal-check-${mark}`,
});
const call = ({ known, notes }: Run): Record<string, unknown> => ({ CALL_ID: notes.get(CALL), USER_ID: known.userId });
const ending = (run: Run): Record<string, unknown> => ({
	...call(run),
	DURATION: 0,
	STATUS_CODE: '603-S',
	ADD_TO_CHAT: 0,
});

const allowed: readonly Need[] = [number, permission('telephony')];
const registered: readonly Need[] = [...allowed, noted(CALL, say`no call was registered`)];
/** Lacks for a call by a webhook, which has no application. */
const orNull = kind('text', 'null');
const CALL_ID = matching(say`externalCall.<md5>.<unix time>`, /^externalCall\.[0-9a-f]{32}\.\d{10}$/);

const register: Question = {
	needs: allowed,
	facts: [shapeFact(REGISTER, { fields: { CALL_ID, CRM_ENTITY_ID: kind('integer', 'text', 'null') } })],
	async ask(run) {
		const seen = observe(await run.portal.call(REGISTER, registration(run)));
		const callId = callIdOf(seen);
		if (callId !== undefined) run.notes.set(CALL, callId);
		return seen;
	},
};

/** The same registration again, with and without the external id. */
const again: Question = {
	needs: registered,
	facts: [
		fact(methodOf(REGISTER).method, say`behaviour:1`, {
			status: status(200),
			'result.CALL_ID': is(say`the same call`),
			'without.result.CALL_ID': is(say`the same call`),
		}),
	],
	async ask(run) {
		const seen = await observed(run, REGISTER, registration(run));
		const without = await observed(run, REGISTER, { ...registration(run), EXTERNAL_CALL_ID: undefined });
		return { ...seen, result: { CALL_ID: which(run, seen) }, without: { result: { CALL_ID: which(run, without) } } };
	},
};

function which({ notes }: Run, seen: Readonly<Record<string, unknown>>): Clean {
	const callId = callIdOf(seen);
	if (callId === undefined) return kindOf(undefined);
	return callId === notes.get(CALL) ? say`the same call` : say`another call`;
}

function callIdOf({ result }: Readonly<Record<string, unknown>>): string | undefined {
	return typeof result === 'object' && result !== null && 'CALL_ID' in result && typeof result.CALL_ID === 'string'
		? result.CALL_ID
		: undefined;
}

const notFound = errorOf(FINISH, 'Call is not found (call should be registered prior to finishing');
const emptyFile = errorOf(ATTACH, 'File content is empty.');
const wrongExtension = errorOf(ATTACH, 'Wrong file extension. Only wav and mp3 are allowed');

/** Both faults at once: with whichever the portal begins, nothing is stored. */
const capitalExtension = question(
	ATTACH,
	(run) => ({ ...call(run), FILENAME: 'portal-check.MP3', FILE_CONTENT: '' }),
	[
		fact(say`Conflicts`, say`C22`, {
			status: status(400),
			error_description: either(say`C22`, [
				[say`capital letters are refused, ${SERVER}`, words(wrongExtension.description ?? say``)],
				[say`capital letters will do, ${DOCS}`, words(emptyFile.description ?? say``)],
			]),
		}),
	],
	{ needs: registered },
);

/**
 * One silent call is registered, shown, hidden and finished. It stays in the history of calls, for REST cannot remove
 * it.
 */
export const writeCallQuestions: readonly Question[] = [
	register,
	again,
	refusal(FINISH, 'User is not found or is not active', (run) => ({ ...ending(run), USER_ID: 999_999_999 }), {
		needs: registered,
	}),
	value('telephony.externalCall.show', say`result`, call, { result: is(true) }, { needs: registered }),
	value('telephony.externalCall.hide', say`result`, call, { result: is(true) }, { needs: registered }),
	question(
		FINISH,
		ending,
		[
			shapeFact(FINISH, {
				optional: ['ERRORS', 'CRM_ENTITY_TYPE', 'CRM_ENTITY_ID'],
				fields: {
					CALL_START_DATE: kind('empty object'),
					CALL_STATUS: is(0),
					INCOMING: is(say`1`),
					ERRORS: kind('object'),
					CALL_VOTE: kind('integer', 'null'),
					REST_APP_ID: orNull,
					REST_APP_NAME: orNull,
				},
			}),
		],
		{ needs: registered },
	),
	question(FINISH, ending, [fact(methodOf(FINISH).method, say`behaviour:5`, failure(notFound))], { needs: registered }),
	refusal(ATTACH, 'File name is empty', (run) => ({ ...call(run), FILENAME: '' }), { needs: registered }),
	refusal(
		ATTACH,
		'Wrong file extension. Only wav and mp3 are allowed',
		(run) => ({ ...call(run), FILENAME: 'portal-check.txt', FILE_CONTENT: '' }),
		{ needs: registered },
	),
	refusal(
		ATTACH,
		'File content is empty.',
		(run) => ({ ...call(run), FILENAME: 'portal-check.mp3', FILE_CONTENT: '' }),
		{
			needs: registered,
		},
	),
	capitalExtension,
	value(
		ATTACH,
		say`example:2`,
		(run) => ({ ...call(run), FILENAME: 'portal-check.mp3' }),
		{
			'result.uploadUrl': kind('text'),
			'result.fieldName': is(say`file`),
			'result.FILE_ID': absent(),
			time: optional(kind('object')),
		},
		{ needs: registered },
	),
];
