import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { failed, success, type Failure } from '../../../bitrix24/failure';
import { finish, hide, register, searchClients, show } from '../../../bitrix24/methods/calls';
import { addLine } from '../../../bitrix24/methods/lines';
import { ask, optional, type Step } from '../../../bitrix24/plan';
import { Job, type JobOptions } from '../../../nodes/Bitrix24Telephony/job';
import type { Shown } from '../../../nodes/Bitrix24Telephony/shown';
import { asNodeError, failureText, toNodeError } from '../../../nodes/common/failures';
import { NODE } from '../../support/execution';

const OPTIONS: JobOptions = { treatWarningsAsErrors: false, maximumWait: 90, zone: 'Europe/Berlin' };
const failure = (more: Partial<Failure> = {}): Failure => ({
	kind: 'refused',
	status: 400,
	code: 'X',
	text: 'No',
	method: 'm',
	...more,
});
const job = (options: Partial<JobOptions> = {}, hints: string[] = []) =>
	new Job(NODE, 3, { ...OPTIONS, ...options }, ask(show('a', 1)) as never, 0, { hints, warnings: [] });
const shown = (value: Shown, options?: Partial<JobOptions>, hints?: string[]) => {
	const one = job(options, hints);
	one.conclude({ ok: true, value });
	return one;
};
const outputOf = (one: Job) => {
	const hints: string[] = [];
	return { items: one.output((hint) => hints.push(hint)), hints };
};
const step: Step = show('a', 1);
const pairedItem = { item: 3 };
const UNDONE = 'The rest was not done: No [X]. Bitrix24 refused this. Check the fields of this node';
const SAFE = 'Nothing was changed in Bitrix24, so it is safe to run this again.';
const GOES_ON = 'Running the item again goes on with it, so nothing is logged twice.';

describe('an item that came to its end', () => {
	it('puts out every row, paired, with its own warnings', () => {
		const one = shown([{ json: { a: 1 } }, { json: { a: 2 }, warnings: ['w'], hints: ['h'] }]);
		expect(outputOf(one)).toEqual({
			items: [
				{ json: { a: 1 }, pairedItem },
				{ json: { a: 2, WARNINGS: ['w'] }, pairedItem },
			],
			hints: ['w', 'h'],
		});
		expect(one.error).toBeUndefined();
	});

	it('may put nothing out', () => {
		expect(outputOf(shown([], {}, ['read']))).toEqual({ items: [], hints: [] });
	});

	it('begins with what failed beside it, then its own warnings, then what reading said', () => {
		const one = job({}, ['read']);
		one.ledger.note(optional(searchClients('1')), failed(failure()));
		one.conclude({ ok: true, value: { json: {}, warnings: ['w'], hints: ['h'] } });
		expect(outputOf(one)).toEqual({
			items: [{ json: { WARNINGS: [UNDONE, 'w'] }, pairedItem }],
			hints: [UNDONE, 'w', 'read', 'h'],
		});
	});

	it('says the same thing once', () => {
		expect(outputOf(shown({ json: {}, warnings: ['w'], hints: ['w', 'h', 'h'] })).hints).toEqual(['w', 'h']);
	});

	it('that was refused is a failure', () => {
		const one = shown({ refused: 'Not this', hint: 'Do that.' });
		const hint = `Do that. ${SAFE}`;
		expect(one.error).toBeInstanceOf(NodeOperationError);
		expect(one.error).toMatchObject({ message: 'Not this', description: hint, context: { itemIndex: 3 } });
		expect(outputOf(one).items).toEqual([
			{
				json: {
					error: 'Not this',
					message: 'Not this',
					details: { hint, status: null, code: null, method: null },
				},
				pairedItem,
			},
		]);
	});

	it('that was refused after a change says what was done, and what a repeat does', () => {
		const refusal = { refused: 'Not this', hint: 'Do that.' };
		const one = job();
		one.ledger.note(show('a', 1), success(true));
		one.ledger.note(hide('a', 2), success(true));
		one.conclude({ ok: true, value: refusal });
		expect(one.error?.description).toBe(
			'Do that. Bitrix24 has done a part before: card shown, card hidden. Running the item again does that no harm.',
		);
		const other = job();
		other.ledger.note(register({}, false), success({ CALL_ID: 'c' }));
		other.ledger.note(finish({ CALL_ID: 'c' }), success({ CALL_ID: 'c' }));
		other.conclude({ ok: true, value: refusal });
		expect(other.error?.description).toBe(
			'Do that. Bitrix24 has done a part before: call registered, call finished. Look at the call in Bitrix24 before you run this again.',
		);
	});

	it('fails for its warnings where it shall', () => {
		const one = shown(
			[
				{ json: { a: 1 }, warnings: ['v'] },
				{ json: {}, warnings: ['w'] },
			],
			{ treatWarningsAsErrors: true },
		);
		expect(one.error).toMatchObject({
			message: 'v. w',
			description: `${SAFE} What came of it: [{"a":1},{}]`,
			context: { itemIndex: 3 },
		});
		expect(shown({ json: {}, hints: ['h'] }, { treatWarningsAsErrors: true }).error).toBeUndefined();
	});
});

