import { GROUP, written, type ClickStory, type IncomingStory, type Switches } from './common';

/** What a webhook says, before `msg` is written and the whole is signed. */
export interface YeastarReport {
	/** 30011 state of a call, 30012 its end, 30015 it failed, 30033 a recording was made ready. */
	type: number;
	msg: Record<string, unknown>;
}

const CLICKS: Record<ClickStory, string> = {
	answered: 'ANSWERED',
	transfer: 'ANSWERED',
	clientBusy: 'BUSY',
	clientNoAnswer: 'NO ANSWER',
	employeeNoAnswer: 'NO ANSWER',
	employeeHangsUp: 'NO ANSWER',
};
const INCOMING: Record<IncomingStory, string> = {
	answeredBySecond: 'ANSWERED',
	transfer: 'ANSWERED',
	missedByAll: 'NO ANSWER',
	lostInMenu: 'ABANDONED',
};
const LINE = '493012345678';

/** What the PBX sends of a click. Its first state comes while the employee's phone rings. */
export function outgoingReports(
	id: string,
	{ extension, client }: { extension: string; client: string },
	switches: Switches,
): YeastarReport[] {
	const status = CLICKS[switches.click];
	const number = written(client, switches);
	const members = (mine: string, theirs: string) => [
		{ extension: { number: extension, channel_id: `PJSIP/${extension}-1`, member_status: mine } },
		{
			outbound: {
				from: extension,
				to: number,
				trunk_name: 'trunk',
				channel_id: 'PJSIP/trunk-2',
				member_status: theirs,
			},
		},
	];
	const rung = switches.click === 'employeeNoAnswer' ? [] : [state(id, members('ALERT', 'RING'))];
	const states = status === 'ANSWERED' ? [...rung, state(id, members('ANSWERED', 'ANSWER'))] : rung;
	return [
		...states,
		end(
			id,
			{ call_from: extension, call_to: number, type: 'Outbound', status, did_number: ' ', dst_trunk_name: 'trunk' },
			switches,
		),
	];
}

/** What the PBX sends of an incoming call. */
export function incomingReports(
	id: string,
	call: { client: string; line: string; story: IncomingStory },
	switches: Switches,
): YeastarReport[] {
	const client = written(call.client, switches);
	const status = INCOMING[call.story];
	const inbound = {
		inbound: { from: client, to: call.line, trunk_name: 'trunk', channel_id: 'PJSIP/trunk-1', member_status: 'ALERT' },
	};
	const phone = (number: string, member_status: string) => ({
		extension: { number, channel_id: `PJSIP/${number}-2`, member_status },
	});
	const taker = call.story === 'transfer' ? GROUP[2] : GROUP[1];
	const rings = state(id, [inbound, ...GROUP.map((number) => phone(number, 'RING'))]);
	const states =
		call.story === 'lostInMenu'
			? []
			: [rings, ...(status === 'ANSWERED' ? [state(id, [inbound, phone(taker, 'ANSWER')])] : [])];
	const to = status === 'ANSWERED' ? taker : '6400';
	return [
		...states,
		end(
			id,
			{ call_from: client, call_to: to, type: 'Inbound', status, did_number: call.line, src_trunk_name: 'trunk' },
			switches,
		),
	];
}

function state(id: string, members: unknown[]): YeastarReport {
	return { type: 30011, msg: { call_id: id, members } };
}

/** Fields without a value hold a blank. */
function end(id: string, more: Record<string, string>, { talk }: Switches): YeastarReport {
	const talked = more.status === 'ANSWERED';
	// The PBX's own time, without an offset.
	const time_start = new Date().toISOString().slice(0, 19).replace('T', ' ');
	const empty = { src_trunk_name: ' ', dst_trunk_name: ' ', pin_code: ' ', did_number: LINE, call_note_id: ' ' };
	return {
		type: 30012,
		msg: {
			call_id: id,
			time_start,
			...empty,
			...more,
			call_duration: talked ? talk + 6 : 6,
			talk_duration: talked ? talk : 0,
			recording: talked
				? `${time_start.replace(/\D/g, '')}-${id}-${more.call_from ?? ''}-${more.call_to ?? ''}-${more.type ?? ''}.wav`
				: ' ',
			agent_ring_time: 2,
			uid: `${time_start.replace(/\D/g, '')}${id}`,
			enb_call_note: 0,
		},
	};
}
