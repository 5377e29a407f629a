import type { Answer, Send, WireRequest } from '../wire';

/** Parameters of a method. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Where a token stands in a request. [DS transport.tokenPlacement] */
export type TokenPlace = 'header' | 'auth' | 'access_token';

/** What opens a portal: an incoming webhook, an application's access token, or both. */
export interface Access {
	readonly webhook?: { readonly userId: string; readonly code: string };
	readonly token?: string;
}

/** Is told of a call and its answer; undefined = none came. */
export type Watch = (method: string, parameters: Parameters, answer: Answer | undefined) => void;

/** How a call is sent, where it is not as usual. */
export interface Sending {
	/** Whose call it is; the application's if there is one. */
	readonly as?: 'application' | 'webhook' | 'nobody';
	readonly place?: TokenPlace;
	/** Another token than the one of the access. */
	readonly token?: string;
	/** Another webhook than the one of the access. */
	readonly webhook?: { readonly userId: string; readonly code: string };
	readonly encoding?: 'json' | 'form' | 'query';
	readonly verb?: WireRequest['verb'];
	/** A body of its own, with its type. */
	readonly raw?: { readonly type: string; readonly text: string };
	/** Parameters in the address, beside those in the body. */
	readonly query?: Parameters;
}

/** A portal under its address, and calls to it. */
export class Portal {
	/** Where the token stands, unless a call says otherwise. */
	place: TokenPlace = 'header';

	/**
	 * @param address https://host, without a path
	 * @param send sends the requests
	 * @param watch is told of every call
	 */
	constructor(
		private readonly address: string,
		readonly access: Access,
		private readonly send: Send,
		private readonly watch?: Watch,
	) {}

	/** The same portal through another way of sending. */
	through(send: Send): Portal {
		const other = new Portal(this.address, this.access, send, this.watch);
		other.place = this.place;
		return other;
	}

	/** The same portal with somebody who watches every call. */
	watched(watch: Watch): Portal {
		const other = new Portal(this.address, this.access, this.send, watch);
		other.place = this.place;
		return other;
	}

	/** Calls a method. @throws NoAnswer when the portal is silent */
	async call(method: string, parameters: Parameters = {}, sending: Sending = {}): Promise<Answer> {
		const as = sending.as ?? (this.access.token === undefined ? 'webhook' : 'application');
		const token = as === 'application' ? (sending.token ?? this.access.token ?? '') : undefined;
		const place = sending.place ?? this.place;
		const all = token === undefined || place === 'header' ? parameters : { ...parameters, [place]: token };
		const headers: Record<string, string> =
			token !== undefined && place === 'header' ? { authorization: `Bearer ${token}` } : {};
		const webhook = as === 'webhook' ? (sending.webhook ?? this.access.webhook) : undefined;
		const path = webhook ? `${encodeURIComponent(webhook.userId)}/${encodeURIComponent(webhook.code)}/` : '';
		const request = asRequest(`${this.address}/rest/${path}${method}`, all, headers, sending);
		try {
			const answer = await this.send(request);
			this.watch?.(method, parameters, answer);
			return answer;
		} catch (error) {
			this.watch?.(method, parameters, undefined);
			throw error;
		}
	}
}

function asRequest(
	url: string,
	parameters: Parameters,
	headers: Record<string, string>,
	{ encoding = 'json', verb, raw, query = {} }: Sending,
): WireRequest {
	const inAddress = form(encoding === 'query' || raw ? { ...parameters, ...query } : query);
	const address = inAddress === '' ? url : `${url}?${inAddress}`;
	if (raw)
		return { url: address, verb: verb ?? 'POST', headers: { ...headers, 'content-type': raw.type }, body: raw.text };
	if (encoding === 'query') return { url: address, verb: verb ?? 'GET', headers };
	const [type, body] =
		encoding === 'json'
			? ['application/json', JSON.stringify(parameters)]
			: ['application/x-www-form-urlencoded', form(parameters)];
	return { url: address, verb: verb ?? 'POST', headers: { ...headers, 'content-type': type }, body };
}

/** Nested parameters as PHP reads them from a form: `a[b]=c`. */
function form(parameters: Parameters): string {
	const pairs: string[] = [];
	const add = (name: string, value: unknown): void => {
		if (typeof value === 'object' && value !== null)
			for (const [key, child] of Object.entries(value)) add(`${name}[${key}]`, child);
		else if (value !== undefined && value !== null)
			pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
	};
	for (const [name, value] of Object.entries(parameters)) add(name, value);
	return pairs.join('&');
}
