import type { Failure } from '../../../bitrix24/failure';
import { resultOf, withoutReferences } from '../../../bitrix24/parameters';
import {
	ask,
	askAll,
	askEach,
	BATCH_LIMIT,
	HEAD_BYTES,
	isCall,
	isOptional,
	isPlainCall,
	isRead,
	optional,
	tried,
	type Call,
	type Conversation,
	type Plan,
	type Step,
	type Upload,
} from '../../../bitrix24/plan';

const call: Call<string> = { method: 'm', parameters: {}, decode: String, effect: 'once' };
const upload: Upload<string> = {
	...call,
	file: { name: 'a.wav', contentType: 'audio/wav', open: async () => await Promise.reject(new Error('unused')) },
};

/** Leads a conversation with given results, one list a plan. @returns its plans and what it returned */
function led<Result>(
	conversation: Conversation<Result>,
	...results: unknown[][]
): { plans: Plan[]; value: Result | undefined } {
	const plans: Plan[] = [];
	let turn = conversation.next([]);
	while (!turn.done) {
		plans.push(turn.value);
		turn = conversation.next(results[plans.length - 1] ?? []);
	}
	return { plans, value: turn.value };
}

it('knows the limits', () => {
	expect([BATCH_LIMIT, HEAD_BYTES]).toEqual([50, 128]);
});

describe('a conversation', () => {
	it('takes one step', () => {
		expect(led(ask(call), ['a'])).toEqual({ plans: [[call]], value: 'a' });
	});

	it('takes steps together', () => {
		expect(led(askAll(call, { pause: 7 }), ['a', undefined])).toEqual({
			plans: [[call, { pause: 7 }]],
			value: ['a', undefined],
		});
	});

	it('takes many calls, fifty at a time', () => {
		const calls = Array.from({ length: 101 }, (_, index) => ({ ...call, parameters: { index } }));
		const { plans, value } = led(askEach(calls), ['a'], ['b'], ['c']);
		expect(plans.map((plan) => plan.length)).toEqual([50, 50, 1]);
		expect(plans.flat()).toEqual(calls);
		expect(value).toEqual(['a', 'b', 'c']);
		expect(led(askEach([]))).toEqual({ plans: [], value: [] });
	});
});

describe('a step', () => {
	const others: Step[] = [
		{ probe: 'https://n8n.example.com' },
		{ pause: 7 },
		{ inspect: upload.file },
		{ claim: 'k' },
		{ settle: 'k', done: 1 },
	];

	it('is a call, one without a file, or something else', () => {
		expect([call, upload, ...others].map(isCall)).toEqual([true, true, false, false, false, false, false]);
		expect([call, upload, ...others].map(isPlainCall)).toEqual([true, false, false, false, false, false, false]);
	});

	it('reads, or changes something', () => {
		expect(
			[call, upload, { ...call, effect: 'read' as const }, { ...call, effect: 'repeatable' as const }, ...others].map(
				isRead,
			),
		).toEqual([false, false, true, false, true, true, true, true, true]);
	});

	it('may fail, or not', () => {
		expect(optional(call)).toEqual({ ...call, optional: 'warn' });
		expect(tried(call)).toEqual({ ...call, optional: 'silent' });
		const failure: Failure = { kind: 'refused', status: 400, code: '', text: 'no', method: 'm' };
		const steps: Step[] = [optional(call), tried(call), call, { ...call, optional: undefined }, { pause: 7 }];
		expect(steps.map((step) => isOptional(step, failure))).toEqual([true, true, false, false, false]);
		const some = { ...call, optional: ({ text }: Failure) => text === 'no' };
		expect([isOptional(some, failure), isOptional(some, { ...failure, text: 'never' })]).toEqual([true, false]);
	});
});

it('puts results in the place of references', () => {
	const results = [{ CALL_ID: 'c', n: 1, yes: true, list: [{ ID: '7' }], none: null }, 'text'];
	const parameters = {
		plain: ['a'],
		text: resultOf(0, 'CALL_ID'),
		number: resultOf(0, 'n'),
		yes: resultOf(0, 'yes'),
		deep: resultOf(0, 'list', 0, 'ID'),
		whole: resultOf(1),
		map: resultOf(0, 'list', 0),
		none: resultOf(0, 'none', 'x'),
		absent: resultOf(0, 'x', 'y'),
		through: resultOf(1, 'length'),
		late: resultOf(2, 'CALL_ID'),
	};
	expect(withoutReferences(parameters, results)).toEqual({
		plain: ['a'],
		text: 'c',
		number: 1,
		yes: true,
		deep: '7',
		whole: 'text',
		map: null,
		none: null,
		absent: null,
		through: null,
		late: null,
	});
});
