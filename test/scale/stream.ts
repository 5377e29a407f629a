import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Farm } from './farm';

/** Milliseconds after which the portal, too, gives up on a handler. */
const ANSWER_TIMEOUT = 30_000;
/**
 * Requests of each kind that wait for their answer at most: on a busy machine the stream flows as slowly as it is
 * answered.
 */
const UNANSWERED = 6;
/** Ben, Chiara and David, each with a phone of his own. */
export const EMPLOYEES = [2, 3, 4] as const;

/** What one kind of trigger was sent, by id of the click. */
export interface Side {
	/** Milliseconds until the answer, of those that were answered with 200. */
	accepted: Map<string, number>;
	/** What the others got: an HTTP status, or that the connection broke. */
	refused: Map<string, string>;
}

/** Our trigger, and n8n's Webhook node. */
export interface Sides {
	ours: Side;
	theirs: Side;
}

/** A stream of clicks to our trigger, and at the same times of requests to n8n's Webhook node. */
export interface Streamed extends Sides {
	/** Of each kind. */
	perSecond: number;
}

let numbers = 0;

/** An employee clicks a number that nobody clicked before. @returns the CALL_ID */
export function click({ sandbox }: Farm): string {
	numbers += 1;
	const userId = EMPLOYEES[numbers % EMPLOYEES.length] ?? EMPLOYEES[0];
	return sandbox.portal.control.click({ userId, phoneNumber: `+4930${String(10_000_000 + numbers)}` }).callId;
}

/**
 * Sends clicks to our trigger, through the portal, and as many requests to n8n's Webhook node.
 * @param perSecond of each kind at most; fewer when n8n answers more slowly
 * @param inTheMiddle done after half of them, while the others go on
 * @returns once all are answered and `inTheMiddle` is done
 */
export async function stream(
	farm: Farm,
	count: number,
	perSecond: number,
	inTheMiddle?: () => Promise<void>,
): Promise<Streamed> {
	const began = performance.now();
	const calls: string[] = [];
	const theirs: Side = { accepted: new Map(), refused: new Map() };
	const underway = new Set<Promise<void>>();
	let middle: Promise<void> | undefined;
	let next = began;
	for (let sent = 0; sent < count; sent += 1) {
		await sleep(Math.max(0, next - performance.now()));
		while (underway.size >= UNANSWERED || unanswered(farm) >= UNANSWERED) await sleep(5);
		next = Math.max(next, performance.now() - 1000 / perSecond) + 1000 / perSecond;
		if (sent === Math.floor(count / 2)) middle = inTheMiddle?.();
		calls.push(click(farm));
		const posted: Promise<void> = post(farm, theirs).finally(() => underway.delete(posted));
		underway.add(posted);
	}
	const seconds = (performance.now() - began) / 1000;
	await Promise.all([...underway, middle]);
	await farm.sandbox.portal.control.idle();
	return { ours: deliveriesOf(farm, calls), theirs, perSecond: count / seconds };
}

function unanswered({ sandbox }: Farm): number {
	// The newest stand last, and hardly any waits longer than those after it.
	return sandbox.portal.state.deliveries
		.slice(-10 * UNANSWERED)
		.filter(({ state }) => state === 'queued' || state === 'sent').length;
}

/** What became of the deliveries of these clicks. */
export function deliveriesOf({ sandbox }: Farm, calls: string[]): Side {
	const side: Side = { accepted: new Map(), refused: new Map() };
	const wanted = new Set(calls);
	for (const { body, status, took, problem, answer } of sandbox.portal.state.deliveries) {
		const callId = new URLSearchParams(body).get('data[CALL_ID]') ?? '';
		if (!wanted.has(callId)) continue;
		if (status === 200) side.accepted.set(callId, took ?? 0);
		else side.refused.set(callId, status ? refusal(status, answer ?? '') : String(problem));
	}
	return side;
}

/** Sends one request to n8n's Webhook node. @throws Error when the connection breaks or no answer comes in time */
export async function request({ theirs }: Farm, id: string): Promise<{ status: number; text: string }> {
	const { url, headers } = theirs;
	const answer = await fetch(url, {
		method: 'POST',
		headers,
		body: JSON.stringify({ id }),
		signal: AbortSignal.timeout(ANSWER_TIMEOUT),
	});
	return { status: answer.status, text: await answer.text() };
}

/** The balancer says in its 502 what broke. */
function refusal(status: number, text: string): string {
	return status === 502 ? `502 (${text})` : String(status);
}

async function post(farm: Farm, side: Side): Promise<void> {
	const id = randomUUID();
	const began = performance.now();
	try {
		const { status, text } = await request(farm, id);
		if (status === 200) side.accepted.set(id, performance.now() - began);
		else side.refused.set(id, refusal(status, text));
	} catch (error) {
		side.refused.set(id, String(error));
	}
}
