import type { Pbx, PbxCall } from '../../pbx';
import type { Delivery, LiveCall, PortalState } from '../../portal/state/model';
import { answerWords } from '../timeline/fields';
import { callIdOf } from '../timeline/messages';

/** Deliveries among which those of an open card are. */
const LOOKED_AT = 500;

/** How a message of the portal or the phone system was taken. */
type Taken = Pick<Delivery, 'status' | 'problem' | 'answer'>;

/** What is on the PBX of a call that goes on. */
export function callsOnPbx({ callId, externalCallId }: LiveCall, { calls }: Pick<Pbx, 'calls'>): PbxCall[] {
	return calls.filter((call) => call.callId === callId || call.channelId === externalCallId);
}

/**
 * What keeps the workflow from going on with a call, as far as its answers to event and report say so.
 * @returns a sentence for the card; empty when nothing does
 */
export function troubleOf(live: LiveCall, state: PortalState, pbx: Pbx): string {
	const calls = callsOnPbx(live, pbx);
	if (calls.length === 0) return eventTrouble(live.callId, state);
	return calls.every(({ phase }) => phase === 'over') ? reportTrouble(calls, pbx) : '';
}

/** Of several workflows it is enough when one begins. */
function eventTrouble(callId: string, { deliveries }: PortalState): string {
	const own = deliveries.slice(-LOOKED_AT).filter((delivery) => callIdOf(delivery) === callId);
	const troubles = own.map((one) => (one.state === 'lost' ? 'The event was lost on its way.' : said('event', one)));
	return troubles.every((words) => words !== '') ? (troubles.at(-1) ?? '') : '';
}

function reportTrouble(calls: readonly PbxCall[], { reports, globals }: Pbx): string {
	if (!globals.B24_REPORT_URL) return 'The phone system reports to nobody: give it an address under Setup, step 4.';
	const last = reports.filter(({ channelId }) => calls.some((call) => call.channelId === channelId)).at(-1);
	if (!last) return '';
	const { status = null, error: problem = null, answer = null } = last;
	return said('report of the phone system', { status, problem, answer });
}

function said(message: string, { status, problem, answer }: Taken): string {
	if (problem) return `No answer to the ${message}: ${problem}`;
	const words = answerWords(answer);
	if (status === null || (status < 300 && words === '')) return '';
	return `The ${message} was answered with ${status}${words && `: ${words}`}`;
}
