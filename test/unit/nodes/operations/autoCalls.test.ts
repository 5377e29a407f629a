import { carryOutOn as carryOut } from '../../../support/converse';

describe('automatic calls', () => {
	const CALL = { fromLine: 'l', phoneNumber: '+49' };
	it.each([
		['callback', 'voximplant.callback.start'],
		['textCall', 'voximplant.infocall.startwithtext'],
	])('%s', (operation, method) => {
		const { value, calls } = carryOut(
			`autoCall ${operation}`,
			{ ...CALL, text: 'Hello', voice: 'ada' },
			{ [method]: { RESULT: true, CALL_ID: 'c' } },
		);
		expect(calls).toEqual([[method, { FROM_LINE: 'l', TO_NUMBER: '+49', TEXT_TO_PRONOUNCE: 'Hello', VOICE: 'ada' }]]);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: 'c', PHONE_NUMBER: '+49' } });
	});

	it('soundCall', () => {
		const method = 'voximplant.infocall.startwithsound';
		const { value, calls } = carryOut(
			'autoCall soundCall',
			{ ...CALL, soundUrl: 'https://a/b.mp3' },
			{ [method]: { RESULT: true, CALL_ID: 'c' } },
		);
		expect(calls).toEqual([[method, { FROM_LINE: 'l', TO_NUMBER: '+49', URL: 'https://a/b.mp3' }]]);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: 'c', PHONE_NUMBER: '+49' } });
		expect(() => carryOut('autoCall soundCall', { ...CALL, soundUrl: 'a.mp3' })).toThrow('Sound URL is no address');
	});

	it('a callback that the application is to make has no id', () => {
		const { value } = carryOut(
			'autoCall callback',
			{ ...CALL, text: 'Hello' },
			{ 'voximplant.callback.start': { RESULT: true, CALL_ID: null } },
		);
		expect(value).toEqual({ json: { STARTED: true, CALL_ID: null, PHONE_NUMBER: '+49' } });
	});

	it('voices', () => {
		expect(carryOut('autoCall getVoices', {}, { 'voximplant.tts.voices.get': { ada: 'Ada' } }).value).toEqual([
			{ json: { VOICE: 'ada', NAME: 'Ada' } },
		]);
	});
});
