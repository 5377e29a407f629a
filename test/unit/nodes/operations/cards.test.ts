import { carryOutOn as carryOut } from '../../../support/converse';
import { BEN, EXTENSION } from './people';

const rows = (...employees: unknown[]) => ({ chosen: employees.map((employee) => ({ employee })) });
const CARD_GONE = 'The cards did not change: the call is unknown or finished already';
const SHOW = 'telephony.externalCall.show';
const HIDE = 'telephony.externalCall.hide';

describe('cards', () => {
	it.each([
		['call show', SHOW, 'SHOWN', 'No card was opened: the call is unknown or finished already'],
		['call hide', HIDE, 'HIDDEN', 'No card was closed: the call is unknown or finished already'],
	])('%s', (name, method, key, warning) => {
		expect(carryOut(name, { callId: 'a', employees: {} }, { [method]: true })).toMatchObject({
			value: { json: { CALL_ID: 'a', USER_ID: [], [key]: true }, warnings: [] },
			calls: [[method, { CALL_ID: 'a', USER_ID: undefined }]],
		});
		expect(
			carryOut(name, { callId: 'a', employees: rows('3', EXTENSION) }, { [method]: false, 'user.get': [BEN] }),
		).toMatchObject({
			value: { json: { CALL_ID: 'a', USER_ID: [3, 2], [key]: false }, warnings: [warning] },
			calls: [
				['user.get', { FILTER: { UF_PHONE_INNER: '102', ACTIVE: true } }],
				[method, { CALL_ID: 'a', USER_ID: [3, 2] }],
			],
		});
		expect(carryOut(name, { callId: 'a', employees: rows(EXTENSION) }, { 'user.get': [] }).value).toEqual({
			refused: 'No active employee has the extension 102',
			hint: 'Choose the employee from the list, or check the expression on this item.',
		});
	});

	it.each<[string, object, object, unknown[]]>([
		[
			'nobody else was named',
			{},
			{ ANSWERED_BY: 7, HIDDEN_FROM: [], SHOWN: true },
			[
				[HIDE, { CALL_ID: 'a', USER_ID: undefined }],
				[SHOW, { CALL_ID: 'a', USER_ID: 7 }],
			],
		],
		[
			'others were rung',
			rows('7', '8', '9'),
			{ ANSWERED_BY: 7, HIDDEN_FROM: [8, 9], SHOWN: true },
			[
				[HIDE, { CALL_ID: 'a', USER_ID: [8, 9] }],
				[SHOW, { CALL_ID: 'a', USER_ID: 7 }],
			],
		],
		[
			'only the one who answered was rung',
			rows('7'),
			{ ANSWERED_BY: 7, HIDDEN_FROM: [], SHOWN: true },
			[[SHOW, { CALL_ID: 'a', USER_ID: 7 }]],
		],
	])('call answeredBy, when %s', (_name, employees, json, calls) => {
		const done = carryOut('call answeredBy', { callId: 'a', employee: 7, employees }, { [SHOW]: true, [HIDE]: true });
		expect(done).toMatchObject({ value: { json, warnings: [] }, calls });
	});

	it.each([
		[true, false],
		[false, true],
	])('warn where one did not change', (shown, hidden) => {
		const methods = { [SHOW]: shown, [HIDE]: hidden };
		expect(
			carryOut('call answeredBy', { callId: 'a', employee: 7, employees: rows('8') }, methods).value,
		).toMatchObject({ json: { SHOWN: shown }, warnings: [CARD_GONE] });
		expect(carryOut('call transfer', { callId: 'a', fromEmployee: 7, toEmployee: 8 }, methods).value).toEqual({
			json: { CALL_ID: 'a', FROM_USER_ID: 7, TO_USER_ID: 8, SHOWN: shown },
			warnings: [CARD_GONE],
		});
	});

	it('move from one to another, hidden first', () => {
		const { value, calls } = carryOut(
			'call transfer',
			{ callId: 'a', fromEmployee: 7, toEmployee: 8 },
			{ [SHOW]: true, [HIDE]: true },
		);
		expect(value).toMatchObject({ warnings: [] });
		expect(calls).toEqual([
			[HIDE, { CALL_ID: 'a', USER_ID: 7 }],
			[SHOW, { CALL_ID: 'a', USER_ID: 8 }],
		]);
	});

	it('do not move to whom they belong', () => {
		const same = { message: 'From and To are the same employee', description: 'Choose two employees.' };
		expect(() => carryOut('call transfer', { callId: 'a', fromEmployee: 7, toEmployee: '7' })).toThrow(
			expect.objectContaining(same),
		);
		const found = carryOut(
			'call transfer',
			{ callId: 'a', fromEmployee: 2, toEmployee: EXTENSION },
			{ 'user.get': [BEN] },
		);
		expect(found.value).toEqual({ refused: same.message, hint: same.description });
		expect(found.calls.map(([method]) => method)).toEqual(['user.get']);
	});

	it.each(['call transfer', 'call answeredBy'])('%s needs somebody with the extension', (name) => {
		const parameters = { callId: 'a', employee: EXTENSION, fromEmployee: EXTENSION, toEmployee: 3, employees: {} };
		expect(carryOut(name, parameters, { 'user.get': [] }).value).toMatchObject({
			refused: 'No active employee has the extension 102',
		});
	});
});
