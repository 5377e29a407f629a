import fc from 'fast-check';
import { phoneSystems, type SystemName } from '../../../pbx';
import type { Post } from '../../../pbx/post';
import type { Login } from '../../../pbx/system';

/** A login with nothing in it but what a test gives. */
export function login(given: Partial<Login> = {}): Login {
	return { address: 'https://pbx.example.com', user: '', password: '', reportSecret: '', token: '', ...given };
}

/** A request as the trigger hands it on. */
export function post(body: string | Record<string, string>, more: Partial<Omit<Post, 'body'>> = {}): Post {
	const text = typeof body === 'string' ? body : new URLSearchParams(body).toString();
	return {
		method: 'POST',
		url: 'https://n8n.example.com/webhook/x',
		path: '',
		headers: {},
		query: {},
		...more,
		body: Buffer.from(text),
	};
}

/** Declares that nothing a stranger may send makes a system throw, or passes for genuine. */
export function holdsOutAgainstGarbage(name: SystemName, given: Partial<Login>): void {
	const text = fc.oneof(fc.string(), fc.json(), fc.webQueryParameters());
	const texts = fc.dictionary(
		fc.constantFrom('x-signature', 'x-twilio-signature', 'CALL_ID', 'call_id', 'user_id'),
		fc.string(),
	);
	const garbage = fc.record({ body: text, url: fc.oneof(fc.webUrl(), fc.string()), headers: texts, query: texts });
	it('garbage never throws, and proves nothing', () => {
		const { isGenuine, read } = phoneSystems[name] as (typeof phoneSystems)[SystemName] & {
			isGenuine?: (post: Post, login: Login) => boolean;
		};
		fc.assert(
			fc.property(garbage, ({ body, ...more }) => {
				expect(isGenuine?.(post(body, more), login(given)) ?? false).toBe(false);
				expect(read(post(body, more), 'Europe/Berlin').reports.every(({ event }) => event)).toBe(true);
			}),
		);
	});
}
