import { carryOutOn as carryOut } from '../../../support/converse';
import { EXTENSION } from './people';

describe('Finish', () => {
	const FINISH = {
		callId: 'a',
		employee: 7,
		duration: 5,
		outcomeFrom: 'list',
		outcome: 'ended',
		direction: 'incoming',
		addToChat: true,
	};
	const method = 'telephony.externalCall.finish';
	const finished = (parameters: object, answer: object = { CALL_ID: 'a' }) =>
		carryOut('call finish', { ...FINISH, ...parameters }, { [method]: answer });

	it('sends what it was given', () => {
		expect(finished({}).calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					USER_ID: 7,
					DURATION: 5,
					STATUS_CODE: '200',
					ADD_TO_CHAT: 1,
					COST: undefined,
					COST_CURRENCY: undefined,
					FAILED_REASON: undefined,
					RECORD_URL: undefined,
					VOTE: undefined,
				},
			],
		]);
		const additionalFields = { cost: 1.5, costCurrency: 'EUR', failedReason: 'r', recordUrl: 'https://a', vote: 3 };
		expect(finished({ employee: EXTENSION, duration: '', addToChat: false, additionalFields }).calls).toEqual([
			[
				method,
				{
					CALL_ID: 'a',
					USER_PHONE_INNER: '102',
					DURATION: 0,
					STATUS_CODE: '304',
					ADD_TO_CHAT: 0,
					COST: 1.5,
					COST_CURRENCY: 'EUR',
					FAILED_REASON: 'r',
					RECORD_URL: 'https://a',
					VOTE: 3,
				},
			],
		]);
		expect(finished({ duration: 0, direction: 'outgoing' }).calls[0]?.[1].STATUS_CODE).toBe('603-S');
	});

	it('leaves the unprintable date out, and names what went wrong besides', () => {
		expect(finished({}, { CALL_ID: 'a', CALL_START_DATE: {}, ERRORS: { x: 'No', y: 7 } }).value).toEqual({
			json: { CALL_ID: 'a', ERRORS: { x: 'No', y: 7 }, ALREADY_FINISHED: false },
			warnings: ['The call is finished, but: No', 'The call is finished, but: 7'],
			hints: [],
		});
		expect(finished({}, { CALL_ID: 'a', CALL_START_DATE: 'now', ERRORS: [] }).value).toEqual({
			json: { CALL_ID: 'a', CALL_START_DATE: 'now', ERRORS: [], ALREADY_FINISHED: false },
			warnings: [],
			hints: [],
		});
	});

	it('says that it was finished before', () => {
		expect(finished({}, { CALL_ID: 'a', ALREADY_FINISHED: true }).value).toMatchObject({
			json: { ALREADY_FINISHED: true },
			hints: ['The call was finished before; this is what the history says of it. Nothing was logged twice.'],
		});
	});

	it.each([
		[{}, true],
		[{ ifFinished: 'return' }, true],
		[{ ifFinished: 'fail' }, false],
	])('takes one that is finished for success: %j', (additionalFields, accepted) => {
		const [step] = finished({ additionalFields }).steps;
		const read =
			step && 'evidence' in step ? step.evidence?.read([{ CALL_ID: 'a' }], { CALL_ID: 'a' }, false) : undefined;
		expect(read !== undefined).toBe(accepted);
	});
});