describe('an item that was carried out', () => {
	const noted = (...notes: [Step, boolean][]) => {
		const one = job();
		for (const [what, ok] of notes) one.ledger.note(what, ok ? success({ CALL_ID: 'c' }) : failed(failure()));
		return one;
	};

	it('has changed something, and left nothing open', () => {
		expect(noted().isCarriedOut).toBe(false);
		expect(noted([searchClients('1'), true]).isCarriedOut).toBe(false);
		expect(noted([step, false]).isCarriedOut).toBe(false);
		expect(noted([step, true]).isCarriedOut).toBe(true);
		expect(noted([register({}, true), true]).isCarriedOut).toBe(false);
		expect(noted([register({}, true), true], [finish({ CALL_ID: 'c' }), true]).isCarriedOut).toBe(true);
	});

	it('may leave open what it was to open', () => {
		const one = noted([register({}, true), true]);
		one.conclude({ ok: true, value: { json: {} } });
		expect(one.isCarriedOut).toBe(true);
		const other = noted([register({}, true), true]);
		other.conclude({ ok: false, failure: failure(), step });
		expect(other.isCarriedOut).toBe(false);
	});

	it('is half done when a later step of its own failed, and says what came before', () => {
		const one = noted([step, true]);
		one.conclude({ ok: false, failure: failure(), step });
		expect([one.isCarriedOut, one.isHalfDone]).toEqual([false, true]);
		expect(one.error?.description).toMatch(
			/\(m\) Bitrix24 has done a part before: card shown\. Running the item again does that no harm\.$/,
		);
		expect([
			noted([step, true]).isHalfDone,
			noted([step, false]).isHalfDone,
			noted([register({}, true), true]).isHalfDone,
		]).toEqual([false, false, true]);
	});

	it('is not half done when its execution was stopped after the last change, nor when nobody knows', () => {
		const stopped = noted([step, true]);
		stopped.conclude({ ok: false, failure: failure({ kind: 'cancelled' }), step });
		expect([stopped.isCarriedOut, stopped.isHalfDone]).toEqual([true, false]);
		const lost = noted([step, true]);
		lost.conclude({ ok: false, failure: failure({ kind: 'unknown' }), step: register({}, false) });
		expect([lost.isCarriedOut, lost.isHalfDone, lost.isUnknown]).toEqual([false, false, true]);
		const harmless = noted([step, true]);
		harmless.conclude({ ok: false, failure: failure({ kind: 'unknown' }), step });
		expect([harmless.isHalfDone, harmless.isUnknown]).toEqual([true, false]);
	});
});

