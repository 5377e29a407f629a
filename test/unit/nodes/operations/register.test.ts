import { carryOutOn as carryOut } from '../../../support/converse';
import { EXTENSION } from './people';

describe('Register', () => {
	const REGISTER = { employee: 7, phoneNumber: '+49', type: 1, externalCallId: 'x', show: true };
	const method = 'telephony.externalCall.register';
	const sent = (parameters: object): Record<string, unknown> =>
		carryOut(
			'call register',
			{ ...REGISTER, ...parameters },
			{ [method]: { CALL_ID: 'a' }, 'telephony.externalLine.get': [{ NUMBER: '+1' }] },
		).calls.at(-1)?.[1] ?? {};
	const registered = (parameters: object, answer: object = { CALL_ID: 'a' }) =>
		carryOut('call register', { ...REGISTER, ...parameters }, { [method]: answer });

	it('sends what it was given', () => {
		expect(sent({})).toEqual({
			USER_ID: 7,
			PHONE_NUMBER: '+49',
			TYPE: 1,
			EXTERNAL_CALL_ID: 'x',
			SHOW: 1,
			CALL_START_DATE: undefined,
			CRM_CREATE: 0,
			CRM_SOURCE: undefined,
			ADD_TO_CHAT: 1,
			CALL_LIST_ID: undefined,
			LINE_NUMBER: undefined,
		});
		expect(
			sent({
				show: false,
				employee: EXTENSION,
				additionalFields: {
					crmCreate: true,
					addToChat: false,
					crmSource: 'WEB',
					callListId: '3',
					lineNumber: '+1',
					clientId: '5',
					clientType: 'LEAD',
					callStartDate: '2026-03-01T10:00:00Z',
				},
			}),
		).toEqual({
			USER_PHONE_INNER: '102',
			PHONE_NUMBER: '+49',
			TYPE: 1,
			EXTERNAL_CALL_ID: 'x',
			SHOW: 0,
			CALL_START_DATE: '2026-03-01T10:00:00Z',
			CRM_CREATE: 1,
			CRM_SOURCE: 'WEB',
			ADD_TO_CHAT: 0,
			CALL_LIST_ID: '3',
			LINE_NUMBER: '+1',
			CRM_ENTITY_TYPE: 'LEAD',
			CRM_ENTITY_ID: 5,
		});
	});

	it('names a client by both or not at all', () => {
		for (const additionalFields of [
			{ clientType: 'LEAD' },
			{ clientId: '', clientType: 'LEAD' },
			{ clientId: '0' },
			{ clientId: 0, clientType: 'LEAD' },
			{ clientId: null, clientType: 'LEAD' },
			{ clientId: null, clientType: '' },
		])
			expect(sent({ additionalFields })).not.toHaveProperty('CRM_ENTITY_TYPE');
		expect(() => sent({ additionalFields: { clientId: '5' } })).toThrow(
			expect.objectContaining({
				message: 'Client ID needs a Client Type',
				description: 'Add the field Client Type and choose contact, company or lead.',
			}),
		);
		expect(() => sent({ additionalFields: { clientId: 'x' } })).toThrow('Client ID must be a whole number from 0');
	});

	it('asks for the line first, unless it may be a new one', () => {
		const additionalFields = { lineNumber: '+2' };
		const lines = (...numbers: string[]) => ({
			[method]: { CALL_ID: 'a' },
			'telephony.externalLine.get': numbers.map((NUMBER) => ({ NUMBER })),
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+1', '+3')).value).toEqual({
			refused: 'The application has no line +2',
			hint: 'Its lines are +1, +3. Turn on Create Line for a new one.',
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines()).value).toEqual({
			refused: 'The application has no line +2',
			hint: 'It has no line yet. Add one with Line: Create, or turn on Create Line.',
		});
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+2')).value).toMatchObject({
			json: { CALL_ID: 'a' },
		});
		const created = carryOut(
			'call register',
			{ ...REGISTER, additionalFields: { ...additionalFields, createLine: true } },
			lines(),
		);
		expect(created.calls.map(([called]) => called)).toEqual([method]);
		expect(carryOut('call register', { ...REGISTER, additionalFields }, lines('+2')).steps[0]).toMatchObject({
			shared: true,
		});
	});

	it.each([
		[{ show: false }, 'repeatable'],
		[{}, 'repeatable'],
		[{ additionalFields: { callStartDate: '2001-01-01' } }, 'once'],
		[{ show: false, additionalFields: { callStartDate: '2001-01-01' } }, 'repeatable'],
		[{ additionalFields: { callStartDate: '={{ now }}' } }, 'repeatable'],
	])('may be repeated while the portal would find the call again: %j', (parameters, effect) => {
		const recent = JSON.parse(JSON.stringify(parameters).replace('={{ now }}', new Date().toISOString())) as object;
		expect(registered(recent).steps.at(-1)).toMatchObject({ effect });
	});

	it('warns that no client was created', () => {
		expect(registered({}).value).toEqual({ json: { CALL_ID: 'a' }, warnings: [], hints: [] });
		expect(registered({}, { CALL_ID: 'a', LEAD_CREATION_ERROR: 'No' }).value).toMatchObject({
			warnings: ['The call is registered, but no client was created: No'],
		});
	});

	it.each([
		[1, 0],
		[2, 1],
		[3, 1],
		[4, 0],
		[5, 0],
	])('of type %i without an external id gives %i hints', (type, count) => {
		const { value } = registered({ type, externalCallId: '' });
		expect(value).toMatchObject({
			hints: Array(count).fill(
				'Without an external call ID, Bitrix24 takes two calls of this employee and number within 30 minutes for one',
			) as string[],
		});
		expect(registered({ type }).value).toMatchObject({ hints: [] });
	});
});
