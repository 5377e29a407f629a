import { isRecord, type Answer, type Failure } from './failure';
import { Reference } from './parameters';
import { isCall, isRead, type Effect, type Step } from './plan';

/** What a repeat may bring about, the gravest first. */
const EFFECTS: Effect[] = ['once', 'repeatable'];

/** One REST call of an item, and what became of it. */
export interface Entry {
	step: Step;
	method: string;
	/** What it is about, as a person finds it in Bitrix24: a CALL_ID, an external id or a number. */
	subject?: string;
	answer: Answer<unknown>;
}

/** Everything that was sent for one item and what came back. Errors, warnings and hints are worded from it. */
export class Ledger {
	private readonly entries: Entry[] = [];
	private readonly running: string[] = [];
	/** What the conversation has to say besides its result. */
	readonly advice: string[] = [];

	/** Notes what became of a step, after everything was done to find out. */
	note(step: Step, answer: Answer<unknown>): void {
		if ('note' in step) this.advice.push(step.note);
		if (!isCall(step)) return;
		this.entries.push({ step, method: step.method, subject: subjectOf(step), answer });
		if (!answer.ok) return;
		const begun = step.begins === undefined ? undefined : textIn(answer.value, step.begins);
		if (begun !== undefined) this.running.push(begun);
		// A reference ends what the same plan has begun.
		const ended = step.ends instanceof Reference ? this.running.at(-1) : step.ends;
		const index = this.running.findIndex((one) => one === ended);
		if (index >= 0) this.running.splice(index, 1);
	}

	/** What was begun and not ended, such as a registered call that is not finished. */
	get leftRunning(): readonly string[] {
		return this.running;
	}

	/** True when Bitrix24 has changed something for this item. */
	get hasChanged(): boolean {
		return this.carriedOut.length > 0;
	}

	/** Methods that have changed something, in order. */
	get changes(): string[] {
		return this.carriedOut.map(({ method }) => method);
	}

	/** What was changed, each subject once. */
	get changed(): string[] {
		return [...new Set(this.carriedOut.flatMap(({ subject, answer }) => subjectOfResult(answer) ?? subject ?? []))];
	}

	private get carriedOut(): Entry[] {
		return this.entries.filter(({ step, answer }) => answer.ok && !isRead(step));
	}

	/** Failures of optional steps. */
	get notes(): Failure[] {
		return this.entries.flatMap(({ step, answer }) =>
			!answer.ok && 'optional' in step && step.optional === 'warn' ? [answer.failure] : [],
		);
	}

	/**
	 * What a repeat of the item brings about, when it has ended at this step: it begins with what was carried out before.
	 */
	effectOfRepeat(step: Step): Effect {
		const effects = [step, ...this.carriedOut.map((entry) => entry.step)].map((one) =>
			isCall(one) ? one.effect : 'read',
		);
		return EFFECTS.find((effect) => effects.includes(effect)) ?? 'read';
	}
}

/** What a step is about, as a person finds it in Bitrix24. */
export function subjectOf(step: Step): string | undefined {
	if (!isCall(step)) return undefined;
	const { CALL_ID, EXTERNAL_CALL_ID, PHONE_NUMBER, NUMBER, TO_NUMBER } = step.parameters;
	return [CALL_ID, EXTERNAL_CALL_ID, PHONE_NUMBER, NUMBER, TO_NUMBER].find(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}

function subjectOfResult(answer: Answer<unknown>): string | undefined {
	return answer.ok ? textIn(answer.value, 'CALL_ID') : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
	const found = isRecord(value) ? value[name] : undefined;
	return typeof found === 'string' ? found : undefined;
}
