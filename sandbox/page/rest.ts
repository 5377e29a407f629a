import type { Portal } from '../portal';
import { WishError } from './wishes';

/**
 * Calls a REST method as the first application does, in the name of an employee.
 * @returns what stands under `result`
 * @throws WishError with the portal's own words
 */
export async function callRest(
	portal: Portal,
	method: string,
	parameters: Record<string, unknown>,
	userId = 1,
): Promise<unknown> {
	const { accessToken } = portal.control.issueTokens(userId);
	const response = await fetch(`${portal.url}/rest/${method}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify(parameters),
	});
	const text = await response.text();
	let answer: { result?: unknown; error?: string; error_description?: string };
	try {
		answer = JSON.parse(text) as typeof answer;
	} catch {
		throw new WishError(`The portal answered ${response.status} with something that is no JSON`);
	}
	// The code is empty for plain telephony failures, so its presence counts, not its value.
	if (answer.error !== undefined)
		throw new WishError(answer.error_description || answer.error || `The portal answered ${response.status}`);
	return answer.result;
}
