import { kindOf, say, type Clean } from '../clean';
import { contract, tokenError } from '../contract';
import {
	absent,
	DOCS,
	either,
	is,
	kind,
	matching,
	oneOf,
	optional,
	status,
	words,
	type Expectation,
} from '../expectation';
import type { Parts } from '../parts';
import { CannotAsk, observe, type Connection, type Fact, type Need, type Question, type Run } from '../question';
import type { Answer } from '../wire';
import { fact } from './build';

const OAUTH = say`OAuth`;
const SERVER_HOST = say`the authorisation server`;
const PORTAL_HOST = say`the portal`;
const GIVEN = say`tokens were given, so no code was exchanged`;
const MEMBER_ID = matching(say`32 hexadecimal digits`, /^[0-9a-f]{32}$/);
const PERMISSIONS = matching(say`permissions`, /^[a-z_]+([ ,][a-z_]+)+$/);

const whose = (host: unknown, { server, portalHost }: Connection): Clean =>
	host === server.host ? SERVER_HOST : host === portalHost ? PORTAL_HOST : kindOf(host);

/** Every key of the token answer, the same for both grants. [contract oauth.token.response] */
const ANSWER: Readonly<Record<string, readonly [id: Clean, expectation: Expectation]>> = {
	access_token: [say`token:access_token`, kind('text')],
	refresh_token: [say`token:refresh_token`, kind('text')],
	expires: [say`token:expires`, kind('integer')],
	expires_in: [say`token:expires_in`, is(3600)],
	scope: [
		say`token:scope`,
		either(say`C30`, [
			[say`the word app, as the field shows`, is(say`app`)],
			[say`the permissions, ${DOCS}`, PERMISSIONS],
		]),
	],
	domain: [say`token:domain`, is(SERVER_HOST)],
	server_endpoint: [say`token:server_endpoint`, is(SERVER_HOST)],
	client_endpoint: [say`token:client_endpoint`, is(PORTAL_HOST)],
	status: [say`token:status`, oneOf([say`L`, say`F`, say`D`, say`T`, say`P`, say`S`])],
	member_id: [say`token:member_id`, MEMBER_ID],
	user_id: [say`token:user_id`, kind('integer')],
	token_type: [say`token:token_type`, absent()],
};

/** A token answer with the addresses in it called by what they are. */
function observeTokens({ status: httpStatus, body }: Answer, own: Connection): Readonly<Record<string, unknown>> {
	const endpoint = (value: unknown): Clean => {
		const host = typeof value === 'string' ? /^https?:\/\/([^/]+)\/rest\/$/.exec(value)?.[1] : undefined;
		return host === undefined ? kindOf(value) : whose(host, own);
	};
	const { domain, server_endpoint: serverEndpoint, client_endpoint: clientEndpoint } = body;
	return {
		status: httpStatus,
		error: body.error,
		token: {
			...body,
			domain: whose(domain, own),
			server_endpoint: endpoint(serverEndpoint),
			client_endpoint: endpoint(clientEndpoint),
		},
	};
}

const connected = ({ connection }: Run): Connection => {
	if (connection === undefined) throw new CannotAsk(say`needs an application with its refresh token`);
	return connection;
};
const connection: Need = (run) =>
	run.connection === undefined ? say`needs an application with its refresh token` : undefined;

const exchange: Question = {
	needs: [connection],
	facts: [
		fact(OAUTH, say`method:POST`, { status: status(200), verb: is(say`POST`) }),
		...Object.entries(ANSWER).map(([key, [id, expectation]]) => fact(OAUTH, id, { [`token.${key}`]: expectation })),
	],
	ask(run) {
		const own = connected(run);
		if (own.exchange === undefined) throw new CannotAsk(GIVEN);
		return Promise.resolve({ ...observeTokens(own.exchange.answer, own), verb: own.exchange.verb });
	},
};

