import { serviceTimeOf } from '../../sandbox/portal/limits/serviceTimes';
import { lowerBound, type LoadCall, type PortalModel } from '../model/bound';
import { lines } from '../report';
import { LONGEST_REQUEST } from '../../bitrix24/dispatch/chains';
import { STANDARD_LIMIT } from '../../bitrix24/dispatch/bucket';

export const REGISTER = 'telephony.externalcall.register';
export const FINISH = 'telephony.externalcall.finish';
export const SHOW = 'telephony.externalcall.show';
const HISTORY = 'voximplant.statistic.get';

/** What a Log Call asks the portal for: is it there, register, finish, is it there once. */
export const LOG = [HISTORY, REGISTER, FINISH, HISTORY];

/** A portal with its documented limits. */
export const MODEL: PortalModel = {
	limit: STANDARD_LIMIT,
	longest: LONGEST_REQUEST,
	commands: 50,
	operating: Infinity,
};

/** What became of a load that somebody sent. */
export interface Measured {
	name: string;
	/** Calls that did not get done. */
	lost: number;
	requests: number;
	/** Milliseconds until the last answer. */
	time: number;
}

/**
 * Calls for the bound, each with the middle of what the documentation's examples show of its method.
 *
 * @param timeFactor share of a real portal's service times.
 * @param release milliseconds at which each is wanted.
 */
export function loadOf(
	count: number,
	methods: readonly string[],
	timeFactor: number,
	release: (index: number) => number = () => 0,
): LoadCall[] {
	return Array.from({ length: count }, (_, index) =>
		methods.map((method) => {
			const [from, to] = serviceTimeOf(method);
			return { method, release: release(index), duration: ((from + to) / 2) * 1000 * timeFactor };
		}),
	).flat();
}

/** The bound for a load, by our own rule of 20 s a request unless the model says otherwise, milliseconds. */
export function boundOf(load: readonly LoadCall[], model: Partial<PortalModel> = {}): number {
	return lowerBound(load, { ...MODEL, ...model });
}

/** Sets what was measured beside the bound. @param bound milliseconds */
export function loadTable(rows: readonly Measured[], bound: number, boundName = 'bound'): string {
	return lines([
		['', 'lost', 'requests', 'time', boundName, 'time / bound'],
		...rows.map(({ name, lost, requests, time }) => [
			name,
			String(lost),
			String(requests),
			seconds(time),
			seconds(bound),
			(time / bound).toFixed(2),
		]),
	]);
}

/** As people read it. @param milliseconds */
export function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

/** Runs work. @returns its result and the milliseconds it took */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; time: number }> {
	const began = performance.now();
	const result = await work();
	return { result, time: performance.now() - began };
}
