import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURE_CODES } from '../../../sandbox/pbx/dialplan';
import { USABLE } from '../../../sandbox/pbx/incoming/answer';
import { answeredBody, askBody, endedBody, ringingBody } from '../../../sandbox/pbx/incoming/bodies';
import { incomingCall } from '../../../sandbox/pbx/incoming/call';

const dialplan = readFileSync(join(__dirname, '../../../examples/asterisk/incoming.conf'), 'utf8')
	.split('\n')
	.filter((line) => !line.startsWith(';'))
	.join('\n');

const namesIn = (text: string): string[] => [...text.matchAll(/(?:^|&)([A-Z_]+)=/g)].map(([, name = '']) => name);

/** The text that a context puts together in a variable, in its order; the last one counts where there is a choice. */
function composed(context: string, name: string): string {
	const [, block = ''] = new RegExp(`^\\[${context}\\]$([^]*?)(?=^\\[|(?![^]))`, 'm').exec(dialplan) ?? [];
	const texts = [...block.matchAll(new RegExp(`Set\\(_*${name}=(.*)\\)$`, 'gm'))].map(([, text = '']) => text);
	return texts.reduce((whole, text) => (text.includes(`\${${name}}`) ? text.replace(`\${${name}}`, whole) : text), '');
}
const posted = (context: string): string =>
	composed(context, 'B24_BODY')
		.replace('${B24_WHICH}', composed('b24-incoming', 'B24_WHICH'))
		.replace('${B24_END}', composed(context, 'B24_END'));

const call = {
	...incomingCall({ number: '+4915112345678', line: '+4940669690' }, 0),
	callId: 'externalCall.a.1',
	by: '102',
	rung: ['102'],
};

test.each<[string, string, string]>([
	['the question', 'b24-incoming', askBody(call)],
	['ringing', 'b24-incoming-rings', ringingBody(call)],
	['answered', 'b24-incoming-answered', answeredBody(call)],
	['ended', 'b24-report-incoming', endedBody(call, { dialStatus: 'ANSWER', hangupCause: 16, answeredSeconds: 3 })],
	['missed', 'b24-report-incoming', endedBody({ ...call, by: '' }, { dialStatus: 'NOANSWER', hangupCause: 16 })],
])('dialplan and simulated PBX send the same fields: %s', (_name, context, body) => {
	expect(namesIn(posted(context))).toEqual([...new URLSearchParams(body).keys()]);
});

test('they take the same answers', () => {
	expect(dialplan).toContain(`\${REGEX("${USABLE}" `);
});

test('they are in the same context, and take the same statuses for failures', () => {
	expect(dialplan).toContain(`[${call.context}]`);
	expect([...dialplan.matchAll(/failurecodes\)=([\d,]+)/g)].map(([, codes]) => codes)).toEqual([
		FAILURE_CODES.join(','),
		FAILURE_CODES.join(','),
	]);
});

test('a report that n8n does not take is handed to the context that repeats', () => {
	expect(dialplan).toContain(
		'@b24-retry/n,exten,b24-idle,s,1,10,av(B24_LOST=${URIENCODE(${B24_START}|${B24_INCOMING_URL}|${B24_BODY})})',
	);
});
