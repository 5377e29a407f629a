import { DateTime } from 'luxon';
import { readOutcome, type CallOutcome } from '../../bitrix24/outcomes';
import { jsonOf, parseObject, type Post } from '../post';
import { base64OfText, hmac, isSameSecret } from '../proof';
import type { Report } from '../report';
import { get, type Ask, type Login, type PhoneSystem, type SystemRequest } from '../system';

const API = '/openapi/v1.0';

/**
 * Yeastar's P-series, Open API v1.0. Facts: documents, not verified against a live one. Login: address of the PBX with
 * its port, client id and client secret, and the secret of the webhook.
 */
export const yeastar: PhoneSystem = {
	isGenuine,
	read: (post, zone) => {
		const { type, msg } = jsonOf(post) ?? {};
		const message = typeof msg === 'string' ? parseObject(msg) : isObject(msg) ? msg : undefined;
		return { reports: message ? reports(Number(type), message, zone) : [], raw: { type, ...message } };
	},
	sign,
	token: {
		request: ({ address, user, password }) => ({
			...get(`${address}${API}/get_token`),
			method: 'POST',
			body: { username: user, password },
		}),
		read: (answer) =>
			isObject(answer) && answer.errcode === 0 && typeof answer.access_token === 'string'
				? answer.access_token
				: undefined,
	},
	recording: async (file, login, ask) => await recordingOf(file, login, ask),
};

type Message = Record<string, unknown>;

function isObject(value: unknown): value is Message {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the service puts the bytes of the digest into base64 or their hex text is not stated: both prove it. */
function isGenuine({ headers, body }: Post, { reportSecret }: Login): boolean {
	if (reportSecret === '') return false;
	const given = headers['x-signature'];
	const variants = [
		hmac('sha256', reportSecret, body, 'base64'),
		base64OfText(hmac('sha256', reportSecret, body, 'hex')),
	];
	return variants.map((variant) => isSameSecret(given, variant)).includes(true);
}

/** The PBX hides from clients of another name. The token goes into the query. */
function sign(request: SystemRequest, { token }: Login): SystemRequest {
	const headers = Object.fromEntries(
		Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'user-agent'),
	);
	const isLogin = request.url.endsWith(`${API}/get_token`);
	return {
		...request,
		headers: { ...headers, 'User-Agent': 'OpenAPI' },
		query: isLogin ? request.query : { ...request.query, access_token: token },
	};
}

/** Errors come with status 200 and an errcode. */
async function recordingOf(file: string, { address }: Login, ask: Ask): Promise<SystemRequest | undefined> {
	const { body } = await ask(get(`${address}${API}/recording/download`, { file }));
	if (!isObject(body) || body.errcode !== 0 || typeof body.download_resource_url !== 'string') return undefined;
	return body.download_resource_url.startsWith('/') ? get(`${address}${body.download_resource_url}`) : undefined;
}

/** Events by number; the others say nothing about a call. */
function reports(type: number, message: Message, zone: string): Report[] {
	if (type === 30011) return states(message);
	if (type === 30012) return [ended(message, zone)];
	if (type === 30015) return failed(message);
	return [];
}

/** Fields without a value hold a blank. */
function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** `Ann<101>` where the PBX adds names. */
function number(value: unknown): string {
	return /<([^<>]*)>$/.exec(text(value))?.[1] ?? text(value);
}

const DIRECTIONS = new Map<string, Report['direction']>([
	['inbound', 'incoming'],
	['outbound', 'outgoing'],
]);

function ended(message: Message, zone: string): Report {
	const {
		call_id: id,
		call_from: from,
		call_to: to,
		type,
		status,
		did_number: line,
		time_start: start,
		recording,
	} = message;
	const direction = DIRECTIONS.get(text(type).toLowerCase()) ?? 'internal';
	const isIncoming = direction === 'incoming';
	const talked = Math.max(0, Math.round(Number(text(message.talk_duration)) || 0));
	return {
		event: 'ended',
		externalCallId: text(id) || undefined,
		direction,
		phoneNumber: number(isIncoming ? from : to),
		extension: number(isIncoming ? to : from) || undefined,
		lineNumber: (isIncoming && number(line)) || undefined,
		outcome: readOutcome('yeastar', text(status)),
		outcomeWord: text(status) || undefined,
		duration: text(status).toUpperCase() === 'ANSWERED' ? talked : 0,
		start:
			DateTime.fromFormat(text(start), 'yyyy-MM-dd HH:mm:ss', { zone }).toISO({ suppressMilliseconds: true }) ??
			undefined,
		recording: text(recording) || undefined,
	};
}

/** The sides of a call that is going on, or that failed. */
function sides({ call_id: id, members }: Message) {
	const all = [members].flat().filter(isObject);
	const find = (name: string): Message[] => all.map((member) => member[name]).filter(isObject);
	const [inbound] = find('inbound');
	const [outbound] = find('outbound');
	const extensions = find('extension');
	return { externalCallId: text(id) || undefined, inbound, outbound, extensions };
}

function states(message: Message): Report[] {
	const { externalCallId, inbound, outbound, extensions } = sides(message);
	const trunk = inbound ?? outbound;
	if (!trunk) return [];
	const common = {
		externalCallId,
		direction: inbound ? ('incoming' as const) : ('outgoing' as const),
		phoneNumber: number(inbound ? inbound.from : outbound?.to),
		lineNumber: (inbound && number(inbound.to)) || undefined,
	};
	return extensions.flatMap((phone) => {
		// The callee's side tells: the employee's on an incoming call, the client's on an outgoing one.
		const event = STATES.get(text((inbound ? phone : trunk).member_status));
		return event ? [{ event, ...common, extension: number(phone.number) || undefined }] : [];
	});
}

const STATES = new Map<string, 'ringing' | 'answered'>([
	['RING', 'ringing'],
	['ANSWER', 'answered'],
]);

/** Words of a failure that do not begin with a SIP status. */
const FAILURES = new Map<string, CallOutcome>([
	['USER BUSY', 'declined'],
	['DND', 'unavailable'],
	['LINE UNREACHABLE', 'noRoute'],
	['NO DIAL PERMISSION', 'forbidden'],
]);

/**
 * A call that could not be made. Of incoming ones it may mean a single phone of several, so those wait for their end.
 */
function failed(message: Message): Report[] {
	const {
		externalCallId,
		outbound,
		extensions: [phone],
	} = sides(message);
	if (!outbound || !phone) return [];
	const reason = text(message.reason);
	const status = /^\d{3}\b/.exec(reason)?.[0];
	const outcome = (status ? readOutcome('sip', status) : FAILURES.get(reason.toUpperCase())) ?? 'noRoute';
	const common = {
		externalCallId,
		direction: 'outgoing' as const,
		phoneNumber: number(outbound.to),
		extension: number(phone.number) || undefined,
	};
	return [
		{ event: 'ended', ...common, outcome, outcomeWord: reason || undefined, reason: reason || undefined, duration: 0 },
	];
}
