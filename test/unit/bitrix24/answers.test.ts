import { isDispensable, isLost, isRefused, refersTo, resolved } from '../../../bitrix24/answers';
import { failed, success, type Failure } from '../../../bitrix24/failure';
import { resultOf } from '../../../bitrix24/parameters';
import { optional, type Call } from '../../../bitrix24/plan';

const failure = (more: Partial<Failure>) =>
	failed({ kind: 'limited', status: 503, code: '', text: 'No', method: 'm', ...more });
const call: Call = {
	method: 'm',
	parameters: { A: resultOf(1, 'ID'), B: 'b' },
	decode: (result) => result,
	effect: 'read',
};

it('a plan can do without what is optional and was held up for too long', () => {
	const isGivenUp = true;
	const cases = [
		[optional(call), failure({ isGivenUp })],
		[call, failure({ isGivenUp })],
		[optional(call), failure({})],
		[optional(call), success(1)],
		[optional(call), undefined],
	] as const;
	expect(cases.map(([one, answer]) => isDispensable(one, answer))).toEqual([true, false, false, false, false]);
});

it('lost is what nobody knows of; refused is what the portal said no to, without stumbling', () => {
	const answers = [
		failure({ kind: 'unknown' }),
		failure({ kind: 'refused' }),
		failure({ kind: 'refused', code: 'INTERNAL_SERVER_ERROR' }),
		failure({}),
		success(1),
	];
	expect(answers.map(isLost)).toEqual([true, false, false, false, false]);
	expect(isLost(undefined)).toBe(false);
	expect(answers.map(isRefused)).toEqual([false, true, false, false, false]);
});

it('a call refers to the steps whose results it takes, and to no other', () => {
	expect([0, 1, 2].map((step) => refersTo(call, step))).toEqual([false, true, false]);
	expect(resolved(call, [success({ ID: 3 }), success({ ID: 4 })]).parameters).toEqual({ A: 4, B: 'b' });
	expect(resolved(call, [success({ ID: 3 }), failure({})]).parameters).toEqual({ A: null, B: 'b' });
});
