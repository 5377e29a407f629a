import type { Parameters, Portal, Sending } from './access/portal';
import type { TokenServer, Tokens } from './access/tokenServer';
import type { Clean } from './clean';
import type { Parts } from './parts';
import type { Answer } from './wire';

/** What is known of the portal before the questions are asked. Nothing of it gets into a report. */
export interface Known {
	/** The employee that calls run as. */
	readonly userId: string;
	readonly isAdmin: boolean;
	/** Permissions of the access. */
	readonly scopes: readonly string[];
}

/** What the person allows and gives. */
export interface Allowed {
	/** Make and remove a call, a line and a handler. */
	readonly write: boolean;
	/** Number of one's own that the call is registered with. */
	readonly number?: string;
	/** Address that a handler is bound at. */
	readonly handler?: string;
	/** Use up the refresh token. */
	readonly renew: boolean;
}

/** A code and what it was exchanged for. */
export interface Exchange {
	readonly code: string;
	/** Milliseconds since it was taken. */
	readonly age: () => number;
	/** How the server took it. */
	readonly verb: 'GET' | 'POST';
	readonly answer: Answer;
	/** Query of the address that brought the code. */
	readonly redirect: Readonly<Record<string, string>>;
}

/** How the tokens were come by. */
export interface Connection {
	readonly server: TokenServer;
	/** The exchange of the code; lacks when tokens were given. */
	readonly exchange?: Exchange;
	readonly tokens: Tokens;
	/** Host of the portal, that the token answer must name. */
	readonly portalHost: string;
}

/** Everything a question works with. */
export interface Run {
	readonly portal: Portal;
	readonly known: Known;
	readonly allowed: Allowed;
	readonly connection?: Connection;
	/** A text that is different in every run, for names of things that are made. */
	readonly mark: string;
	/** What questions of one run leave for later ones. */
	readonly notes: Map<string, unknown>;
}

/** One thing that the contract says, named as in docs/sandbox-conformance.md. */
export interface Fact {
	readonly subject: Clean;
	readonly id: Clean;
	readonly parts: Parts;
}

/** Why a question cannot be asked of this portal in this way; undefined = it can. */
export type Need = (run: Run) => Clean | undefined;

/** Something to ask of a portal, and the facts that the answer tells. */
export interface Question {
	readonly needs: readonly Need[];
	readonly facts: readonly Fact[];
	/** Asks, and gives what the places of the facts' parts look into. @throws CannotAsk */
	ask(run: Run): Promise<unknown>;
}

/** Found out while asking: this portal does not let the question be asked. */
export class CannotAsk extends Error {
	constructor(readonly reason: Clean) {
		super(reason);
	}
}

/** What the parts of a fact look into: the status, and the keys of the body. */
export const observe = ({ status, contentType, body }: Answer): Readonly<Record<string, unknown>> => ({
	...body,
	status,
	contentType,
});

/** Calls, and gives what was observed. */
export const observed = async (
	{ portal }: Run,
	method: string,
	parameters: Parameters = {},
	sending: Sending = {},
): Promise<Readonly<Record<string, unknown>>> => observe(await portal.call(method, parameters, sending));