describe('an item that failed', () => {
	const ended = (more: Partial<Failure>, on: Step = step, before: (one: Job) => void = () => undefined) => {
		const one = job();
		before(one);
		one.conclude({ ok: false, failure: failure(more), step: on });
		return one;
	};
	const opened = (one: Job): void => one.ledger.note(register({}, true), success({ CALL_ID: 'open' }));

	it('says when to go on, and what stays open, in this order', () => {
		const { error } = ended({ retryAt: Date.parse('2026-03-01T09:00:00Z') }, step, opened);
		expect(error?.description).toMatch(
			/\(m\) Go on after 10:00:00 \(Europe\/Berlin\)\. Bitrix24 has registered this call before: open\. Running the item again goes on with it, so nothing is logged twice\.$/,
		);
		expect(ended({}).error?.description).toMatch(/\(m\)$/);
	});

	it('of one that may be done names its call, or the one that it left open', () => {
		expect(ended({ kind: 'unknown', code: '' }).error?.message).toBe(
			'Bitrix24 may have carried this out already (a): No',
		);
		expect(ended({ kind: 'unknown', code: '' }, step, opened).error?.message).toBe(
			'Bitrix24 may have carried this out already (a): No',
		);
		expect(ended({ kind: 'unknown', code: '' }, register({}, true)).error?.message).toBe(
			'Bitrix24 may have carried this out already: No',
		);
		expect(ended({ kind: 'unknown', code: '' }, register({}, true), opened).error?.message).toBe(
			'Bitrix24 may have carried this out already (open): No',
		);
		expect(ended({ kind: 'unknown', code: '' }, searchClients('1')).error?.message).toBe('No');
	});

	it('of one that may be done warns of a repeat only where one counts', () => {
		const hint = (on: Step, before?: (one: Job) => void): unknown =>
			ended({ kind: 'unknown', code: '' }, on, before).error?.description;
		const once = (one: Job): void => one.ledger.note(register({}, false), success({ CALL_ID: 'open' }));
		const twice = 'a repeat can log it twice';
		for (const on of [show('a', 1), finish({ CALL_ID: 'a' }), addLine('+49', 'Bonn', false)])
			expect(hint(on)).not.toContain(twice);
		expect(hint(show('a', 1))).toContain('Run it again: that is safe');
		expect(hint(register({}, false))).toContain(twice);
		// A repeat of the item would register it again.
		expect(hint(finish({ CALL_ID: 'open' }), once)).toContain(twice);
		expect(hint(finish({ CALL_ID: 'open' }), opened)).not.toContain(twice);
		expect(
			hint(finish({ CALL_ID: 'a' }), (one) => one.ledger.note(register({}, false), failed(failure()))),
		).not.toContain(twice);
		expect(hint(searchClients('1'))).toContain('Nothing was changed');
	});

	it('about a line looks for no call', () => {
		const { error } = ended({ code: 'INTERNAL_SERVER_ERROR' }, addLine('+49', 'Bonn', false));
		expect(error?.description).toBe('Bitrix24 has a fault just now. Try again in a minute: a repeat does no harm. (m)');
	});

	it('gives the portal’s code and method to the error output', () => {
		expect(outputOf(ended({})).items).toMatchObject([
			{ json: { error: 'No [X]', details: { status: '400', code: 'X', method: 'm' } } },
		]);
	});

	it('is told from one that was stopped', () => {
		const stopped = ended({ kind: 'cancelled' });
		expect([stopped.wasStopped, ended({}).wasStopped, job().wasStopped]).toEqual([true, false, false]);
		expect(stopped.error).toMatchObject({
			message: 'The execution was canceled',
			description: SAFE,
			context: { itemIndex: 3 },
		});
		expect(ended({ kind: 'cancelled' }, step, opened).error?.description).toBe(
			`Bitrix24 has registered this call before: open. ${GOES_ON}`,
		);
	});

	it('promises no safe repeat of what was on its way when nobody waited any longer', () => {
		const left = (before: (one: Job) => void = () => undefined): Job => {
			const one = job();
			before(one);
			one.abandon();
			return one;
		};
		const advice =
			'Nothing more is sent for this item, but what was on its way may still be carried out. Look at the call in Bitrix24 before you run this again.';
		expect(left().error).toMatchObject({ message: 'The execution was canceled', description: advice });
		expect(left(opened).error?.description).toBe(`Bitrix24 has registered this call before: open. ${advice}`);
	});

	it('has surely changed nothing only when it is known what became of all that was sent', () => {
		const untouched = (more: Partial<Failure>, before?: (one: Job) => void): boolean =>
			ended(more, step, before).isUntouched;
		expect([untouched({}), untouched({ kind: 'cancelled' }), untouched({ kind: 'limited' })]).toEqual([
			true,
			true,
			true,
		]);
		expect([untouched({}, opened), untouched({ kind: 'unknown' }), untouched({ status: 500 })]).toEqual([
			false,
			false,
			false,
		]);
		const [read, abandoned] = [shown({ json: {} }), job()];
		abandoned.abandon();
		expect([read.isUntouched, abandoned.isUntouched]).toEqual([true, false]);
	});

	it('has an error without a description, too', () => {
		const one = job();
		one.fail(new Error('x'));
		const hint = 'Nothing was sent for this item.';
		expect(outputOf(one).items).toMatchObject([{ json: { error: 'x', details: { hint } } }]);
		const description = 'Connect it. Nothing was sent.';
		one.fail(new NodeOperationError(NODE, 'y', { description }));
		expect(one.error?.description).toBe(description);
	});

	it.each([
		[new TypeError('odd'), 'TypeError: odd'],
		['odd', 'odd'],
	])('by a fault of this package asks for a report (%s)', (fault, words) => {
		const one = job();
		one.failUnexpectedly(fault);
		expect(one.error).toMatchObject({
			message: 'This node has met a fault of its own',
			description: `Please report it with these words: ${words}. Look at the call in Bitrix24 before you run this again.`,
			context: { itemIndex: 3 },
		});
		opened(one);
		one.failUnexpectedly(fault);
		expect(one.error?.description).toBe(
			`Please report it with these words: ${words}. Bitrix24 has registered this call before: open.`,
		);
	});
});

