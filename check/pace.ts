import { contract } from './contract';
import type { Send } from './wire';

/** How much of the portal's allowance is used; others at the same address need some of it, too, n8n for one. */
const SHARE = 0.6;
/** Milliseconds between the starts of two requests, by what leaks out of the portal's bucket. */
export const PACE = 1000 / (contract.limits.intensity.leakPerSecond * SHARE);
/** Milliseconds to wait when the bucket is full all the same, and how often. */
const REST = 10_000;
const TRIES = 4;

/** Time, so that tests need not wait for it. */
export interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** Sends one request after the other, at the pace, and repeats what the portal refused for being too much. */
export function paced(send: Send, clock: Clock, pace = PACE): Send {
	let next = 0;
	let last: Promise<unknown> = Promise.resolve();
	const once: Send = async (request) => {
		const wait = next - clock.now();
		if (wait > 0) await clock.sleep(wait);
		next = clock.now() + pace;
		return send(request);
	};
	const patient: Send = async (request) => {
		for (let tried = 1; ; tried += 1) {
			const answer = await once(request);
			if (answer.body.error !== 'QUERY_LIMIT_EXCEEDED' || tried === TRIES) return answer;
			next = clock.now() + REST;
		}
	};
	return (request) => {
		const answer = last.then(() => patient(request));
		last = answer.catch(() => undefined);
		return answer;
	};
}
