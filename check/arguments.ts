import { parseArgs } from 'node:util';

/** What a person asks for on the command line. Secrets do not stand there: shells remember it. */
export interface CheckArguments {
	/** https://host of the portal. */
	readonly portal: string;
	/** https://host of the authorisation server, where it is not one of Bitrix24's two. */
	readonly authServer?: string;
	readonly write: boolean;
	readonly number?: string;
	readonly handler?: string;
	readonly renew: boolean;
	/** File with NAME=value lines. */
	readonly secrets?: string;
	/** Where the JSON report goes. */
	readonly output?: string;
}

/** How the command is used. */
export const USAGE = `Usage: npm run check:portal -- --portal example.bitrix24.com

  --portal <host>         the portal to ask; https unless http:// is written
  --write                 also make, and remove, a line, and with the next two:
  --number <number>         a silent call to this number of your own
  --handler <address>       a handler at this address
  --renew                 use up the refresh token that you give (BITRIX24_REFRESH_TOKEN)
  --secrets <file>        file with the lines below; the environment and a prompt will do as well
  --output <file>         where the JSON report goes; portal-check-<day>.json by default
  --auth-server <host>    authorisation server, where it is not oauth.bitrix.info or oauth.bitrix24.tech

  BITRIX24_WEBHOOK=https://example.bitrix24.com/rest/1/...   an incoming webhook, or
  BITRIX24_CLIENT_ID, BITRIX24_CLIENT_SECRET                 a local application, or
  BITRIX24_ACCESS_TOKEN, BITRIX24_REFRESH_TOKEN              its tokens

Without --write nothing is changed. docs/portal-checks.md tells it step by step.`;

/** The person has to change something on the command line or in the secrets. */
export class UsageError extends Error {}

/**
 * Reads the command line.
 * @throws UsageError naming the option that is wrong, never its value
 */
export function readArguments(args: readonly string[]): CheckArguments {
	const {
		portal,
		'auth-server': authServer,
		number,
		handler,
		secrets,
		output,
		write = false,
		renew = false,
	} = parse(args);
	if (portal === undefined)
		throw new UsageError('--portal is missing: the address of the portal, such as example.bitrix24.com.');
	if (!write && (number !== undefined || handler !== undefined))
		throw new UsageError('--number and --handler need --write.');
	if (number !== undefined && !/^\+?[\d ()-]{3,}$/.test(number))
		throw new UsageError('--number is no phone number. Write it such as +4940123456.');
	if (handler !== undefined && !isAddress(handler))
		throw new UsageError('--handler is no address. Write it such as https://example.com/hook.');
	return {
		portal: originOf(portal, '--portal'),
		write,
		renew,
		...(authServer === undefined ? {} : { authServer: originOf(authServer, '--auth-server') }),
		...defined({ number, handler, secrets, output }),
	};
}

/** The scheme and host of an address that somebody typed, with or without the scheme. @throws UsageError */
function originOf(typed: string, option: string): string {
	const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
	if (!isAddress(address)) throw new UsageError(`${option} is no address. Write it such as example.bitrix24.com.`);
	return new URL(address).origin;
}

const isAddress = (text: string): boolean =>
	/^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text) && new URL(text).username === '';

function parse(args: readonly string[]): ReturnType<typeof parseOptions> {
	try {
		return parseOptions(args);
	} catch (error) {
		// Node's text names the option; of a stray word it tells the word, which may be a secret that was pasted.
		const { code, message }: { code?: unknown; message?: unknown } = Object(error);
		const option = /'(-{1,2}[a-z-]+)/.exec(String(message))?.[1];
		if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL' || option === undefined)
			throw new UsageError('There is a word that belongs to no option.');
		throw new UsageError(
			code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
				? `There is no option ${option}.`
				: `${option} is not used in the right way.`,
		);
	}
}

function parseOptions(args: readonly string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	return parseArgs({
		args: [...args],
		strict: true,
		options: {
			portal: text,
			'auth-server': text,
			number: text,
			handler: text,
			secrets: text,
			output: text,
			write: flag,
			renew: flag,
		},
	}).values;
}

function defined<Values extends Readonly<Record<string, string | undefined>>>(values: Values): Partial<Values> {
	const kept: Partial<Values> = {};
	for (const name in values) if (values[name] !== undefined) kept[name] = values[name];
	return kept;
}
