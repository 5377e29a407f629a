import { DateTime } from 'luxon';
import { readOutcome } from '../../bitrix24/outcomes';
import { formOf, jsonOf, rowOf, type Post } from '../post';
import { isSameSecret } from '../proof';
import type { Report, ReportEvent } from '../report';
import { get, type PhoneSystem } from '../system';

/**
 * MegaFon's virtual PBX and relatives with the same interface, `crmapi/v1`, as two independent clients use it: Kcell
 * and others. Not verified against the live service. Login: the address ends in `/crmapi/v1`; password is the key of
 * its API, reportSecret the `crm_token` of its webhooks.
 */
export const megafon: PhoneSystem = {
	isGenuine: (post, { reportSecret }) => isSameSecret(fieldsOf(post).crm_token, reportSecret),
	read: (post) => {
		const { crm_token: _secret, ...fields } = fieldsOf(post);
		const report = reportOf(fields);
		return { reports: report ? [report] : [], raw: fields };
	},
	sign: (request, { password }) => ({
		...request,
		headers: { ...request.headers, 'x-api-key': password },
		// One relative wants the key in a form, and no header.
		...(request.isForm ? { body: { ...request.body, crm_token: password } } : {}),
	}),
	recording: async (link) => await Promise.resolve(/^https?:\/\//.test(link) ? get(link) : undefined),
};

type Fields = Record<string, string>;

/** Forms by the clients that are known; JSON is possible. */
function fieldsOf(post: Post): Fields {
	const given = jsonOf(post);
	if (!given) return formOf(post);
	const plain = Object.entries(given).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
	return Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
}

/** COMPLETED and CANCELLED may be of one phone of a group only; how a call ended comes with cmd=history. */
const EVENTS: Record<string, ReportEvent> = { INCOMING: 'ringing', OUTGOING: 'ringing', ACCEPTED: 'answered' };

function eventOf({ cmd, type = '' }: Fields): ReportEvent | undefined {
	if (cmd === 'history') return 'ended';
	if (cmd === 'contact') return 'asked';
	return cmd === 'event' ? rowOf(EVENTS, type) : undefined;
}

function reportOf(fields: Fields): Report | undefined {
	const event = eventOf(fields);
	if (!event) return undefined;
	const { cmd, type, direction, callid, phone = '', diversion, user = '', ext, telnum } = fields;
	return {
		event,
		externalCallId: callid || undefined,
		direction: (cmd === 'history' ? type : direction) === 'out' || type === 'OUTGOING' ? 'outgoing' : 'incoming',
		phoneNumber: /\d{2}/.test(phone) ? phone : '',
		lineNumber: diversion || undefined,
		// A login may be the extension; other logins say nothing to Bitrix24.
		extension: ext || (/^\d{2,5}$/.test(user) ? user : undefined),
		employeePhone: telnum || undefined,
		...(event === 'ended' ? ending(fields) : {}),
	};
}

type Ending = Pick<Report, 'outcome' | 'outcomeWord' | 'duration' | 'start' | 'recording'>;

/** The duration is that of the whole call, ringing too: of a call that nobody answered it says nothing. */
function ending({ status = '', duration = '', start = '', link }: Fields): Ending {
	const outcome = readOutcome('megafon', status);
	const seconds = /^\d{1,6}$/.test(duration) ? Number(duration) : 0;
	const began = DateTime.fromFormat(start, "yyyyMMdd'T'HHmmss'Z'", { zone: 'utc' });
	return {
		outcome,
		outcomeWord: status || undefined,
		duration: outcome === 'answered' ? seconds : 0,
		start: (began.isValid && began.toISO({ suppressMilliseconds: true })) || undefined,
		recording: link || undefined,
	};
}