/** What the browser brought along with the code. */
const redirect: Question = {
	needs: [connection],
	facts: (
		[
			[say`redirect:code`, 'code', kind('text')],
			[say`redirect:state`, 'state', kind('text')],
			[say`redirect:domain`, 'domain', is(PORTAL_HOST)],
			[say`redirect:member_id`, 'member_id', MEMBER_ID],
			[say`redirect:scope`, 'scope', PERMISSIONS],
			[say`redirect:server_domain`, 'server_domain', is(SERVER_HOST)],
		] as const
	).map(([id, name, expectation]) => fact(OAUTH, id, { [`redirect.${name}`]: expectation })),
	ask(run) {
		const own = connected(run);
		if (own.exchange === undefined) throw new CannotAsk(GIVEN);
		const { domain, server_domain: serverDomain, ...others } = own.exchange.redirect;
		return Promise.resolve({
			redirect: { ...others, domain: whose(domain, own), server_domain: whose(serverDomain, own) },
		});
	},
};

/** The code of the exchange: used, and older than a code lives. */
export const expiredCode: Question = {
	needs: [connection],
	facts: [
		fact(say`Conflicts`, say`C33`, {
			status: either(say`C33`, [
				[say`an expired code is told apart, as the field shows`, status(401)],
				[say`it is not told apart, ${DOCS}, or a used code comes before an expired one`, status(400)],
			]),
			error: either(say`C33`, [
				[say`an expired code is told apart, as the field shows`, words(say`expired_token`)],
				[say`it is not told apart, ${DOCS}, or a used code comes before an expired one`, words(say`invalid_grant`)],
			]),
			error_description: optional(words(say`The authorization token provided has expired.`)),
		}),
	],
	async ask(run) {
		const { server, exchange: own } = connected(run);
		if (own === undefined) throw new CannotAsk(GIVEN);
		if (own.age() <= contract.oauth.token.lifetimes.code * 1000) throw new CannotAsk(say`the code has not expired yet`);
		return observe(await server.grant('authorization_code', own.code));
	},
};

/** A failure of the token endpoint; one without a text has no such key. */
function refused(code: string): Fact {
	const { httpStatus, description } = tokenError(code);
	const text = description === null || description === '' ? optional(words(say``)) : words(description);
	return fact(OAUTH, say`error:${tokenError(code).code ?? say``}`, {
		status: status(httpStatus ?? 0),
		error: words(tokenError(code).code ?? say``),
		error_description: text,
	});
}

const refusal = (code: string, changes: Readonly<Record<string, string | undefined>>): Question => ({
	needs: [connection],
	facts: [refused(code)],
	ask: async (run) => observe(await connected(run).server.grant('refresh_token', 'unreadable', changes)),
});

/** Questions to the authorisation server that use nothing up. */
export const tokenQuestions: readonly Question[] = [
	redirect,
	exchange,
	refusal('wrong_client', { client_id: 'local.0.0' }),
	refusal('invalid_client', { client_secret: 'wrong' }),
	refusal('invalid_grant', {}),
	refusal('invalid_request', { refresh_token: undefined }),
];

/** Tokens that nobody else uses, or leave to use up those that were given. */
const renewable: Need = (run) =>
	connection(run) ??
	(run.connection?.exchange === undefined && !run.allowed.renew
		? say`only with --renew, for it may end the connection that the tokens were taken from`
		: undefined);

const renewed: Parts = Object.fromEntries(
	Object.entries(ANSWER).map(([key, [, expectation]]) => [`renewal.token.${key}`, expectation]),
);

/** Renews, and looks what became of the old pair. It comes last: afterwards the access may be gone. */
export const renewal: Question = {
	needs: [renewable],
	facts: [
		fact(OAUTH, say`example:2`, { 'renewal.status': status(200), ...renewed }),
		fact(say`Conflicts`, say`C32`, {
			'again.status': either(say`C32`, [
				[say`a used refresh token dies`, status(400)],
				[say`a used refresh token lives on`, status(200)],
			]),
			'again.error': optional(words(say`invalid_grant`)),
			'access.status': either(say`C32`, [
				[say`renewing kills the old access token`, status(401)],
				[say`the old access token lives on`, status(200)],
			]),
		}),
	],
	async ask(run) {
		const own = connected(run);
		const first = await own.server.grant('refresh_token', own.tokens.refresh);
		if (first.status !== 200 || 'error' in first.body)
			return { renewal: observeTokens(first, own), error: first.body.error };
		const access = await run.portal.call('profile', {}, { token: own.tokens.access });
		const again = await own.server.grant('refresh_token', own.tokens.refresh);
		return { renewal: observeTokens(first, own), access: observe(access), again: observe(again) };
	},
};
