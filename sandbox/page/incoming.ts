import type { IncomingCall, Pbx } from '../pbx';

/** What the person at the page learns when a client calls. */
export interface Rung {
	/** Extensions of the phones that ring. */
	extensions: string[];
	/** Why the fixed fallback rings; empty when a workflow said whom to ring. */
	notice: string;
}

/**
 * A client calls one of the company's lines. The PBX does as its dialplan says: it asks n8n whom to ring; all else is
 * up to the workflow.
 * @param number as the CRM writes it; without a digit the caller hides it
 */
export async function simulateIncoming(pbx: Pbx, number: string, line: string): Promise<Rung> {
	const { call, rings } = pbx.callIn({ number: asTrunkWrites(number), line: asTrunkWrites(line) });
	await rings;
	const fallback = `The fixed fallback rings: ${pbx.globals.B24_FALLBACK}. The call is logged when it is over.`;
	return { extensions: call.phones, notice: call.callId ? '' : `${reason(pbx, call)} ${fallback}` };
}

/** A trunk sends digits, and a plus at most; whatever follows a comma or semicolon is dialled later. */
function asTrunkWrites(number: string): string {
	return /\d/.test(number) ? (number.split(/[,;]/)[0] ?? '').replace(/[^\d+]/g, '') : 'anonymous';
}

function reason(pbx: Pbx, call: IncomingCall): string {
	if (!/\d/.test(call.number)) return 'The caller hides the number, so n8n is not asked.';
	if (!pbx.globals.B24_ASK_URL) return 'No workflow answers calls.';
	const asked = pbx.reports.find(({ channelId }) => channelId === call.channelId);
	if (asked?.error) return `n8n did not answer in time (${asked.error}).`;
	return `n8n gave no usable answer (status ${asked?.status ?? 'unknown'}).`;
}
