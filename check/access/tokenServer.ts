import type { Answer, Send } from '../wire';

/** A pair of tokens, and the server that issues them. */
export interface Tokens {
	readonly access: string;
	readonly refresh: string;
}

/** The application that connects. */
export interface Client {
	readonly id: string;
	readonly secret: string;
}

/** Asks the authorisation server. */
export class TokenServer {
	/** @param address https://host, without a path */
	constructor(
		private readonly address: string,
		private readonly client: Client,
		private readonly send: Send,
	) {}

	/** The same server through another way of sending. */
	through(send: Send): TokenServer {
		return new TokenServer(this.address, this.client, send);
	}

	/** host[:port] of the server. */
	get host(): string {
		return new URL(this.address).host;
	}

	/** Sends a grant; `changes` replace or, when undefined, remove what is sent with it. */
	grant(
		kind: 'authorization_code' | 'refresh_token',
		value: string,
		{ verb = 'POST', ...changes }: Readonly<Record<string, string | undefined>> & { verb?: 'GET' | 'POST' } = {},
	): Promise<Answer> {
		const sent = {
			grant_type: kind,
			client_id: this.client.id,
			client_secret: this.client.secret,
			[kind === 'refresh_token' ? kind : 'code']: value,
			...changes,
		};
		const query = new URLSearchParams(
			Object.entries(sent).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
		).toString();
		const url = `${this.address}/oauth/token/`;
		if (verb === 'GET') return this.send({ url: `${url}?${query}`, verb, headers: {} });
		return this.send({ url, verb, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: query });
	}
}

/** The tokens of an answer; undefined when it has none. */
export function tokensOf({ body }: Answer): Tokens | undefined {
	const { access_token: access, refresh_token: refresh } = body;
	return typeof access === 'string' && typeof refresh === 'string' ? { access, refresh } : undefined;
}

/** Unix time at which a token ends: its first four bytes, little-endian. [SO] undefined when it is no such token. */
export function endOf(token: string): number | undefined {
	return /^[0-9a-f]{8}/i.test(token) ? Buffer.from(token.slice(0, 8), 'hex').readUInt32LE() : undefined;
}
