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

/** A login whose fields are all different. */
export const LOGIN: Login = {
	address: 'https://pbx.example.com/api',
	user: 'test-key',
	password: 'test-secret',
	reportSecret: 'test-token',
	token: '',
};

/** A form that reached the address for reports. */
export function formPost(fields: Record<string, string>, more: Partial<Post> = {}): Post {
	const body = Buffer.from(new URLSearchParams(fields).toString());
	return {
		method: 'POST',
		url: 'https://n8n.example.com/webhook/report',
		path: '',
		headers: {},
		query: {},
		body,
		...more,
	};
}

const NAMES = ['event', 'cmd', 'type', 'json', 'crm_token', 'pbx_call_id', 'call_start', 'duration', 'disposition'];

/** Any request that a stranger could send. */
export const anyPost: fc.Arbitrary<Post> = fc.record({
	method: fc.constantFrom('GET' as const, 'POST' as const),
	url: fc.webUrl(),
	path: fc.constantFrom('', 'events/call', 'events/summary', 'events/recording', 'result/callback', 'ping'),
	headers: fc.dictionary(fc.constantFrom('signature', 'content-type', 'x-signature'), fc.string({ unit: 'binary' })),
	query: fc.dictionary(fc.constantFrom('zd_echo', 'other'), fc.string({ unit: 'binary' })),
	body: fc.oneof(
		fc.uint8Array().map((bytes) => Buffer.from(bytes)),
		fc.json().map((json) => Buffer.from(json)),
		fc
			.dictionary(fc.constantFrom(...NAMES), fc.oneof(fc.string(), fc.json()))
			.map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
	),
});

/** Reads whatever comes without a throw, and takes none of it for genuine. */
export function survives(system: PhoneSystem): void {
	fc.assert(
		fc.property(anyPost, (post) => {
			// Questions before an address is accepted carry no proof, and start nothing.
			if (post.method === 'POST') expect(system.isGenuine?.(post, LOGIN)).toBe(false);
			else expect(system.isGenuine?.(post, LOGIN)).toEqual(expect.any(Boolean));
			const { reports, raw } = system.read(post, 'Europe/Berlin');
			expect(reports.length).toBeLessThanOrEqual(1);
			expect(JSON.stringify([reports, raw])).not.toContain(LOGIN.reportSecret);
			for (const { duration = 0, start } of reports) {
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
