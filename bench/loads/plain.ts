import { setTimeout as sleep } from 'node:timers/promises';
import { recordOf } from '../../bitrix24/failure';
import type { Measured } from './load';
import { timed } from './load';
import type { RemotePortal } from './remotePortal';

/** One REST call. */
export interface PlainCall {
	method: string;
	parameters: Record<string, unknown>;
}

/** How other clients send: all at once, as n8n's HTTP Request node does with its items, and evenly. */
export const AT_ONCE = { name: 'plain calls, all at once', pause: 0 };
export const PACER = { name: 'a pacer of 2 a second', pause: 500 };

/**
 * Sends calls one by one, without repeats.
 *
 * @param how how, with the milliseconds between two of them on a real portal.
 * @param timeFactor share of a real portal's times.
 */
export async function sendPlainly(
	portal: RemotePortal,
	{ name, pause }: typeof AT_ONCE,
	calls: readonly PlainCall[],
	timeFactor: number,
): Promise<Measured> {
	const { result, time } = await timed(
		async () =>
			await Promise.all(
				calls.map(async (call, index) => {
					await sleep(index * pause * timeFactor);
					return await sendOne(portal, call);
				}),
			),
	);
	const { requests } = await portal.traffic();
	return { name, lost: result.filter((isDone) => !isDone).length, requests, time };
}

async function sendOne({ url, credential }: RemotePortal, { method, parameters }: PlainCall): Promise<boolean> {
	const { access_token } = recordOf(credential.oauthTokenData);
	const response = await fetch(`${url}/rest/${method}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${String(access_token)}` },
		body: JSON.stringify(parameters),
	});
	await response.arrayBuffer();
	return response.ok;
}
