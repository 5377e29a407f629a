import { isRecord, type Failure, type Outcome } from './failure';
import { isCall, isRead, Reference, type Effect, type Step } from './plan';

/** What a repeat may bring about, the gravest first. */
const EFFECTS: Effect[] = ['once', 'repeatable'];

/** One REST call of an item, and what became of it. */
export interface Entry {
	step: Step;
	method: string;
	/** What it is about, as a person finds it in Bitrix24: a CALL_ID, an external id or a number. */
	subject?: string;
	outcome: Outcome<unknown>;
}

/** Everything that was sent for one item and what came back. Errors, warnings and hints are worded from it. */
export class Ledger {
	private readonly entries: Entry[] = [];
	private readonly open: string[] = [];
	/** What the conversation has to say besides its result. */
	readonly advice: string[] = [];

	/** Notes what became of a step, after everything was done to find out. */
	note(step: Step, outcome: Outcome<unknown>): void {
		if ('note' in step) this.advice.push(step.note);
		if (!isCall(step)) return;
		this.entries.push({ step, method: step.method, subject: subjectOf(step), outcome });
		if (!outcome.ok) return;
		const opened = step.opens === undefined ? undefined : textIn(outcome.value, step.opens);
		if (opened !== undefined) this.open.push(opened);
		// A reference closes what the same plan has opened.
		const closed = step.closes instanceof Reference ? this.open.at(-1) : step.closes;
		const index = this.open.findIndex((one) => one === closed);
		if (index >= 0) this.open.splice(index, 1);
	}

	/** Things that were opened and not closed, such as a registered call that is not finished. */
	get leftOpen(): readonly string[] {
		return this.open;
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
		return [...new Set(this.carriedOut.flatMap(({ subject, outcome }) => subjectOfResult(outcome) ?? subject ?? []))];
	}

	private get carriedOut(): Entry[] {
		return this.entries.filter(({ step, outcome }) => outcome.ok && !isRead(step));
	}

	/** Failures of optional steps. */
	get notes(): Failure[] {
		return this.entries.flatMap(({ step, outcome }) =>
			!outcome.ok && 'optional' in step && step.optional === 'warn' ? [outcome.failure] : [],
		);
	}

	/** What a repeat of the item brings about, when it has ended at this step: it begins with what was carried out before. */
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

function subjectOfResult(outcome: Outcome<unknown>): string | undefined {
	return outcome.ok ? textIn(outcome.value, 'CALL_ID') : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
	const found = isRecord(value) ? value[name] : undefined;
	return typeof found === 'string' ? found : undefined;
}
