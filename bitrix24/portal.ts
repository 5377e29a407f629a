import { failed, success, type Answer } from './failure';
import { lead, type Led, type Means } from './lead';
import { Ledger } from './ledger';
import type { Call, Conversation } from './plan';

/** A portal as one execution sees it: through its credential, and through the dispatcher that all executions share. */
export class Portal {
	constructor(readonly means: Means) {}

	/** The same portal, where a limit may hold calls up for another time, in milliseconds. */
	waiting(maximumWait: number): Portal {
		return new Portal({ ...this.means, sender: { ...this.means.sender, maximumWait } });
	}

	/**
	 * Makes one typed call.
	 *
	 * @returns its result, or the failure. Never throws.
	 */
	async ask<Result>(call: Call<Result>): Promise<Answer<Result>> {
		return await this.converse(
			(function* (): Conversation<Result> {
				const [result] = yield [call];
				// The call's own decoder has made it.
				return result as Result;
			})(),
		);
	}

	/**
	 * Leads one conversation to its end.
	 *
	 * @returns what it returns, or the failure that ended it.
	 */
	async converse<Result>(conversation: Conversation<Result>): Promise<Answer<Result>> {
		const led = await this.lead(conversation, new Ledger());
		return led.ok ? success(led.value) : failed(led.failure);
	}

	/** As {@link converse}, taking down what was sent. */
	async lead<Result>(conversation: Conversation<Result>, ledger: Ledger): Promise<Led<Result>> {
		return await lead(conversation, this.means, ledger);
	}
}
