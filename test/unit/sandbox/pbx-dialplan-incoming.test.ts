import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURE_CODES } from '../../../sandbox/pbx/dialplan';
import { USABLE } from '../../../sandbox/pbx/incoming/answer';
import { answeredBody, askBody, endedBody, ringingBody } from '../../../sandbox/pbx/incoming/bodies';
import { incomingCall } from '../../../sandbox/pbx/incoming/call';

const dialplan = readFileSync(join(__dirname, '../../../examples/asterisk/incoming.conf'), 'utf8').split('\n').filter((line) => !line.startsWith(';')).join('\n');

const namesIn = (text: string): string[] => [...text.matchAll(/(?:^|[&,(])([A-Z_]+)=/g)].map(([, name = '']) => name);
/** The text that the dialplan sets a variable to. */
const set = (name: string): string => [...dialplan.matchAll(new RegExp(`Set\\(_*${name}=(.*)\\)$`, 'gm'))].map(([, text = '']) => text).at(-1) ?? '';
const whole = (text: string): string => text.replace('${B24_WHICH}', set('B24_WHICH')).replace('${B24_END}', set('B24_END'));
const posted = (start: string): string => whole(dialplan.split('\n').find((line) => line.includes(start)) ?? '').replace('Set(B24_BODY=', '(');

const call = { ...incomingCall({ number: '+4915112345678', line: '+4940669690' }, 0), callId: 'externalCall.a.1', by: '102', rung: ['102'] };

test.each<[string, string, string]>([
	['the question', '${B24_ASK_URL},UNIQUEID', askBody(call)],
	['ringing', 'EVENT=ringing', ringingBody(call)],
	['answered', 'EVENT=answered', answeredBody(call)],
	['ended', 'EVENT=ended', endedBody(call, { dialStatus: 'ANSWER', hangupCause: 16, answeredSeconds: 3 })],
	['missed', 'EVENT=ended', endedBody({ ...call, by: '' }, { dialStatus: 'NOANSWER', hangupCause: 16 })],
])('dialplan and simulated PBX send the same fields: %s', (_name, start, body) => {
	expect(namesIn(posted(start))).toEqual([...new URLSearchParams(body).keys()]);
});

test('they take the same answers', () => {
	expect(dialplan).toContain(`\${REGEX("${USABLE}" `);
});

test('they are in the same context, and take the same statuses for failures', () => {
	expect(dialplan).toContain(`[${call.context}]`);
	expect([...dialplan.matchAll(/failurecodes\)=([\d,]+)/g)].map(([, codes]) => codes)).toEqual([FAILURE_CODES.join(','), FAILURE_CODES.join(',')]);
});

test('a report that n8n does not take is handed to the context that repeats', () => {
	expect(dialplan).toContain('@b24-retry/n,exten,b24-idle,s,1,10,av(B24_LOST=${URIENCODE(${B24_START}|${B24_INCOMING_URL}|${B24_BODY})})');
});
