import { DateTime } from 'luxon';
import { readOutcome } from '../../bitrix24/outcomes';
import { fieldsOf, formOf, rowOf, type Post } from '../post';
import { base64OfText, hexDigest, hmac, isSameSecret } from '../proof';
import type { Report, ReportEvent } from '../report';
import { get, type Ask, type Login, type PhoneSystem, type Reading, type SystemRequest } from '../system';

/**
 * Zadarma API v1, also Novofon 1.0 and Megacall, by its documents and SDKs. Not verified against the live service.
 * Login: user is the key and password the secret of the API; the secret signs the webhooks as well.
 */
export const zadarma: PhoneSystem = {
	isGenuine: (post, { password }) => {
		if (post.method === 'GET') return question(post) !== undefined;
		const text = signedText(formOf(post));
		const { signature } = post.headers;
		if (password === '' || text === undefined) return false;
		// Base64 of the hex text by documents and the PHP SDK, of the bytes by the TypeScript SDK.
		const asText = isSameSecret(signature, base64OfText(hmac('sha1', password, text, 'hex')));
		const asBytes = isSameSecret(signature, hmac('sha1', password, text, 'base64'));
		return asText || asBytes;
	},
	read: (post, zone): Reading => {
		const asked = post.method === 'GET' ? question(post) : undefined;
		if (asked !== undefined)
			return { reports: [], raw: {}, reply: { status: 200, contentType: 'text/plain', body: asked } };
		const fields = formOf(post);
		const report = reportOf(fields, zone);
		return { reports: report ? [report] : [], raw: fields };
	},
	sign: (request, login) => {
		const { pathname } = new URL(request.url);
		const authorization = `${login.user}:${signature(login.password, pathname, { ...request.query, ...texts(request.body) })}`;
		return { ...request, headers: { ...request.headers, authorization } };
	},
	recording: linkOf,
};

type Fields = Record<string, string>;

/** Before an address is accepted, Zadarma asks it to answer with a text of its own. */
function question({ query }: Post): string | undefined {
	return /^[\w.-]{1,100}$/.test(query.zd_echo ?? '') ? query.zd_echo : undefined;
}

const OUTGOING = ['internal', 'destination', 'call_start'];
const INCOMING = ['caller_id', 'called_did', 'call_start'];

/** What the webhook's signature is over, by event. */
const SIGNED: Record<string, string[]> = {
	NOTIFY_START: INCOMING,
	NOTIFY_INTERNAL: INCOMING,
	NOTIFY_IVR: INCOMING,
	NOTIFY_END: INCOMING,
	NOTIFY_ANSWER: ['caller_id', 'destination', 'call_start'],
	NOTIFY_OUT_START: OUTGOING,
	NOTIFY_OUT_END: OUTGOING,
	NOTIFY_RECORD: ['pbx_call_id', 'call_id_with_rec'],
};

function signedText(fields: Fields): string | undefined {
	return rowOf(SIGNED, fields.event ?? '')
		?.map((name) => fields[name] ?? '')
		.join('');
}

/** Parameters as PHP's http_build_query writes them after ksort (RFC 1738), for the server rebuilds them so. */
function signature(secret: string, path: string, parameters: Fields): string {
	const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
	const query = sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
	return base64OfText(hmac('sha1', secret, path + query + hexDigest('md5', query), 'hex'));
}

function encoded(text: string): string {
	const percent = (one: string): string => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;
	// By way of bytes, because half a character cannot be encoded.
	return encodeURIComponent(Buffer.from(text).toString('utf8'))
		.replace(/[!'()*~]/g, percent)
		.replaceAll('%20', '+');
}

function texts(body: Record<string, unknown> = {}): Fields {
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}

const EVENTS: Record<string, ReportEvent> = {
	NOTIFY_START: 'asked',
	NOTIFY_INTERNAL: 'ringing',
	NOTIFY_OUT_START: 'ringing',
	NOTIFY_ANSWER: 'answered',
	NOTIFY_END: 'ended',
	NOTIFY_OUT_END: 'ended',
	NOTIFY_RECORD: 'recorded',
};

function reportOf(fields: Fields, zone: string): Report | undefined {
	const event = rowOf(EVENTS, fields.event ?? '');
	const { pbx_call_id: id = '', caller_id: caller = '', destination = '', internal, called_did: line } = fields;
	if (!event) return undefined;
	const isOutgoing = id.startsWith('out_') || (fields.event ?? '').startsWith('NOTIFY_OUT_');
	const client = isOutgoing ? destination : caller;
	return {
		event,
		externalCallId: id || undefined,
		direction: isInternal(client) ? 'internal' : isOutgoing ? 'outgoing' : 'incoming',
		phoneNumber: /\d{2}/.test(client) ? client : '',
		lineNumber: (isOutgoing ? caller : line) || undefined,
		extension: internal || undefined,
		...(event === 'ended' ? ending(fields) : {}),
		start: startOf(fields.call_start, zone),
		recording: recordingOf(fields),
	};
}

/** Extensions have three to five digits; so have some numbers of emergency services, which are no employee's. */
function isInternal(number: string): boolean {
	return /^\d{3,5}$/.test(number) && !['112', '911'].includes(number);
}

function ending({ disposition = '', duration = '' }: Fields): Pick<Report, 'outcome' | 'outcomeWord' | 'duration'> {
	const outcome = readOutcome('zadarma', disposition);
	const seconds = /^\d{1,6}$/.test(duration) ? Number(duration) : 0;
	return { outcome, outcomeWord: disposition || undefined, duration: outcome === 'answered' ? seconds : 0 };
}

/** In the time zone of the account, without an offset. */
function startOf(text: string | undefined, zone: string): string | undefined {
	const start = DateTime.fromFormat(text ?? '', 'yyyy-MM-dd HH:mm:ss', { zone });
	return (start.isValid && start.toISO({ suppressMilliseconds: true })) || undefined;
}

/** The id of the recording, else that of the call, by which its recordings can be asked for too. */
function recordingOf({
	event,
	is_recorded: isRecorded,
	call_id_with_rec: id,
	pbx_call_id: call,
}: Fields): string | undefined {
	return isRecorded === '1' || event === 'NOTIFY_RECORD' ? id || call || undefined : undefined;
}

/** Seconds that the link lives: the least that Zadarma takes is 180. */
const LIFETIME = '1800';

/** It needs no login. Before the recording is there, some 40 s after the call, the answer is an error. */
async function linkOf(recording: string, { address }: Login, ask: Ask): Promise<SystemRequest | undefined> {
	const name = /^(in|out)_/.test(recording) ? 'pbx_call_id' : 'call_id';
	const { body } = await ask(get(`${address}/v1/pbx/record/request/`, { [name]: recording, lifetime: LIFETIME }));
	const { link, links } = fieldsOf(body);
	const file: unknown = typeof link === 'string' ? link : [links].flat()[0];
	return typeof file === 'string' && /^https?:\/\//.test(file) ? get(file) : undefined;
}
