import { decoded, isDispensable, isLost, isRefused, refersTo, resolved } from './answers';
import { looksLikeReference } from './batch';
import type { Claims } from './claims';
import type { Dispatcher } from './dispatch/dispatcher';
import type { Hold, Sender } from './dispatch/errand';
import { failed, success, type Answer, type Failure } from './failure';
import { inspect } from './inspect';
import type { Ledger } from './ledger';
import type { Memory } from './memory';
import {
	isCall,
	isOptional,
	isPlainCall,
	isRead,
	isUpload,
	type Call,
	type Claim,
	type Claimed,
	type ConnectionState,
	type Conversation,
	type Plan,
	type Probed,
	type Step,
	type Upload,
} from './plan';
import { explain, isRecoverable, recover } from './recovery';
import { upload } from './upload';

/** What a conversation is led with. */
export interface Means {
	dispatcher: Dispatcher;
	sender: Sender;
	claims: Claims;
	memory: Memory;
	/** Answers that are the same for every item of a run. */
	shared: Map<string, Promise<Answer<unknown>>>;
	/** Posts nothing to an address that is not the portal's, without authorisation. Never throws. */
	probe: (url: string) => Promise<Probed>;
	/** What is known of the connection. Never throws. */
	connection: () => Promise<ConnectionState>;
	/** Says in a sentence why a file could not be read. */
	unreadable: (error: unknown) => string;
	sleep: (milliseconds: number) => Promise<void>;
	random: () => number;
	/** Milliseconds that may go by between attempts to find out what became of a call. */
	patience: number;
}

/** How a conversation ended: with what it returned, or with the failure of one of its steps. */
export type Led<Result> = { ok: true; value: Result } | { ok: false; failure: Failure; step: Step };

/**
 * Leads one conversation to its end: sends its plans, finds out what became of lost ones, and hands it the results.
 *
 * @param ledger takes down everything that was sent.
 * @returns what it returned, or the failure that ended it. Throws only what the conversation itself throws.
 */
export async function lead<Result>(
	conversation: Conversation<Result>,
	means: Means,
	ledger: Ledger,
): Promise<Led<Result>> {
	const owner = {};
	const leader = new Leader(means, owner);
	const forget = means.sender.stop?.onStop(() => means.claims.withdraw(owner));
	let doubt = 0;
	try {
		let turn = conversation.next([]);
		while (!turn.done) {
			const plan = turn.value;
			const answers = await leader.carryOut(plan);
			const ended = plan.map((step, index) => ({ step, answer: answers[index] ?? failed(cancelled(step)) }));
			for (const { step, answer } of ended) ledger.note(step, answer);
			doubt = Math.max(0, ...answers.map((answer) => (answer.ok ? 0 : (answer.failure.pendingAtMost ?? 0))));
			for (const { step, answer } of ended) {
				if (!answer.ok && !isOptional(step, answer.failure)) return { ok: false, failure: answer.failure, step };
			}
			turn = conversation.next(answers.map((one) => (one.ok ? one.value : undefined)));
		}
		return { ok: true, value: turn.value };
	} finally {
		forget?.();
		const letGo = (): void => means.claims.release(owner, ledger.leftRunning.at(-1));
		// The portal may still be at a call whose answer was lost, and whoever took it up now would not find it.
		if (doubt > 0) void means.sleep(doubt).then(letGo);
		else letGo();
	}
}

function cancelled(step?: Step): Failure {
	const method = step && isCall(step) ? step.method : '';
	return { kind: 'cancelled', status: 0, code: '', text: 'The execution was stopped before this was sent', method };
}

/** Carries out the steps of one conversation. */
class Leader {
	constructor(
		private readonly means: Means,
		private readonly owner: object,
	) {}

	/** @returns one answer a step, up to the one that failed the plan */
	async carryOut(plan: Plan): Promise<Answer<unknown>[]> {
		const [only] = plan;
		if (plan.length === 1 && only && !isPlainCall(only)) return [await this.special(only)];
		const calls = plan.filter(isPlainCall);
		if (calls.length === 1 && calls[0]?.shared) return [await this.askOnce(calls[0])];
		// Together they would travel in a batch, where the portal takes such a text for a reference.
		if (calls.length > 1 && calls.some(looksLikeReference)) return await this.oneByOne(calls);
		return await this.together(calls);
	}

	private async special(step: Step): Promise<Answer<unknown>> {
		const { claims, probe, sender } = this.means;
		if (sender.stop?.isStopped) return failed(cancelled(step));
		const hold: Hold = {};
		if ('file' in step) return await this.settled(step, await this.upload(step, hold), [], hold);
		if ('probe' in step) return success(await probe(step.probe));
		if ('inquire' in step) return success(await this.means.connection());
		if ('pause' in step) return success(await this.means.sleep(step.pause));
		if ('inspect' in step) return await inspect(step.inspect, this.means.unreadable);
		if ('aside' in step) return success(await step.aside());
		if ('recall' in step) return success(this.means.memory.recall(step.recall));
		if ('keep' in step) return success(this.means.memory.keep(step.keep, step.value));
		if ('note' in step) return success(undefined);
		if ('claim' in step) return await this.claim(step);
		if ('settle' in step) return success(claims.settle(step.settle, this.owner, step.done));
		return (await this.together([step]))[0] ?? failed(cancelled(step));
	}

