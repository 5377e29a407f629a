import type { HttpAnswer, NoAnswer } from '../../bitrix24/http';

/** What came back, or why nothing did. */
export type RequestResult = Exclude<HttpAnswer, NoAnswer> | NoAnswer;

/** What is read of an error, or of one of its causes. Every part may be missing. */
interface Thrown {
	name?: unknown;
	message?: unknown;
	/** Of n8n's NodeApiError: status, or what it found as code. */
	httpCode?: unknown;
	code?: unknown;
	syscall?: unknown;
	context?: { data?: unknown } | null;
	failure?: { cause?: unknown } | null;
	config?: { url?: unknown } | null;
	response?: { data?: unknown; headers?: { location?: unknown } | null } | null;
	/** Of the authorization server's refusal. */
	body?: { error?: unknown } | null;
	cause?: unknown;
}

/**
 * Connections that never came about, in words. Any other broken connection may have delivered the request. The codes
 * themselves must not reach the message: NodeApiError would replace it by n8n's own text, which advises to retry.
 */
const NEVER_SENT: Record<string, string> = {
	ECONNREFUSED: 'nothing listens there',
	ENOTFOUND: 'there is no such name',
	EAI_AGAIN: 'the name could not be looked up',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no network',
	ERR_INVALID_URL: 'its address is broken',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

const BROKEN: Record<string, string> = {
	ECONNABORTED: 'it took too long',
	ETIMEDOUT: 'it took too long',
	ECONNRESET: 'it was reset',
	EPIPE: 'the other side closed it',
};

/** Of the file system, while n8n opens or reads a stored file. */
const UNREADABLE: Record<string, string> = {
	ENOENT: 'n8n no longer has it',
	EACCES: 'n8n may not open it',
	EPERM: 'n8n may not open it',
	EISDIR: 'it is a directory',
	ENOTDIR: 'n8n no longer has it',
	EMFILE: 'too many files are open',
	EIO: 'the disk has a fault',
};

const CANCELLED = /^(CanceledError|AbortError|\w*ExecutionCancelledError)$/;

/**
 * What n8n's credential code throws before a request (n8n-core oauth.js and node-execution-context.js,
 * client-oauth2-token.js).
 */
const NO_TOKEN =
	/^(OAuth credentials not connected|Unable to sign without access token|OAuth access token expired and no refresh token|Credentials? (not found|with ID|could not be decrypted)|Node does not have any credentials|The credential .*needs to be reconnected)/;

/** Refusals for which n8n has words of its own that name no field (client-oauth2, constants.js). */
const REFUSED_BY_SERVER: Record<string, string> = {
	invalid_client: 'Bitrix24 does not take the Client Secret of the credential',
};

/** What NodeApiError looks for in a message, to put its own text there (n8n-workflow, node.error.js, COMMON_ERRORS). */
const REPLACED_BY_N8N =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;

/**
 * What PostgreSQL, its driver and TypeORM say when the database is away; n8n asks it for the credential before each
 * request.
 */
const NO_DATABASE =
	/encountered a connection error|^Connection terminated|terminating connection|database system is (starting up|shutting down)/;

/**
 * What n8n's file stores say (n8n-core blob.manager.js and errors, blob-storage object-store.service, n8n
 * database.manager.js).
 */
const NO_FILE =
	/^(File not found|Binary data file not found|No binary data manager found|Request to (S3|Azure Blob storage) failed|Byte store )|could not be read/;

/** Deeper causes were never seen to tell more; the limit also ends a circle. */
const DEPTH = 4;

/**
 * Reads what was thrown while a request was made (seen on n8n 2.41.1). n8n's request helper wraps everything in a
 * NodeApiError; its file store throws plain errors, which come wrapped only when a file breaks off on its way.
 *
 * @returns status and body of an answer that was an error, or why there was none. Never throws.
 */
export function readError(error: unknown): RequestResult {
	const chain = causesOf(error);
	return cancelled(chain) ?? renewal(chain) ?? answered(chain) ?? database(chain) ?? file(chain) ?? connection(chain);
}

function causesOf(error: unknown): Thrown[] {
	const chain: Thrown[] = [];
	for (let next = error; isThrown(next) && chain.length < DEPTH; next = next.cause) chain.push(next);
	return chain;
}

/** Nothing is said of the parts, which may all be missing. */
function isThrown(value: unknown): value is Thrown {
	return typeof value === 'object' && value !== null;
}

function cancelled(chain: Thrown[]): NoAnswer | undefined {
	const stopped = chain.some(
		(one) => CANCELLED.test(textOf(one.name)) || codeOf(one) === 'ERR_CANCELED' || codeOf(one) === 'ABORT_ERR',
	);
	return stopped ? none('cancelled', 'The execution was cancelled before the portal answered') : undefined;
}

/** The request had been refused for its token, or was not sent yet: in every case here nothing was carried out. */
function renewal(chain: Thrown[]): NoAnswer | undefined {
	const [refused] = chain.filter(isRefusal).reverse();
	if (refused) {
		const [code] = chain.map(({ body }) => textOf(body?.error)).filter(Boolean);
		const text = REFUSED_BY_SERVER[code ?? ''] ?? plain(textOf(refused.message));
		return none('credential', text ?? 'The token could not be renewed', code);
	}
	const failed = chain.find((one) => one.code === 'ESTATUS' || isTokenAddress(textOf(one.config?.url)));
	if (!failed) return undefined;
	const status = statusOf(chain);
	const what = status
		? `answered with status ${status} when the token was to be renewed`
		: 'could not be reached to renew the token';
	return none('unreachable', `The authorization server ${what}`);
}

function isRefusal(thrown: Thrown): boolean {
	return (
		codeOf(thrown) === 'EAUTH' ||
		thrown.failure?.cause === 'credential-invalid' ||
		NO_TOKEN.test(textOf(thrown.message))
	);
}

function answered(chain: Thrown[]): RequestResult | undefined {
	const status = statusOf(chain);
	if (!status) return undefined;
	const response = chain.find((one) => one.response)?.response;
	return {
		status,
		body: chain[0]?.context?.data ?? response?.data,
		location: textOf(response?.headers?.location) || undefined,
	};
}

/** Only a request names an address: a connection that was refused without one was to n8n's own database. */
function database(chain: Thrown[]): NoAnswer | undefined {
	const isRefused =
		chain.some(({ code, syscall }) => code === 'ECONNREFUSED' && syscall === 'connect') &&
		!chain.some(({ config }) => config);
	const isAway = isRefused || chain.some(({ message }) => NO_DATABASE.test(textOf(message)));
	return isAway ? none('unreachable', 'n8n could not read the credential: its database does not answer') : undefined;
}

/**
 * Reads what was thrown while a file of the item was opened.
 *
 * @returns always the reason `file`: whoever calls knows that nothing else can have failed.
 */
export function readFileError(error: unknown): NoAnswer {
	const why = known(UNREADABLE, causesOf(error).map(codeOf)) ?? 'n8n’s file store does not give it';
	return none('file', `The file could not be read: ${why}`);
}

/** A file that ended early or that nobody could open, told from the connection's own faults. */
function file(chain: Thrown[]): NoAnswer | undefined {
	const storeFault =
		chain.some(({ message }) => NO_FILE.test(textOf(message))) ||
		(known(UNREADABLE, chain.map(codeOf)) && !connecting(chain));
	return storeFault ? readFileError(chain[0]) : undefined;
}

/** True when the connection itself was refused by this machine: the operating system has one set of codes for both. */
function connecting(chain: Thrown[]): boolean {
	return chain.some(({ syscall }) => syscall === 'connect');
}

function connection(chain: Thrown[]): NoAnswer {
	const codes = chain.map(codeOf);
	const never = known(NEVER_SENT, codes) ?? refusedHere(chain);
	if (never) return none('unreachable', `The portal could not be reached: ${never}`);
	return none(
		'unknown',
		`The connection broke before the portal answered: ${known(BROKEN, codes) ?? 'no reason is known'}`,
	);
}

/**
 * Says why nobody answered a request to another system than the portal.
 *
 * @returns a half-sentence, such as `nothing listens there`; undefined when nothing is known of it
 */
export function silenceOf(error: unknown): string | undefined {
	const chain = causesOf(error);
	const codes = chain.map(codeOf);
	return known(NEVER_SENT, codes) ?? refusedHere(chain) ?? known(BROKEN, codes);
}

/** Faults without a code of their own that stop a request before it is sent. */
function refusedHere(chain: Thrown[]): string | undefined {
	if (chain.some(({ message }) => /wrong version number/i.test(textOf(message)))) return 'it does not speak https';
	if (chain.some(({ name }) => textOf(name).startsWith('SsrfBlocked')))
		return 'this n8n may not call internal addresses';
	return connecting(chain) && known(UNREADABLE, chain.map(codeOf)) ? 'this machine forbids it' : undefined;
}

function known(words: Record<string, string>, codes: string[]): string | undefined {
	return Object.entries(words).find(([code]) => codes.includes(code))?.[1];
}

function codeOf({ httpCode, code }: Thrown): string {
	return textOf(httpCode) || textOf(code);
}

function statusOf(chain: Thrown[]): number {
	const status = Number(textOf(chain[0]?.httpCode));
	return status >= 100 && status <= 599 ? status : 0;
}

/** The path that the credential type gives its token address. */
function isTokenAddress(url: string): boolean {
	return /^[^?#]*\/oauth\/token\/($|[?#])/.test(url);
}

function plain(text: string): string | undefined {
	return text && !REPLACED_BY_N8N.test(text) ? text : undefined;
}

function none(reason: NoAnswer['reason'], text: string, code = ''): NoAnswer {
	return { status: 0, reason, text, code };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
