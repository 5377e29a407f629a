import type { Session } from './session';

const MAX_REDIRECTS = 10;

/**
 * Goes the way of a user who presses Connect in a credential: n8n names the authorize page, the authorisation server
 * sends the browser back to n8n's callback, and n8n fetches the tokens.
 * @param session a logged-in browser
 * @param employee id of the portal's user who agrees; the sandbox agrees at once in that user's name
 * @throws Error with the text of the page at which the way ended
 */
export async function connect(session: Session, credentialId: string, employee: number): Promise<void> {
	const start = new URL(
		await session.request<string>('GET', `/rest/oauth2-credential/auth?id=${encodeURIComponent(credentialId)}`),
	);
	start.searchParams.set('auto', String(employee));

	let address = start;
	for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
		const own = address.origin === new URL(session.url).origin;
		const response = own ? await session.fetch(address.href) : await fetch(address, { redirect: 'manual' });
		const next = response.headers.get('location');
		const page = await response.text();
		if (next) {
			address = new URL(next, address);
			continue;
		}
		// n8n shows a failure with status 200 as well; the two pages differ in what they tell the window that opened them.
		if (own && response.ok && !/Failed to connect|postMessage\(['"]error['"]/.test(page)) return;
		throw new Error(
			`The credential is not connected. ${address.origin}${address.pathname} answered ${response.status}: ${plainText(page)}`,
		);
	}
	throw new Error(`The credential is not connected: more than ${MAX_REDIRECTS} redirects, the last to ${address.href}`);
}

function plainText(page: string): string {
	const text = page.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]+>/g, ' ');
	return text.replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
