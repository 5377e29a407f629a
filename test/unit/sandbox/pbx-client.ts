import type { Pbx, Phase } from '../../../sandbox/pbx';

/** The originate request of the click-to-call workflow; `request` overrides or, with undefined, removes a parameter. */
export interface Originate {
	/** Client's number. */
	number?: string;
	/** Further channel variables. */
	variables?: Record<string, string>;
	doneUrl?: string;
	/** Id in the path. */
	id?: string;
	request?: Record<string, string | undefined>;
	/** Instead of all parameters. */
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
	const { number = '4915112345678', doneUrl = '' } = options;
	const body =
		options.body ??
		JSON.stringify({
			endpoint: 'Local/101@b24-agent',
			extension: 's',
			context: 'from-bitrix24',
			priority: '1',
			timeout: '60',
			...options.request,
			variables: { __B24_NUMBER: number, __B24_DONE_URL: doneUrl, ...options.variables },
		});
	const path = options.id ? `/ari/channels/${options.id}` : '/ari/channels';
	return await fetch(`${pbx.url}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...basic(pbx), ...options.headers },
		body,
	});
}

/** Originates and returns the channel's id; throws when the PBX refused. */
export async function call(pbx: Pbx, options: Originate = {}): Promise<string> {
	const response = await originate(pbx, options);
	if (response.status !== 200) throw new Error(`originate answered ${response.status}: ${await response.text()}`);
	return ((await response.json()) as { id: string }).id;
}

/** Resolves when something about the PBX is so. */
export async function until(pbx: Pbx, holds: () => boolean): Promise<void> {
	if (holds()) return;
	await new Promise<void>((resolve) => {
		const check = (): void => {
			if (!holds()) return;
			pbx.changes.off('change', check);
			resolve();
		};
		pbx.changes.on('change', check);
	});
}

/** Resolves when the call has come to a phase. */
export async function reached(pbx: Pbx, id: string, phase: Phase): Promise<void> {
	await until(pbx, () => pbx.calls.some((one) => one.channelId === id && one.phase === phase));
}