describe('an error', () => {
	it('keeps what is n8n’s, and wraps what is not', () => {
		for (const error of [new NodeOperationError(NODE, 'a'), new NodeApiError(NODE, { message: 'b' })])
			expect(asNodeError(NODE, error, 1)).toBe(error);
		for (const error of [new Error('c'), 'c']) {
			const wrapped = asNodeError(NODE, error, 1);
			expect(wrapped).toBeInstanceOf(NodeOperationError);
			expect(wrapped).toMatchObject({ message: 'c', context: { itemIndex: 1 } });
		}
	});

	it('has the portal’s text and code, and what to do', () => {
		const error = toNodeError(NODE, failure(), { itemIndex: 2, more: 'And more.' });
		expect(error).toMatchObject({
			message: 'No [X]',
			httpCode: '400',
			context: { itemIndex: 2, data: { error: 'X', error_description: 'No', method: 'm' } },
		});
		expect(error.description).toMatch(/ \(m\) And more\.$/);
		expect(toNodeError(NODE, failure({ method: '' }), { more: 'And more.' }).description).toMatch(/node\. And more\.$/);
		expect(toNodeError(NODE, failure({ status: 0 })).httpCode).toBeNull();
		expect(toNodeError(NODE, failure({ code: 'No' })).message).toBe('No');
		expect(toNodeError(NODE, failure({ code: '' })).message).toBe('No');
	});

	it('keeps its own words where n8n would put others', () => {
		expect(toNodeError(NODE, failure({ text: 'ENOENT', code: '' })).message).toBe('ENOENT');
	});

	it('alarms for what may be done, but not of a read', () => {
		const unknown = failure({ kind: 'unknown', code: '' });
		expect(toNodeError(NODE, unknown, { name: 'a' }).message).toBe(
			'Bitrix24 may have carried this out already (a): No',
		);
		expect(toNodeError(NODE, unknown).message).toBe('Bitrix24 may have carried this out already: No');
		expect(toNodeError(NODE, unknown, { name: 'a', effect: 'read' }).message).toBe('No');
		expect(toNodeError(NODE, unknown, { effect: 'read' }).description).toContain('safe to run this again');
		expect(toNodeError(NODE, unknown).description).not.toContain('safe to run this again');
	});

	it('is one line in a warning', () => {
		expect(failureText(failure())).toBe('m: No [X]');
		expect(failureText(failure({ code: 'No' }))).toBe('m: No');
		expect(failureText(failure({ method: '' }))).toBe('No [X]');
	});
});
