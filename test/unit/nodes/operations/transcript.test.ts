import { carryOutOn as carryOut } from '../../../support/converse';

describe('Attach Transcript', () => {
	const method = 'telephony.call.attachTranscription';
	const attach = (transcript: unknown, more: object = {}) =>
		carryOut('call attachTranscript', { callId: 'a', transcript, ...more }, { [method]: { TRANSCRIPT_ID: '8' } });
	const said = (row: object) => attach([row]).calls[0]?.[1].MESSAGES;

	it('sends utterances and the price', () => {
		const { value, calls } = attach(
			[
				{ side: 'employee', start: 1.9, stop: 2.1, text: ' Hi ' },
				{ side: 'client', start: 0, text: '' },
			],
			{ additionalFields: { cost: 2, costCurrency: 'EUR' } },
		);
		expect(calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					MESSAGES: [{ SIDE: 'User', START_TIME: 1, STOP_TIME: 3, MESSAGE: 'Hi' }],
					COST: 2,
					COST_CURRENCY: 'EUR',
				},
			],
		]);
		expect(value).toEqual({ json: { CALL_ID: 'a', TRANSCRIPT_ID: 8, UTTERANCES: 1 } });
	});

	it.each([
		['user', 'User'],
		['Employee', 'User'],
		['AGENT', 'User'],
		['client', 'Client'],
		[' customer ', 'Client'],
	])('knows the side %s', (side, SIDE) => {
		expect(said({ side, start: 0, stop: 1, text: 'x' })).toMatchObject([{ SIDE }]);
	});

	it.each<[object, object]>([
		[
			{ SIDE: 'User', START_TIME: 1, STOP_TIME: 4, MESSAGE: 'x' },
			{ START_TIME: 1, STOP_TIME: 4, MESSAGE: 'x' },
		],
		[
			{ speaker: 'client', start: '2', end: '3', message: 7 },
			{ START_TIME: 2, STOP_TIME: 3, MESSAGE: '7' },
		],
		[{ side: 'client', start: 2, text: 'x' }, { STOP_TIME: 3 }],
		[
			{ side: 'client', start: 0, stop: 0, text: 'x' },
			{ START_TIME: 0, STOP_TIME: 1 },
		],
		[{ side: null, speaker: 'client', start: 0, stop: null, end: 5, text: 'x' }, { STOP_TIME: 5 }],
	])('reads %j', (row, expected) => {
		expect(said(row)).toMatchObject([expected]);
	});

	const ROW = 'Each utterance of the Transcript needs side (employee or client), start and stop (seconds) and text.';
	it.each<[unknown, string, string]>([
		['', 'The transcript is empty', 'Give at least one utterance with a text.'],
		[[{ side: 'client', start: 0, text: ' ' }], 'The transcript is empty', 'Give at least one utterance with a text.'],
		[
			'{',
			'Transcript is no valid JSON',
			'It is the text “{” on this item. Check quotes and commas, or give it as an expression.',
		],
		[{}, 'Transcript must be a list', `It is an object on this item. ${ROW}`],
		[['x'], 'Utterance 1 has no side', `It is the text “x” on this item. ${ROW}`],
		[[{ text: 'x', start: 0 }], 'Utterance 1 has no side', `It is an object on this item. ${ROW}`],
		[[{ side: 'client', start: 0 }], 'Utterance 1 has no text', `It is an object on this item. ${ROW}`],
		[
			[{ side: 'client', start: -1, text: 'x' }],
			'Utterance 1: start must be seconds',
			`It is the number -1 on this item. ${ROW}`,
		],
		[
			[{ side: 'client', start: 0, stop: 'x', text: 'x' }],
			'Utterance 1: stop must be seconds',
			`It is the text “x” on this item. ${ROW}`,
		],
	])('refuses %j', (transcript, message, description) => {
		expect(() => attach(transcript)).toThrow(expect.objectContaining({ message, description }));
	});
});
