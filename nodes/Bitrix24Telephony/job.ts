import { NodeApiError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import type { Led } from '../../bitrix24/lead';
import { Ledger, subjectOf } from '../../bitrix24/ledger';
import type { Conversation } from '../../bitrix24/plan';
import { NOTHING_CHANGED, safetyOf } from '../../bitrix24/hints';
import { deedsInWords, undoneInWords } from '../common/deeds';
import { asNodeError, itemError, toNodeError, type NodeError } from '../common/failures';
import { retryHint } from './dates';
import type { Shown, ShownItem } from './shown';

/** How an item wants its result judged. */
export interface JobOptions {
	/** Whether a warning fails the item. */
	treatWarningsAsErrors: boolean;
	/** Seconds that a limit of the portal may hold a call up. */
	maximumWait: number;
	/** IANA time zone of the workflow. */
	zone: string;
}

const NOTHING_SENT = 'Nothing was sent for this item.';
const LOOK_FIRST = 'Look at the call in Bitrix24 before you run this again.';
const GOES_ON = 'Running the item again goes on with it, so nothing is logged twice.';
const NO_HARM = 'Running the item again does that no harm.';
const UNDER_WAY = `Nothing more is sent for this item, but what was on its way may still be carried out. ${LOOK_FIRST}`;

/** One input item on its way: its conversation, what was sent for it, and what came of it. */
export class Job {
	readonly ledger = new Ledger();
	/** Set when the item has come to its end. */
	error?: NodeError;
	private shown: ShownItem[] = [];
	private isStopped = false;
	private isLed = false;
	private isEnded = false;
	private isInDoubt = false;
	/** Whether it is known what became of everything that was sent. */
	private isClear = false;

	/**
	 * @param conversation undefined when the item could not be read, or has come to its end already.
	 * @param preference items with a higher one go first, where they compete.
	 * @param remarks advice and warnings that reading the item brought.
	 */
	constructor(
		private readonly node: INode,
		readonly item: number,
		readonly options: JobOptions,
		readonly conversation?: Conversation<Shown>,
		readonly preference = 0,
		private readonly remarks: { readonly hints: readonly string[]; readonly warnings: readonly string[] } = {
			hints: [],
			warnings: [],
		},
	) {}

	/** True when Bitrix24 has changed something for this item, and no half of it is missing. */
	get isCarriedOut(): boolean {
		const isFailed = this.isEnded && !this.isLed && !this.isStopped;
		return this.ledger.hasChanged && (this.isLed || (!isFailed && this.ledger.leftRunning.length === 0));
	}

	/** True when Bitrix24 has changed something for this item, and something is missing. */
	get isHalfDone(): boolean {
		return this.ledger.hasChanged && !this.isCarriedOut && !this.isInDoubt;
	}

	/** True when the item was stopped before it came to its end, because another one failed. */
	get wasStopped(): boolean {
		return this.isStopped;
	}

	/** True when nobody could find out whether the item was carried out, and a repeat would do harm. */
	get isUnknown(): boolean {
		return this.isInDoubt;
	}

	/** True when Bitrix24 has surely changed nothing for this item. */
	get isUntouched(): boolean {
		return this.isClear && !this.ledger.hasChanged;
	}

	/** The item failed before anything was sent for it. */
	fail(error: unknown): void {
		this.isClear = true;
		this.error = asNodeError(this.node, error, this.item);
		const description = this.error.description ?? '';
		if (!description.includes('Nothing was sent'))
			this.error.description = [description, NOTHING_SENT].filter(Boolean).join(' ');
	}

	/** A mistake of this package. Its own text would tell a user nothing. */
	failUnexpectedly(error: unknown): void {
		const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
		this.error = itemError(
			this.node,
			'This node has met a fault of its own',
			`Please report it with these words: ${detail}. ${this.doneBefore() || LOOK_FIRST}`,
			this.item,
		);
	}

	/** The conversation has come to its end. */
	conclude(led: Led<Shown>): void {
		this.isLed = led.ok;
		this.isEnded = true;
		this.isClear = led.ok || led.failure.kind === 'cancelled' || safetyOf(led.failure, false) !== '';
		if (led.ok) this.show(led.value);
		else if (led.failure.kind === 'cancelled') this.stop(this.doneBefore() || NOTHING_CHANGED);
		else this.error = this.wordFailure(led);
		this.isInDoubt = !led.ok && led.failure.kind === 'unknown' && this.ledger.effectOfRepeat(led.step) === 'once';
	}

	/** Nobody waits for the item any more. */
	abandon(): void {
		if (!this.isEnded && !this.error) this.stop([this.doneBefore(), UNDER_WAY].filter(Boolean).join(' '));
	}

	/** What the item puts out. @param hint takes advice for the editor */
	output(hint: (message: string) => void): INodeExecutionData[] {
		if (this.error) return [failedItem(this.error, this.item)];
		return this.shown.map(({ json, warnings = [], hints = [] }) => {
			for (const message of new Set([...warnings, ...hints])) hint(message);
			return { json: warnings.length > 0 ? { ...json, WARNINGS: warnings } : json, pairedItem: { item: this.item } };
		});
	}

	private stop(advice: string): void {
		this.isStopped = true;
		// n8n tells a cancelled execution from a failed one by this word (workflow-execute.js).
		this.error = itemError(this.node, 'The execution was canceled', advice, this.item);
	}

	private wordFailure({ failure, step }: Exclude<Led<Shown>, { ok: true }>): NodeError {
		const more = [failure.retryAt === undefined ? '' : retryHint(failure.retryAt, this.options.zone), this.doneBefore()]
			.filter(Boolean)
			.join(' ');
		return toNodeError(this.node, failure, {
			itemIndex: this.item,
			name: subjectOf(step) ?? this.ledger.leftRunning.at(-1),
			effect: this.ledger.effectOfRepeat(step),
			hasChanged: this.ledger.hasChanged,
			more,
		});
	}

	/** What was done before the item ended, and what a repeat does with that; empty when there is nothing. */
	private doneBefore(): string {
		const [callId] = this.ledger.leftRunning;
		if (callId) return `Bitrix24 has registered this call before: ${callId}.${this.isClear ? ` ${GOES_ON}` : ''}`;
		if (!this.ledger.hasChanged) return '';
		const safety = this.ledger.effectOfRepeat({ note: '' }) === 'once' ? LOOK_FIRST : NO_HARM;
		return `Bitrix24 has done a part before: ${deedsInWords(this.ledger.changes)}.${this.isClear ? ` ${safety}` : ''}`;
	}

	private show(shown: Shown): void {
		if ('refused' in shown) {
			const advice = `${shown.hint} ${this.doneBefore() || NOTHING_CHANGED}`;
			this.error = itemError(this.node, shown.refused, advice, this.item);
			return;
		}
		const [first, ...rest] = [shown].flat();
		const notes = this.ledger.notes.map(undoneInWords);
		const own = {
			warnings: [...this.remarks.warnings, ...notes, ...(first?.warnings ?? [])],
			hints: [...this.remarks.hints, ...this.ledger.advice, ...(first?.hints ?? [])],
		};
		this.shown = first ? [{ ...first, ...own }, ...rest] : [];
		const warnings = this.shown.flatMap((one) => one.warnings ?? []);
		if (!this.options.treatWarningsAsErrors || warnings.length === 0) return;
		const answer = JSON.stringify(this.shown.map(({ json }) => json));
		const done = this.isCarriedOut
			? 'Bitrix24 did the rest all the same, so do not run this item again.'
			: NOTHING_CHANGED;
		this.error = itemError(this.node, warnings.join('. '), `${done} What came of it: ${answer}`, this.item);
	}
}

/** Only these keys, and no `item.error`: n8n would throw the message and details away (workflow-execute.js). */
function failedItem(error: NodeError, item: number): INodeExecutionData {
	const { data = {} } = error.context as { data?: IDataObject };
	const status = error instanceof NodeApiError ? error.httpCode : null;
	return {
		json: {
			error: error.message,
			message: error.message,
			details: { hint: error.description ?? '', status, code: data.error ?? null, method: data.method ?? null },
		},
		pairedItem: { item },
	};
}
