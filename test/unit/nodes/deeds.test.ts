import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../../bitrix24/failure';
import { deedsInWords, undoneInWords } from '../../../nodes/common/deeds';

const folder = join(__dirname, '../../../bitrix24/methods');

/** Asked about the application itself, whose failures are findings, or by triggers, which name no deeds. */
const NEVER_NAMED =
	/^(app\.info|scope|profile|server\.time|user\.admin|feature\.get|event\.offline\.|voximplant\.(line|tts)|crm\.(status|currency|calllist))/;

/** Methods as the sources of the REST calls name them. */
const methods = [
	...new Set(
		readdirSync(folder).flatMap((file) =>
			[...readFileSync(join(folder, file), 'utf8').matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map(([, name = '']) => name),
		),
	),
].filter((name) => !NEVER_NAMED.test(name));

const failure = (method: string, more: Partial<Failure> = {}): Failure => ({
	kind: 'refused',
	status: 400,
	code: '',
	text: 'No',
	method,
	...more,
});

it('finds the methods', () => {
	expect(methods).toEqual(expect.arrayContaining(['telephony.externalCall.finish', 'crm.item.update', 'user.get']));
});

it.each(methods)('%s has words', (method) => {
	expect(deedsInWords([method])).not.toContain('.');
	expect(undoneInWords(failure(method))).toMatch(/^The [a-zA-Z -]+ (was|were) not [a-z ]+: No\. /);
});

it('says what was done once each, in order, and keeps a name that it has no words for', () => {
	const [hide, show] = ['telephony.externalcall.HIDE', 'telephony.externalCall.show'];
	expect(deedsInWords([hide, show, hide])).toBe('card hidden, card shown');
	expect(deedsInWords(['odd.method'])).toBe('odd.method');
});

it.each<[Failure, string]>([
	[
		failure('telephony.externalCall.attachRecord', { text: 'Wrong file extension', code: 'X' }),
		'The recording was not attached: Wrong file extension [X]. Bitrix24 takes WAV and MP3 only. Convert the recording first',
	],
	[
		failure('telephony.externalCall.attachRecord', { kind: 'file', text: 'The file could not be read: gone' }),
		'The recording was not attached: The file could not be read: gone. Check that the item still carries the file: n8n deletes files together with their execution. Attach Recording can add it later',
	],
	[
		failure('telephony.externalCall.searchCrmEntities', { kind: 'unknown', status: 0 }),
		'The client was not looked up: No. No usable answer came back. Nothing was changed in Bitrix24, so it is safe to run this again',
	],
	[
		failure('telephony.call.attachTranscription', { kind: 'unknown', status: 0 }),
		'The transcript was not attached: No. It is not known whether Bitrix24 carried this out. Run it again: that is safe, and changes nothing that is done already',
	],
	[
		failure('crm.activity.binding.list'),
		'The deals of the call were not looked up: No. Bitrix24 refused this. Check the fields of this node',
	],
	[
		failure('telephony.call.attachTranscription', { text: 'Call a is not found. Is it finished?' }),
		'The transcript was not attached: Call a is not found. Is it finished? The call must be finished before its transcript is attached. Run Finish first',
	],
	[failure('odd.method'), 'The rest was not done: No. Bitrix24 refused this. Check the fields of this node'],
])('a warning says what was not done, why, and what to do (%#)', (given, words) => {
	expect(undoneInWords(given)).toBe(words);
});
