import type { IWebhookFunctions } from 'n8n-workflow';
import { recordOf } from '../../bitrix24/failure';
import type { Post } from '../../pbx/post';

/** Path of the trigger's webhook below its webhook id. */
export const REPORT_PATH = 'report';

/** Bytes. A report has some thousand at most; whoever sends more wants to keep n8n busy. */
const LARGEST_BODY = 1_048_576;

/** What a request's path has below the trigger's own. */
const BELOW = new RegExp(`/${REPORT_PATH}/(.+)$`);

/**
 * The request of a webhook call, as phone systems sign it.
 *
 * @returns undefined for a body that is too large. The address is the public one that n8n gives out, with the query as
 *   it was asked: what a proxy passes on may differ.
 */
export function postOf(context: IWebhookFunctions): Post | undefined {
	const request = context.getRequestObject();
	const { rawBody, originalUrl = '' } = request;
	const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
	if (body.length > LARGEST_BODY) return undefined;
	const [path = '', query] = originalUrl.split(/\?(.*)/s);
	const [, below = ''] = BELOW.exec(path) ?? [];
	return {
		method: request.method === 'GET' ? 'GET' : 'POST',
		url: `${context.getNodeWebhookUrl('default') ?? ''}${below && `/${below}`}${query === undefined ? '' : `?${query}`}`,
		path: below,
		headers: texts(request.headers),
		query: texts(context.getQueryData()),
		body,
	};
}

function texts(values: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries(recordOf(values)).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}
