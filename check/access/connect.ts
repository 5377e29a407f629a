import { UsageError, type CheckArguments } from '../arguments';
import { join, say, wordsOf, type Clean } from '../clean';
import { contract } from '../contract';
import type { Connection } from '../question';
import type { Answer, Send } from '../wire';
import { Portal, type Access } from './portal';
import type { Ask } from './prompt';
import type { Secrets } from './secrets';
import { TokenServer, tokensOf, type Client } from './tokenServer';

/** A way into the portal. */
export interface Entry {
	readonly portal: Portal;
	readonly connection?: Connection;
	/** What the report calls it. */
	readonly way: Clean;
}

/** What connecting needs of the outside. */
export interface Outside {
	readonly send: Send;
	readonly ask: Ask;
	/** Shows a line to the person. */
	readonly tell: (line: string) => void;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** A text nobody can guess. */
	readonly state: string;
}

/**
 * Finds a way in: by what was given, else by asking for it.
 * @throws UsageError when what was given does not fit, NoAnswer when the authorisation server is silent
 */
export async function connect(options: CheckArguments, given: Secrets, outside: Outside): Promise<Entry> {
	const secrets =
		Object.keys(given).length > 0
			? given
			: {
					BITRIX24_WEBHOOK: await outside.ask(
						'Address of an incoming webhook (not shown; just Enter to connect as an application): ',
					),
				};
	const webhook = secrets.BITRIX24_WEBHOOK ? { webhook: webhookOf(secrets.BITRIX24_WEBHOOK, options.portal) } : {};
	const wantsApplication = ['BITRIX24_CLIENT_ID', 'BITRIX24_ACCESS_TOKEN'].some((name) => name in secrets);
	if ('webhook' in webhook && !wantsApplication)
		return { portal: new Portal(options.portal, webhook, outside.send), way: say`an incoming webhook` };
	const { token, connection } = await applicationOf(options, secrets, outside);
	const access: Access = { ...webhook, token };
	return {
		portal: new Portal(options.portal, access, outside.send),
		...(connection === undefined ? {} : { connection }),
		way: 'webhook' in webhook ? say`an application and an incoming webhook` : say`an application`,
	};
}

/** @throws UsageError */
function webhookOf(typed: string, portal: string): { userId: string; code: string } {
	const match = /^(https?:\/\/[^/]+)\/rest\/(\d+)\/([^/]+)\/?$/i.exec(typed.trim());
	if (!match)
		throw new UsageError(
			'The webhook has not the form https://example.bitrix24.com/rest/1/secret/. Copy it from the page of the webhook.',
		);
	const [, origin = '', userId = '', code = ''] = match;
	if (new URL(origin).origin !== portal) throw new UsageError('The webhook belongs to another address than --portal.');
	return { userId, code };
}

async function applicationOf(
	options: CheckArguments,
	secrets: Secrets,
	outside: Outside,
): Promise<{ token: string; connection?: Connection }> {
	const { BITRIX24_ACCESS_TOKEN: token, BITRIX24_REFRESH_TOKEN: refresh } = secrets;
	const id =
		secrets.BITRIX24_CLIENT_ID ??
		(token === undefined ? await outside.ask('client_id of the application: ') : undefined);
	const secret =
		secrets.BITRIX24_CLIENT_SECRET ??
		(token === undefined || (id !== undefined && refresh !== undefined)
			? await outside.ask('client_secret of the application (not shown): ')
			: undefined);
	const client = id !== undefined && secret !== undefined ? { id, secret } : undefined;
	const portalHost = new URL(options.portal).host;
	if (token === undefined) {
		if (!client?.id || !client.secret)
			throw new UsageError(
				'An application needs its client_id and its client_secret. They stand on its page in Bitrix24.',
			);
		return byCode(options, client, outside);
	}
	if (refresh === undefined || !client) return { token };
	const server = new TokenServer(options.authServer ?? new URL(contract.oauth.token.url).origin, client, outside.send);
	return { token, connection: { server, tokens: { access: token, refresh }, portalHost } };
}

/**
 * The person opens the page of the portal, and brings back the address where the browser ended, which carries the code.
 */
async function byCode(
	options: CheckArguments,
	client: Client,
	outside: Outside,
): Promise<{ token: string; connection: Connection }> {
	const { portal } = options;
	outside.tell('1. Open this address in the browser where you are logged in to Bitrix24:');
	outside.tell(`   ${portal}/oauth/authorize/?client_id=${encodeURIComponent(client.id)}&state=${outside.state}`);
	outside.tell(
		'2. It ends at the handler of the application. What that page shows does not matter. Copy its address from the address bar.',
	);
	outside.tell('3. Paste it here within 30 seconds; the code in it lives no longer.');
	const pasted = queryOf(await outside.ask('Address (not shown): '));
	if (pasted.get('state') !== outside.state)
		throw new UsageError('This address does not come from the page above: its state is another one. Start again.');
	const code = pasted.get('code');
	if (!code) throw new UsageError('There is no code= in this address. Copy the whole address of the last page.');
	const server = new TokenServer(options.authServer ?? serverOf(pasted.get('server_domain')), client, outside.send);
	const taken = outside.now();
	let verb: 'GET' | 'POST' = 'POST';
	let answer = await server.grant('authorization_code', code);
	if (!tokensOf(answer)) {
		verb = 'GET';
		const second = await server.grant('authorization_code', code, { verb });
		if (!tokensOf(second)) throw new UsageError(refusalOf(answer));
		answer = second;
	}
	const tokens = tokensOf(answer);
	if (!tokens) throw new UsageError(refusalOf(answer));
	return {
		token: tokens.access,
		connection: {
			server,
			exchange: { code, age: () => outside.now() - taken, verb, answer, redirect: Object.fromEntries(pasted) },
			tokens,
			portalHost: new URL(portal).host,
		},
	};
}

function queryOf(pasted: string): URLSearchParams {
	return URL.canParse(pasted) ? new URL(pasted).searchParams : new URLSearchParams();
}

/** A secret goes to Bitrix24's own servers only, unless the person names another. @throws UsageError */
function serverOf(domain: string | null): string {
	const known = [contract.oauth.token.url, contract.oauth.token.urlRu].map((url) => new URL(url).origin);
	const origin = domain === null ? known[0] : known.find((candidate) => new URL(candidate).host === domain);
	if (origin === undefined)
		throw new UsageError(
			"The address names an authorisation server that is none of Bitrix24's. If you trust it, name it with --auth-server.",
		);
	return origin;
}

function refusalOf({ status, body }: Answer): Clean {
	const said = join([say`${status}`, wordsOf(body.error ?? ''), wordsOf(body.error_description ?? '')], say` `);
	return say`The authorisation server gave no tokens (${said}). Was the code older than 30 seconds? Are client_id and client_secret those of this portal's application?`;
}
