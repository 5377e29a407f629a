import type { SystemName } from '../../pbx';
import type { Post } from '../../pbx/post';
import { post } from '../unit/pbx/posts';

/** A report: as it arrives, and as a page shows it. */
interface Example {
	name: string;
	post: Post;
	shown: unknown;
}

function form(name: string, fields: Record<string, string>, more: Partial<Post> = {}): Example {
	return { name, post: post(fields, more), shown: fields };
}

const CALL_ID = 'externalCall.89350264e026dace3f2b14d1f438257c.1772442000';

const MANGO_SUMMARY = {
	entry_id: 'MTc3MjQ0Mjg0NTo=',
	call_direction: 2,
	from: { extension: '101', number: 'sip:101@example' },
	to: { number: '4915112345678' },
	line_number: '74951234567',
	create_time: 1772442845,
	forward_time: 1772442846,
	talk_time: 1772442852,
	end_time: 1772442894,
	entry_result: 1,
	disconnect_reason: 1120,
};

const YEASTAR_END = {
	call_id: '1772442845.2',
	time_start: '2026-03-02 10:14:05',
	call_from: '101',
	call_to: '4915112345678',
	call_duration: 10,
	talk_duration: 4,
	status: 'ANSWERED',
	type: 'Outbound',
	recording: '20260302101405-101-4915112345678.wav',
};

/** The end of a call, in the words of each phone system. Secrets and signatures are left out. */
export const REPORTS: Record<SystemName, Example> = {
	asterisk: form('Asterisk', {
		CALL_ID,
		UNIQUEID: '1772442845.12',
		DIRECTION: 'out',
		EXTENSION: '102',
		NUMBER: '4915112345678',
		DIALSTATUS: 'ANSWER',
		HANGUPCAUSE: '16',
		ANSWEREDTIME: '42',
		TALKED: '102:42',
		START: '1772442845',
		RECORDING: '1772442845.12',
	}),
	freeswitch: form('FreeSWITCH', {
		CALL_ID,
		UUID: CALL_ID,
		DIRECTION: 'out',
		EXTENSION: '101',
		NUMBER: '4915112345678',
		LINE: '',
		DISPOSITION: 'SUCCESS',
		CAUSE: 'NORMAL_CLEARING',
		BRIDGED: '1772442852',
		STARTED: '1772442845',
		ENDED: '1772442894',
		RECORDING: CALL_ID,
	}),
	mango: {
		name: 'Mango Office',
		post: post({ json: JSON.stringify(MANGO_SUMMARY) }, { path: 'events/summary' }),
		shown: MANGO_SUMMARY,
	},
	megafon: form('MegaFon', {
		cmd: 'history',
		type: 'in',
		status: 'Success',
		callid: '1772442845-55',
		phone: '79991234567',
		user: 'ivanov',
		ext: '101',
		diversion: '74951234567',
		start: '20260302T091405Z',
		duration: '95',
		link: 'https://records.example.com/1772442845-55.mp3',
	}),
	twilio: form(
		'Twilio',
		{
			CallSid: 'CA89350264e026dace3f2b14d1f438257c',
			From: '+4940669690',
			To: '+4915112345678',
			DialCallStatus: 'completed',
			DialCallDuration: '42',
			Direction: 'outbound-api',
		},
		{ query: { call_id: CALL_ID, user_id: '2', phone_number: '4915112345678' } },
	),
	yeastar: {
		name: 'Yeastar P-Series',
		post: post({}, { body: Buffer.from(JSON.stringify({ type: 30012, sn: '1', msg: JSON.stringify(YEASTAR_END) })) }),
		shown: { type: 30012, msg: YEASTAR_END },
	},
	zadarma: form('Zadarma', {
		event: 'NOTIFY_OUT_END',
		call_start: '2026-03-02 10:14:05',
		pbx_call_id: 'out_89350264e026dace',
		internal: '101',
		destination: '4915112345678',
		caller_id: '+4940669690',
		duration: '42',
		disposition: 'answered',
		status_code: '16',
		is_recorded: '1',
		call_id_with_rec: '1772442845.12-101',
	}),
};
