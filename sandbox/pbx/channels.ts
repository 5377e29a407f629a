import type { PbxCall } from './call';
import { RETRY_CONTEXT } from './dialplan';
import type { Repeat } from './reporter';

/** A channel as ARI shows it; the keys and their order are those of a real answer. */
export interface ChannelView {
	id: string;
	name: string;
	state: string;
	protocol_id: string;
	caller: { name: string; number: string };
	connected: { name: string; number: string };
	accountcode: string;
	dialplan: { context: string; exten: string; priority: number; app_name: string; app_data: string };
	creationtime: string;
	language: string;
}

/**
 * The first leg of a call as ARI's channel object: `Down` when just originated, `Ringing` until the employee answers,
 * then `Up` in the client's context.
 * @param call a live call, or one just originated
 * @param clientRingSeconds how long the dialplan lets the client's phone ring
 */
export function channelView(call: PbxCall, clientRingSeconds: number): ChannelView {
	const waiting = call.phase === 'employee';
	const waitingState = call.ringing ? 'Ringing' : 'Down';
	return {
		id: call.channelId,
		name: call.channelName,
		state: waiting ? waitingState : 'Up',
		protocol_id: '',
		caller: { ...call.callerId },
		connected: { ...call.callerId },
		accountcode: '',
		dialplan: waiting
			? {
					context: call.agentContext || 'default',
					exten: call.extension,
					priority: 1,
					app_name: 'AppDial2',
					app_data: '(Outgoing Line)',
				}
			: {
					context: call.context,
					exten: 's',
					priority: call.priority,
					app_name: 'Dial',
					app_data: `PJSIP/${call.number}@trunk,${clientRingSeconds},U(b24-answered^${call.channelName})`,
				},
		// Asterisk writes the offset without a colon.
		creationtime: new Date(call.startedAt).toISOString().replace('Z', '+0000'),
		language: 'en',
	};
}

/** The channel that repeats a report. Its name holds the CALL_ID, by which whoever looks for lost calls finds it. */
export function repeatView({ callId, number }: Repeat): ChannelView {
	const nobody = { name: '', number: '' };
	return {
		id: `${number}.${callId.length}`,
		name: `Local/${callId}@${RETRY_CONTEXT}-${number.toString(16)};1`,
		state: 'Up',
		protocol_id: '',
		caller: nobody,
		connected: nobody,
		accountcode: '',
		dialplan: { context: 'b24-idle', exten: 's', priority: 1, app_name: 'Wait', app_data: '1200' },
		creationtime: new Date(number * 1000).toISOString().replace('Z', '+0000'),
		language: 'en',
	};
}
