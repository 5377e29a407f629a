import type { Application } from '../../../../sandbox/portal';
import type { Bench } from '../bench';
import { read, type Reply } from '../../support/client';

export type Query = Record<string, string>;

/** The first application, with these changes and an address for the login to come back to. */
export function application(bench: Bench, changes: Partial<Application> = {}): Application {
	return bench.portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/cb', ...changes });
}

/** Logs in and gives the query of the redirect. */
export async function authorize(bench: Bench): Promise<Query> {
	const response = await fetch(
		`${bench.portal.url}/oauth/authorize/?client_id=${application(bench).clientId}&state=s%201&auto=1`,
		{ redirect: 'manual' },
	);
	return Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams);
}

/** Asks the token endpoint, by GET unless said otherwise. */
export async function token(bench: Bench, query: Query, post = false): Promise<Reply> {
	const url = `${bench.portal.authorizationUrl}/oauth/token/`;
	const text = new URLSearchParams(query);
	return read(await (post ? fetch(url, { method: 'POST', body: text }) : fetch(`${url}?${text.toString()}`)));
}

/** Id and secret of the first application. */
export function client(bench: Bench): Query {
	return { client_id: application(bench).clientId, client_secret: application(bench).clientSecret };
}

/** Exchanges a fresh code, or the given one. */
export async function byCode(bench: Bench, more: Query = {}, post = false): Promise<Reply> {
	const code = more.code ?? (await authorize(bench)).code ?? '';
	return token(bench, { grant_type: 'authorization_code', ...client(bench), ...more, code }, post);
}

/** Renews with a fresh refresh token, or the given one. */
export async function byRefresh(bench: Bench, more: Query = {}, post = false): Promise<Reply> {
	const refreshToken = more.refresh_token ?? bench.portal.control.issueTokens().refreshToken;
	return token(bench, { grant_type: 'refresh_token', ...client(bench), ...more, refresh_token: refreshToken }, post);
}
