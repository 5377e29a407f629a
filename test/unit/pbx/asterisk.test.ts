import fc from 'fast-check';
import { asterisk } from '../../../pbx/systems/asterisk';
import { login as loginWith, post } from './posts';

const read = (fields: Record<string, string>) => asterisk.read(post(fields), 'UTC').reports[0];
const login = loginWith({ address: 'http://pbx:8088', user: 'n8n', password: 'secret' });

// What a real Asterisk with SIP phones posted.
it.each([
	['ANSWER', '16', '', 'answered'],
	['BUSY', '17', '', 'busy'],
	['NOANSWER', '16', '', 'unanswered'],
	['NOANSWER', '19', '', 'unavailable'],
	['CHANUNAVAIL', '1', '', 'noSuchNumber'],
	['CHANUNAVAIL', '21', '', 'declined'],
	['CHANUNAVAIL', '28', '', 'incompleteNumber'],
	['CHANUNAVAIL', '18', '', 'unavailable'],
	['CHANUNAVAIL', '38', '', 'noRoute'],
	['CHANUNAVAIL', '99', '', 'unavailable'],
	['CONGESTION', '34', '', 'noRoute'],
	['CANCEL', '127', '', 'cancelled'],
	['', '', '', 'cancelled'],
	['NOANSWER', '16', 'agent', 'cancelled'],
	['BUSY', '17', 'agent', 'cancelled'],
	['CHANUNAVAIL', '21', 'agent', 'cancelled'],
	['CHANUNAVAIL', '3', 'agent', 'unavailable'],
])('%s with cause %s of leg “%s” is %s', (DIALSTATUS, HANGUPCAUSE, LEG, outcome) => {
	expect(read({ DIALSTATUS, HANGUPCAUSE, LEG })).toMatchObject({ event: 'ended', outcome });
});

it.each([
	['BUSY', '17', 'The employee’s phone was busy'],
	['CHANUNAVAIL', '21', 'The employee declined'],
	['CHANUNAVAIL', '3', 'The employee’s phone is not registered'],
	['CONGESTION', '34', 'The employee’s phone could not be reached'],
	['NOANSWER', '16', 'The employee did not answer'],
	['CANCEL', '', 'The employee’s phone was no longer rung'],
	['NEW', '', 'The employee’s phone did not take the call'],
])('%s with cause %s of the employee’s leg says: %s', (DIALSTATUS, HANGUPCAUSE, reason) => {
	expect(read({ DIALSTATUS, HANGUPCAUSE, LEG: 'agent' })).toMatchObject({ outcomeWord: DIALSTATUS, reason });
});

it.each([
	['BUSY', 'unanswered', 'All phones were busy'],
	['NOANSWER', 'unanswered', 'Nobody answered'],
	['CHANUNAVAIL', 'unanswered', 'No phone was registered'],
	['CONGESTION', 'unanswered', 'No phone could be reached'],
	['CANCEL', 'cancelled', 'The caller gave up'],
	['', 'cancelled', 'The caller gave up'],
])('%s of an incoming call is missed: %s', (DIALSTATUS, outcome, reason) => {
	expect(read({ DIALSTATUS, HANGUPCAUSE: '21', DIRECTION: 'in' })).toMatchObject({
		outcome,
		outcomeWord: DIALSTATUS || 'CANCEL',
		reason,
	});
});

it.each([
	['ANSWER', '16', 'ANSWER'],
	['BUSY', '17', 'BUSY 17'],
	['BUSY', '', 'BUSY'],
	['', '', 'CANCEL'],
])('%j with cause %j is given on as %s', (DIALSTATUS, HANGUPCAUSE, outcomeWord) => {
	expect(read({ DIALSTATUS, HANGUPCAUSE })?.outcomeWord).toBe(outcomeWord);
});

it.each(['ringing', 'answered'])('a call that goes on is %s, and has not ended', (EVENT) => {
	const report = read({ EVENT, DIRECTION: 'in', EXTENSION: '102', RUNG: '102&103', DIALSTATUS: 'BUSY' });
	expect(report).toMatchObject({ event: EVENT, extension: '102', rung: ['102', '103'] });
	expect([report?.outcome, report?.reason]).toEqual([undefined, undefined]);
});

