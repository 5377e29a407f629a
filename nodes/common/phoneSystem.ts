import {
	UserError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { isRecord, recordOf } from '../../bitrix24/failure';
import { phoneSystem } from '../../pbx';
import type { Ask, Login, PhoneSystem, SystemAnswer, SystemRequest } from '../../pbx/system';
import { answerOf } from './answer';
import { tokenIn } from './phoneToken';
import { silenceOf } from './requestError';
import { toText } from './values';

/** Name of the credential type of phone systems. */
export const PHONE_CREDENTIAL = 'phoneSystemApi';

/** Milliseconds that a phone system may take to answer, and to hand over a recording. */
const ANSWER_TIMEOUT = 30_000;
const DOWNLOAD_TIMEOUT = 600_000;

/** What a credential says of its phone system. Missing fields are empty. */
export function loginOf(credential: ICredentialDataDecryptedObject | IDataObject): Login {
	const field = (name: string): string => toText(credential[name]) ?? '';
	return {
		address: field('address').replace(/\/+$/, ''),
		user: field('user'),
		password: field('password'),
		reportSecret: field('reportSecret'),
		token: tokenIn(field('token')),
	};
}

/** n8n's HTTP Request node and its credential tests still use names of the `request` library. */
type Legacy = IHttpRequestOptions & { uri?: string; form?: IDataObject };

/**
 * Signs a request of n8n, of this package or of an HTTP Request node.
 *
 * @throws UserError for an address that is not the credential's: what proves a request would go to somebody else.
 */
export function signed(request: IHttpRequestOptions, systemName: unknown, login: Login): IHttpRequestOptions {
	const system = phoneSystem(systemName);
	const options: Legacy = request;
	const url = new URL(options.url ?? options.uri ?? '', options.baseURL);
	if (!system) throw new UserError('Nothing was sent. Choose the phone system in the Phone System API credential.');
	if (url.origin !== originOf(login.address)) {
		throw new UserError(
			`This credential is for ${login.address}, and the request goes to ${url.origin}. Nothing was sent: correct one of them.`,
		);
	}
	// A query without names is an argument, of FreeSWITCH's for one: it stays as it is.
	const isArgument = url.search !== '' && !url.search.includes('=');
	const query = { ...(isArgument ? {} : Object.fromEntries(url.searchParams)), ...texts(options.qs) };
	if (!isArgument) url.search = '';
	const isForm = options.form !== undefined || options.body instanceof URLSearchParams;
	const body =
		options.form ?? (options.body instanceof URLSearchParams ? Object.fromEntries(options.body) : options.body);
	const done = system.sign(
		{
			// Systems look whether it is a GET, so that n8n's rarer ones do no harm.
			method: (options.method ?? 'GET') as SystemRequest['method'],
			url: url.href,
			query,
			headers: texts(options.headers),
			// A text or a list goes as it is: no system signs one.
			body: isRecord(body) ? body : undefined,
			isForm,
		},
		login,
	);
	delete options.baseURL;
	options.headers = done.headers;
	options.qs = done.query;
	if (options.uri === undefined) options.url = done.url;
	else options.uri = done.url;
	if (done.body) placeBody(options, done.body, done.isForm === true);
	return options;
}

/** A system may want a form of what came as an object. */
function placeBody(options: Legacy, body: Record<string, unknown>, isForm: boolean): void {
	if (isForm && options.uri !== undefined) {
		options.form = texts(body);
		delete options.body;
	} else {
		options.body = isForm ? new URLSearchParams(texts(body)) : body;
		if (isForm) options.headers = { ...options.headers, 'content-type': 'application/x-www-form-urlencoded' };
	}
}

function originOf(address: string): string {
	return URL.canParse(address) ? new URL(address).origin : '';
}

function texts(values: unknown): Record<string, string> {
	const entries = Object.entries(recordOf(values));
	return Object.fromEntries(
		entries.filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, String(value)]),
	);
}

/** A phone system with the login of the node's credential. */
export interface ConnectedSystem {
	system: PhoneSystem;
	login: Login;
	ask: Ask;
	/** Downloads: the stream, and its length where the system tells. */
	download: (request: SystemRequest) => Promise<Download>;
}

/** What a download brought; `content` is missing when it failed. */
export interface Download {
	status: number;
	/** Why it failed. */
	problem?: string;
	contentType: string;
	bytes?: number;
	content?: AsyncIterable<Uint8Array> & { destroy?: () => void };
}

/**
 * Reads the node's credential.
 *
 * @returns undefined when the node has none, or one of another system than the name.
 */
export async function connectSystem(
	context: IAllExecuteFunctions,
	name?: string,
): Promise<ConnectedSystem | undefined> {
	if (!context.getNode().credentials?.[PHONE_CREDENTIAL]) return undefined;
	const credential = await context.getCredentials(PHONE_CREDENTIAL);
	const system = phoneSystem(credential.system);
	if (!system || (name !== undefined && credential.system !== name)) return undefined;
	const login = loginOf(credential);
	return {
		system,
		login,
		ask: async (request) => await askSystem(context, request, login),
		download: async (request) => await download(context, request, login),
	};
}

async function askSystem(context: IAllExecuteFunctions, request: SystemRequest, login: Login): Promise<SystemAnswer> {
	try {
		const options = { ...optionsOf(request), timeout: ANSWER_TIMEOUT, json: !request.isForm };
		const { status, headers, body } = answerOf(await sendTo(context, request, options, login));
		return { status, headers: texts(headers), body };
	} catch {
		return { status: 0, headers: {}, body: undefined };
	}
}

async function download(context: IAllExecuteFunctions, request: SystemRequest, login: Login): Promise<Download> {
	try {
		const options: IHttpRequestOptions = {
			...optionsOf(request),
			timeout: DOWNLOAD_TIMEOUT,
			encoding: 'stream',
			disableFollowRedirect: false,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		const { status, headers, body } = answerOf(await sendTo(context, request, options, login));
		const { 'content-type': contentType = '', 'content-length': length } = texts(headers);
		const content = body as Download['content'];
		if (status === 200)
			return { status, contentType, bytes: length === undefined ? undefined : Number(length), content };
		content?.destroy?.();
		return { status, contentType, problem: `the phone system answered with status ${status}` };
	} catch (error) {
		return { status: 0, contentType: '', problem: problemOf(error) };
	}
}

/** What is thrown before a request leaves, such as by a credential for another address, has words of its own. */
function problemOf(error: unknown): string {
	const why = silenceOf(error);
	if (why !== undefined) return `the phone system could not be reached: ${why}`;
	return error instanceof Error ? error.message.replace(/\.$/, '') : 'the phone system did not answer';
}

/** What lies elsewhere, such as a link to a file store, is asked for without the login. */
async function sendTo(
	context: IAllExecuteFunctions,
	{ url }: SystemRequest,
	options: IHttpRequestOptions,
	login: Login,
): Promise<unknown> {
	if (new URL(url).origin !== originOf(login.address)) return await context.helpers.httpRequest(options);
	return await context.helpers.httpRequestWithAuthentication.call(context, PHONE_CREDENTIAL, options);
}

function optionsOf({ method, url, query, headers, body, isForm }: SystemRequest): IHttpRequestOptions {
	return {
		method,
		url,
		qs: query,
		headers: isForm ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
		body: isForm ? new URLSearchParams(texts(body)) : body,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}
