import type { IWebhookFunctions } from 'n8n-workflow';
import type { Post } from '../../pbx/post';

/** Bytes. A report has some thousand at most; whoever sends more wants to keep n8n busy. */
const LARGEST_BODY = 1_048_576;

/**
 * The request of a webhook call, as phone systems sign it.
 *
 * @returns undefined for a body that is too large. The address is the public one that n8n gives out, with the query as it
 *   was asked: what a proxy passes on may differ.
 */
export function postOf(context: IWebhookFunctions): Post | undefined {
	const request = context.getRequestObject();
	const { rawBody, originalUrl = '' } = request;
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	if (body.length > LARGEST_BODY) return undefined;
	const at = originalUrl.indexOf('?');
	const path = texts(context.getParamsData());
	return {
		method: request.method === 'GET' ? 'GET' : 'POST',
		url: `${publicAddress(context, path)}${at < 0 ? '' : originalUrl.slice(at)}`,
		path: Object.values(path).join('/'),
		headers: texts(request.headers),
		query: texts(context.getQueryData()),
		body,
	};
}

function publicAddress(context: IWebhookFunctions, path: Record<string, string>): string {
	const address = context.getNodeWebhookUrl('default') ?? '';
	return Object.entries(path).reduce((text, [name, value]) => text.replace(`:${name}`, value), address);
}

function texts(values: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries((values ?? {}) as Record<string, unknown>).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
