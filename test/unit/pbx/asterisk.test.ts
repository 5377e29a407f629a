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