	/** A run that is stopped while it waits is given no word to go on with. */
	private async claim(step: Claim): Promise<Answer<Claimed>> {
		const claimed = await this.means.claims.take(step.claim, this.owner);
		return this.means.sender.stop?.isStopped ? failed(cancelled(step)) : success(claimed);
	}

	/**
	 * An answer that every item of the run shares that waits as long. A failure is not shared: the next item asks again.
	 */
	private async askOnce(call: Call): Promise<Answer<unknown>> {
		const key = JSON.stringify([call.method, call.parameters, this.means.sender.maximumWait]);
		const known = this.means.shared.get(key);
		if (known) return await known;
		const asked = this.together([call]).then(([answer]) => answer ?? failed(cancelled(call)));
		this.means.shared.set(key, asked);
		const answer = await asked;
		if (!answer.ok) this.means.shared.delete(key);
		return answer;
	}

	private async oneByOne(calls: readonly Call[]): Promise<Answer<unknown>[]> {
		const answers: Answer<unknown>[] = [];
		for (const call of calls) {
			const [answer = failed(cancelled(call))] = await this.together([resolved(call, answers)]);
			answers.push(answer);
			if (!answer.ok && !isOptional(call, answer.failure)) break;
		}
		return answers;
	}

	/**
	 * Sends calls in one request and finds out, one after the other, what became of those without a result. One that was
	 * refused because it referred to nothing is sent again when there is something after all.
	 */
	private async together(calls: readonly Call[]): Promise<Answer<unknown>[]> {
		const together: Hold = {};
		let raw = await this.send(calls, together);
		// Each is asked for its own sake: one whose method has used up its time does not hold the others back.
		if (calls.length > 1 && calls.every((call, at) => isDispensable(call, raw[at]))) return await this.oneByOne(calls);
		let wasLost = isLost(raw[0]);
		const sendGroup = async (): Promise<Answer<unknown>> => {
			raw = await this.send(calls, together);
			wasLost ||= isLost(raw[0]);
			return raw[0] ?? failed(cancelled(calls[0]));
		};
		const answers: Answer<unknown>[] = [];
		for (const [index, call] of calls.entries()) {
			const answer = raw[index] ?? failed(cancelled(call));
			// What refers to a call that failed has failed because of it.
			if (answers.some((one, at) => !one.ok && refersTo(call, at))) {
				answers.push(answer.ok ? answer : failed(cancelled(call)));
			} else {
				const isVoid = isRefused(answer) && raw.some((one, at) => !one.ok && refersTo(call, at));
				// What was asked before a change was made good tells of the time before it.
				const isStale =
					isRead(call) && calls.some((one, at) => !isRead(one) && raw[at]?.ok === false && answers[at]?.ok);
				const hold = { ...together };
				const own = isVoid || isStale ? await this.sendOne(resolved(call, answers), hold) : answer;
				answers.push(
					await this.settled(call, own, answers, hold, index === 0 && isGroup(calls) ? sendGroup : undefined, wasLost),
				);
			}
		}
		return answers;
	}

	/**
	 * @param again how to send the call again, unless alone
	 * @param wasLost whether an earlier request with this call was lost
	 */
	private async settled(
		call: Call,
		answer: Answer<unknown>,
		earlier: readonly Answer<unknown>[],
		hold: Hold,
		again?: () => Promise<Answer<unknown>>,
		wasLost = false,
	): Promise<Answer<unknown>> {
		if (answer.ok) return answer;
		const { sleep, random, patience, sender } = this.means;
		const isStopped = (): boolean => sender.stop?.isStopped === true;
		const sendOne = async (one: Call): Promise<Answer<unknown>> => {
			if (again && one.method === call.method) return await again();
			return isUpload(one) ? await this.upload(one, hold) : await this.sendOne(one, hold);
		};
		const means = { sleep, random, patience, isStopped, sendOne };
		const whole = resolved(call, earlier);
		if (isRecoverable(call, answer.failure)) return await recover(whole, answer.failure, means);
		return await explain(whole, answer.failure, means, wasLost);
	}

	private async sendOne(call: Call, hold: Hold): Promise<Answer<unknown>> {
		const [answer = failed(cancelled(call))] = await this.send([call], hold);
		return answer;
	}

	private async send(calls: readonly Call[], hold: Hold): Promise<Answer<unknown>[]> {
		const { dispatcher, sender } = this.means;
		const ahead = calls.flatMap((call) => call.ahead ?? []);
		const answers = await dispatcher.send(sender, { commands: calls, ahead, keys: keysOf(calls), hold });
		return calls.map((call, index) => decoded(call, answers[index] ?? failed(cancelled(call))));
	}

	private async upload(step: Upload, hold: Hold): Promise<Answer<unknown>> {
		const { dispatcher, sender } = this.means;
		return decoded(step, (await upload(dispatcher, sender, step, keysOf([step]), hold)) ?? failed(cancelled(step)));
	}
}

/**
 * Whether the first call opens what the others close: alone it would leave that open, and no trace where its own is
 * theirs.
 */
function isGroup([, ...others]: readonly Call[]): boolean {
	return others.some((call) => refersTo(call, 0)) && others.every((call) => refersTo(call, 0) || isRead(call));
}

/** What calls act on. Reads act on nothing; what is about one call or one line keeps its order. */
function keysOf(calls: readonly Call[]): string[] {
	const subjects = calls.flatMap(({ effect, parameters: { CALL_ID, NUMBER } }) =>
		effect === 'read' ? [] : [CALL_ID, NUMBER],
	);
	return [...new Set(subjects.filter((value): value is string => typeof value === 'string'))];
}
