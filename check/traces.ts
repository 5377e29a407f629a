import type { Parameters, Portal } from './access/portal';
import { say, type Clean } from './clean';
import type { Answer } from './wire';

/** Something that a call left in the portal, and the call that takes it away. */
interface Trace {
	readonly what: Clean;
	readonly key: string;
	/** Lacks where nothing can be done. */
	readonly undo?: readonly [method: string, parameters: Parameters];
}

/**
 * Watches all calls and knows what they left behind. It looks at answers, not at intentions: a call that should have
 * been refused and was not is cleaned up as well.
 */
export class Traces {
	private readonly traces = new Map<string, Trace>();

	/** @param userId the employee that calls run as */
	constructor(private readonly userId: string) {}

	/** Takes note of a call that was answered, or, without an answer, may have been carried out. */
	note(method: string, parameters: Parameters, answer: Answer | undefined): void {
		const succeeded = answer === undefined || (answer.status === 200 && !('error' in answer.body));
		if (!succeeded) return;
		const made = this.traceOf(method, parameters, answer);
		if (made) this.traces.set(made.key, made);
		else if (answer) this.traces.delete(keyOf(method, parameters));
	}

	/**
	 * Undoes what is left, latest first, and once more what failed. A call that is undone is noted like every other, so
	 * it is struck off.
	 */
	async clean(portal: Portal): Promise<void> {
		for (let tried = 1; tried <= 2; tried += 1) {
			for (const { undo } of [...this.traces.values()].reverse())
				if (undo) await portal.call(...undo).catch(() => undefined);
		}
	}

	/** What could not be undone. */
	get left(): Clean[] {
		return [...this.traces.values()].map(({ what }) => what);
	}

	private traceOf(method: string, parameters: Parameters, answer: Answer | undefined): Trace | undefined {
		switch (method) {
			case 'telephony.externalCall.register': {
				const callId = callIdOf(answer);
				if (callId === undefined)
					return answer ? undefined : { what: say`perhaps a registered call, for its answer was lost`, key: 'call' };
				const ending = { CALL_ID: callId, USER_ID: this.userId, DURATION: 0, STATUS_CODE: '603-S', ADD_TO_CHAT: 0 };
				return {
					what: say`a registered call that is not finished; Bitrix24 drops it after 30 days`,
					key: `call ${callId}`,
					undo: ['telephony.externalCall.finish', ending],
				};
			}
			case 'telephony.externalLine.add':
				return {
					what: say`a line named "portal check"; delete it in the telephony settings`,
					key: `line ${String(parameters.NUMBER)}`,
					undo: ['telephony.externalLine.delete', { NUMBER: parameters.NUMBER }],
				};
			case 'event.bind': {
				const { event, handler, event_type: type } = parameters;
				return {
					what: say`a handler that this check bound; it goes with the application`,
					key: handlerKey(parameters),
					undo: ['event.unbind', { event, handler, event_type: type }],
				};
			}
			default:
				return undefined;
		}
	}
}

function keyOf(method: string, parameters: Parameters): string {
	if (method === 'telephony.externalCall.finish') return `call ${String(parameters.CALL_ID)}`;
	if (method === 'telephony.externalLine.delete') return `line ${String(parameters.NUMBER)}`;
	return method === 'event.unbind' ? handlerKey(parameters) : '';
}

const handlerKey = ({ event, handler, event_type: type }: Parameters): string =>
	`handler ${String(event)} ${String(handler)} ${String(type)}`;

function callIdOf(answer: Answer | undefined): string | undefined {
	const result = answer?.body.result;
	if (typeof result !== 'object' || result === null || !('CALL_ID' in result)) return undefined;
	return typeof result.CALL_ID === 'string' ? result.CALL_ID : undefined;
}
