import fc from 'fast-check';
import type { Post } from '../../../pbx/post';
import {
	get,
	type Ask,
	type Login,
	type PhoneSystem,
	type SystemAnswer,
	type SystemRequest,
} from '../../../pbx/system';

/** A login with nothing in it but what a test gives. */
export function login(given: Partial<Login> = {}): Login {
	return { address: 'https://pbx.example.com', user: '', password: '', reportSecret: '', token: '', ...given };
}

/** A login whose fields are all different. */
export const LOGIN = login({
	address: 'https://pbx.example.com/api',
	user: 'test-key',
	password: 'test-secret',
	reportSecret: 'test-token',
});

/** A request as the trigger hands it on. @param body fields of a form, or the text itself */
export function post(body: string | Record<string, string>, more: Partial<Post> = {}): Post {
	const text = typeof body === 'string' ? body : new URLSearchParams(body).toString();
	return {
		method: 'POST',
		url: 'https://n8n.example.com/webhook/report',
		path: '',
		headers: {},
		query: {},
		body: Buffer.from(text),
		...more,
	};
}

const FIELDS = ['event', 'cmd', 'type', 'json', 'crm_token', 'pbx_call_id', 'call_start', 'duration', 'disposition'];
const HEADERS = ['signature', 'content-type', 'x-signature', 'x-twilio-signature'];
const NAMES = ['zd_echo', 'other', 'CALL_ID', 'call_id', 'user_id'];

/** Any request that a stranger could send. */
const anyPost: fc.Arbitrary<Post> = fc.record({
	method: fc.constantFrom('GET' as const, 'POST' as const),
	url: fc.oneof(fc.webUrl(), fc.string()),
	path: fc.constantFrom('', 'events/call', 'events/summary', 'events/recording', 'result/callback', 'ping'),
	headers: fc.dictionary(fc.constantFrom(...HEADERS), fc.string({ unit: 'binary' })),
	query: fc.dictionary(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' })),
	body: fc.oneof(
		fc.uint8Array().map((bytes) => Buffer.from(bytes)),
		fc.oneof(fc.json(), fc.webQueryParameters()).map((text) => Buffer.from(text)),
		fc
			.dictionary(fc.constantFrom(...FIELDS), fc.oneof(fc.string(), fc.json()))
			.map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
	),
});

/** Reads whatever comes without a throw, and takes none of it for genuine. */
export function survives({ isGenuine = () => false, read }: PhoneSystem, given = LOGIN): void {
	fc.assert(
		fc.property(anyPost, (one) => {
			// Questions before an address is accepted carry no proof, and start nothing.
			if (one.method === 'POST') expect(isGenuine(one, given)).toBe(false);
			else expect(isGenuine(one, given)).toEqual(expect.any(Boolean));
			const { reports, raw } = read(one, 'Europe/Berlin');
			expect(reports.length).toBeLessThanOrEqual(1);
			if (given.reportSecret) expect(JSON.stringify([reports, raw])).not.toContain(given.reportSecret);
			for (const { event, duration = 0, start } of reports) {
				expect(event).toBeTruthy();
				expect(Number.isInteger(duration) && duration >= 0).toBe(true);
				expect(start === undefined || !Number.isNaN(Date.parse(start))).toBe(true);
			}
		}),
	);
}

/** A phone system that answers questions in turn, the last answer for ever. `asked` is what it was asked. */
export function answering(answers: Partial<SystemAnswer>[]): { ask: Ask; asked: SystemRequest[] } {
	const asked: SystemRequest[] = [];
	const ask: Ask = async (request) => {
		asked.push(request);
		return await Promise.resolve({
			status: 200,
			headers: {},
			body: undefined,
			...answers[Math.min(asked.length, answers.length) - 1],
		});
	};
	return { ask, asked };
}

/** A plain request, to compare with. */
export const download = (url: string): SystemRequest => get(url);
