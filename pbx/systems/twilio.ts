import { readOutcome, type CallOutcome } from '../../bitrix24/outcomes';
import { formOf, type Post } from '../post';
import { hmac, isSameSecret } from '../proof';
import type { Report } from '../report';
import { get, withBasicAuth, type Login, type PhoneSystem } from '../system';

/**
 * Twilio's Programmable Voice, and services that speak its dialect. Its addresses carry our fields in their query:
 * CALL_ID, USER_ID, EXTENSION, PHONE_NUMBER. Facts: documents and SDK, not verified against the live service.
 * Login: address https://api.twilio.com, account SID, auth token.
 */
export const twilio: PhoneSystem = {
	carriesCallId: true,
	isGenuine,
	read: (post) => {
		const fields = formOf(post);
		const found = report(
			fields,
			Object.fromEntries(Object.entries(post.query).map(([name, value]) => [name.toUpperCase(), value])),
		);
		// An action address that answers nothing ends the call with an announced error.
		return {
			reports: found ? [found] : [],
			raw: fields,
			reply: { status: 200, contentType: 'text/xml', body: '<Response/>' },
		};
	},
	sign: withBasicAuth,
	recording: async (url, login) => await Promise.resolve(recordingAt(url, login)),
};

type Fields = Record<string, string>;

/** Signed over the address, with its port or without: sources differ on what the service takes. */
function isGenuine(post: Post, { password }: Login): boolean {
	const given = post.headers['x-twilio-signature'];
	const fields = [...parametersOf(post)].join('');
	return addresses(post.url)
		.map((url) => isSameSecret(given, signature(password, url + fields)))
		.includes(true);
}

function signature(token: string, text: string): string {
	return token === '' ? '' : hmac('sha1', token, text, 'base64');
}

/** Name and value of each parameter, sorted by name; of a repeated name its different values, sorted. */
function* parametersOf({ body }: Post): Generator<string> {
	const parameters = new URLSearchParams(body.toString('utf8'));
	for (const name of [...new Set(parameters.keys())].sort()) {
		for (const value of [...new Set(parameters.getAll(name))].sort()) yield name + value;
	}
}

const STANDARD_PORT = new Map([
	['https:', '443'],
	['http:', '80'],
]);

/** As it is, and with the standard port said or left out. */
function addresses(url: string): string[] {
	const [, scheme = '', host = '', rest = ''] = /^(https?:)\/\/([^/?]+)(.*)$/s.exec(url) ?? [];
	const port = STANDARD_PORT.get(scheme) ?? '';
	const bare = host.replace(/:\d+$/, '');
	const isStandard = host === bare || host === `${bare}:${port}`;
	return isStandard ? [`${scheme}//${bare}${rest}`, `${scheme}//${bare}:${port}${rest}`] : [url];
}

function report(fields: Fields, query: Fields): Report | undefined {
	if (fields.RecordingSid) return recorded(fields, query);
	if (fields.DialCallStatus) return dialled(fields, query);
	return employeeOnly(fields, query);
}

function common(fields: Fields, query: Fields): Omit<Report, 'event'> {
	const isIncoming = fields.Direction === 'inbound';
	const userId = Number(query.USER_ID);
	return {
		callId: query.CALL_ID || undefined,
		externalCallId: fields.CallSid || undefined,
		direction: isIncoming ? 'incoming' : 'outgoing',
		phoneNumber: numberOf(isIncoming ? fields.From : query.PHONE_NUMBER),
		lineNumber: (isIncoming ? fields.To : fields.From) || undefined,
		userId: Number.isSafeInteger(userId) && userId > 0 ? userId : undefined,
		extension: query.EXTENSION || undefined,
	};
}

/** A plus that somebody wrote into a query as it is arrives as a blank. */
function numberOf(text = ''): string {
	return /\d/.test(text) ? text.trim() : '';
}

/** The client's leg: the truth about the call. */
function dialled(fields: Fields, query: Fields): Report {
	const word = fields.DialCallStatus ?? '';
	const ending = {
		outcome: readOutcome('twilio', word),
		outcomeWord: word,
		duration: seconds(fields.DialCallDuration),
	};
	return { event: 'ended', ...common(fields, query), ...ending, recording: fields.RecordingUrl || undefined };
}

function recorded(fields: Fields, query: Fields): Report | undefined {
	if (fields.RecordingStatus !== 'completed' || !fields.RecordingUrl) return undefined;
	return {
		event: 'recorded',
		...common(fields, query),
		duration: seconds(fields.RecordingDuration),
		recording: fields.RecordingUrl,
	};
}

/** What the employee's phone did when it did not take the call, by CallStatus. */
const EMPLOYEE = new Map<string, [CallOutcome, string]>([
	['no-answer', ['cancelled', 'The employee did not answer']],
	['busy', ['cancelled', 'The employee’s phone was busy']],
	['canceled', ['cancelled', 'The call was given up before the employee answered']],
	['failed', ['unavailable', 'The employee’s phone could not be reached']],
]);

/** The employee's leg. When he answered, the client's leg tells the end, and this one's “completed” adds nothing. */
function employeeOnly(fields: Fields, query: Fields): Report | undefined {
	const word = fields.CallStatus ?? '';
	const [outcome, reason] = EMPLOYEE.get(word) ?? [];
	if (!outcome) return undefined;
	const ending = fields.Direction === 'inbound' ? { outcome: readOutcome('twilio', word) } : { outcome, reason };
	return { event: 'ended', ...common(fields, query), ...ending, outcomeWord: word, duration: 0 };
}

function seconds(text = ''): number {
	return /^\d+$/.test(text) ? Number(text) : 0;
}

/** Asked of the login's own address: a report says where it lies, but the login goes to nobody else. */
function recordingAt(url: string, { address }: Login): ReturnType<typeof get> | undefined {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	return path.startsWith('/') && path !== '/' ? get(`${address}${path.replace(/\.(mp3|wav)$/, '')}.mp3`) : undefined;
}