it.each([
	[
		'101:12,102:30',
		[
			['101', 12],
			['102', 30],
		],
	],
	[' 101:12 , ', [['101', 12]]],
	['101,102:,:5,101:x,1:2:3', []],
	['', []],
])('%j names who talked', (TALKED, talked) => {
	expect(read({ TALKED })?.talked).toEqual(talked.map(([extension, seconds]) => ({ extension, seconds })));
});

it.each([
	['42', 42],
	['4.5', 5],
	['10.04', 10],
	['', 0],
	['-4', 0],
	['4 s', 0],
	['about 4', 0],
	['1e3', 0],
])('%j are so many seconds: %i', (ANSWEREDTIME, duration) => {
	expect(read({ ANSWEREDTIME })?.duration).toBe(duration);
});

it.each(['', 'today', '1795259526.5', '1795259526000', 'x1795259526'])('%j is no moment', (START) => {
	expect(read({ START })?.start).toBeUndefined();
});

it('tells a busy employee from a busy client', () => {
	expect(read({ DIALSTATUS: 'BUSY', HANGUPCAUSE: '17', LEG: 'agent' })?.reason).toBe('The employee’s phone was busy');
	expect(read({ DIALSTATUS: 'BUSY', HANGUPCAUSE: '17' })?.reason).toBeUndefined();
});

it('reads an incoming call that somebody else took', () => {
	expect(
		read({
			UNIQUEID: '1795.0',
			DIRECTION: 'in',
			DIALSTATUS: 'ANSWER',
			ANSWEREDTIME: '4',
			EXTENSION: '101',
			TALKED: '102:4',
			NUMBER: '4915112345678',
			LINE: '4940669690',
			START: '1795259526',
			RECORDING: '1795.0',
		}),
	).toEqual({
		event: 'ended',
		externalCallId: '1795.0',
		direction: 'incoming',
		phoneNumber: '4915112345678',
		lineNumber: '4940669690',
		extension: '101',
		talked: [{ extension: '102', seconds: 4 }],
		outcome: 'answered',
		outcomeWord: 'ANSWER',
		duration: 4,
		start: '2026-11-21T11:12:06Z',
		recording: '1795.0',
		isSuperseded: false,
	});
});

it('has no number for an anonymous caller', () => {
	expect(read({ NUMBER: 'anonymous', DIRECTION: 'in' })).toMatchObject({ phoneNumber: '' });
});

it('logs a call on its own whose CALL_ID has gone to a newer one', () => {
	expect(read({ CALL_ID: 'externalCall.a.1', SUPERSEDED: '1', START: '1795259526' })).toMatchObject({
		isSuperseded: true,
		callId: undefined,
		externalCallId: 'externalCall.a.1-1795259526',
	});
});

it('reads any body without a word', () => {
	fc.assert(
		fc.property(fc.uint8Array(), (bytes) => {
			expect(asterisk.read(post('', { body: Buffer.from(bytes) }), 'UTC').reports).toHaveLength(1);
		}),
	);
	fc.assert(
		fc.property(
			fc.dictionary(
				fc.constantFrom('CALL_ID', 'TALKED', 'ANSWEREDTIME', 'START', 'DIALSTATUS', 'HANGUPCAUSE', 'LEG', 'EVENT'),
				fc.string(),
			),
			(fields) => {
				expect(read(fields)).toMatchObject({ duration: expect.any(Number) as number });
			},
		),
	);
});

it('takes no word of a report for a name of JavaScript’s', () => {
	expect(read({ DIALSTATUS: 'constructor', HANGUPCAUSE: 'toString', LEG: 'agent' })?.reason).toBe(
		'The employee’s phone did not take the call',
	);
	expect(read({ DIALSTATUS: 'CHANUNAVAIL', HANGUPCAUSE: 'constructor' })?.outcome).toBe('unavailable');
});

it('names a recording by its name, whatever that holds', async () => {
	const ask = async () => await Promise.resolve({ status: 0, headers: {}, body: undefined });
	expect(await asterisk.recording?.('a/../b', login, ask)).toMatchObject({
		url: 'http://pbx:8088/ari/recordings/stored/a%2F..%2Fb/file',
	});
	expect(asterisk.deletion?.('a', login)).toMatchObject({
		method: 'DELETE',
		url: 'http://pbx:8088/ari/recordings/stored/a',
	});
});
