import type { Pbx, Phase } from '../../../sandbox/pbx';

/** The originate request of the click-to-call workflow; `query` overrides or, with undefined, removes a parameter. */
export interface Originate {
	number?: string;
	doneUrl?: string;
	id?: string;
	query?: Record<string, string | undefined>;
	body?: string;
	headers?: Record<string, string>;
}

export const CALL_ID = 'externalCall.89350264e026dace3f2b14d1f438257c.1773236989';

/** Header of Basic authentication for a running PBX. */
export function basic(pbx: Pbx): Record<string, string> {
	return { authorization: `Basic ${Buffer.from(`${pbx.user}:${pbx.password}`).toString('base64')}` };
}

/** Sends an originate request as n8n's HTTP Request node does. */
export async function originate(pbx: Pbx, options: Originate = {}): Promise<Response> {
	const number = options.number ?? '4915112345678';
	const query: Record<string, string | undefined> = {
		endpoint: 'Local/101@b24-agent',
		extension: number,
		context: 'from-bitrix24',
		priority: '1',
		callerId: number,
		timeout: '20',
		...options.query,
	};
	const sent = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
	const path = options.id ? `/ari/channels/${options.id}` : '/ari/channels';
	return await fetch(`${pbx.url}${path}?${new URLSearchParams(sent).toString()}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...basic(pbx), ...options.headers },
		body: options.body ?? JSON.stringify({ variables: { __B24_CALL_ID: CALL_ID, __B24_DONE_URL: options.doneUrl ?? '' } }),
	});
}

/** Originates and returns the channel's id; throws when the PBX refused. */
export async function call(pbx: Pbx, options: Originate = {}): Promise<string> {
	const response = await originate(pbx, options);
	if (response.status !== 200) throw new Error(`originate answered ${response.status}: ${await response.text()}`);
	return ((await response.json()) as { id: string }).id;
}

/** Resolves when the call has come to a phase. */
export async function reached(pbx: Pbx, id: string, phase: Phase): Promise<void> {
	const there = (): boolean => pbx.calls.some((one) => one.channelId === id && one.phase === phase);
	if (there()) return;
	await new Promise<void>((resolve) => {
		const check = (): void => {
			if (!there()) return;
			pbx.changes.off('change', check);
			resolve();
		};
		pbx.changes.on('change', check);
	});
}
