import type { IWebhookFunctions } from 'n8n-workflow';
import { postOf } from '../../../nodes/PhoneSystemTrigger/post';

const WEBHOOK = 'https://n8n.example.com/webhook/1/report';

/** How n8n hands over a request: behind a proxy its own address has another path than the public one. */
function asked(
	originalUrl: string | undefined,
	request: Record<string, unknown> = {},
	webhook: string | null = WEBHOOK,
) {
	return postOf({
		getRequestObject: () => ({
			method: 'POST',
			originalUrl,
			headers: { 'X-Signature': 'abc', 'content-length': 3 },
			rawBody: Buffer.from('a=1'),
			...request,
		}),
		getNodeWebhookUrl: () => webhook ?? undefined,
		getQueryData: () => ({ Call_ID: 'x', count: 2 }),
	} as unknown as IWebhookFunctions);
}

it('is the request as it was signed: public address, headers and query by lower case, body byte for byte', () => {
	expect(asked('/webhook/1/report?Call_ID=x&count=2')).toEqual({
		method: 'POST',
		url: `${WEBHOOK}?Call_ID=x&count=2`,
		path: '',
		headers: { 'x-signature': 'abc', 'content-length': '3' },
		query: { call_id: 'x', count: '2' },
		body: Buffer.from('a=1'),
	});
});

it.each([
	['/webhook/1/report', WEBHOOK, ''],
	['/webhook/1/report?', `${WEBHOOK}?`, ''],
	['/webhook/1/report?a=1?b=2\n', `${WEBHOOK}?a=1?b=2\n`, ''],
	['/webhook/1/report/events/call', `${WEBHOOK}/events/call`, 'events/call'],
	['/proxy/webhook/1/report/ping?x', `${WEBHOOK}/ping?x`, 'ping'],
	[undefined, WEBHOOK, ''],
])('of %j goes to %j', (originalUrl, url, path) => {
	expect(asked(originalUrl)).toMatchObject({ url, path });
});

it('is a GET or a POST, may have no body, and no public address', () => {
	expect(asked('/report', { method: 'GET', rawBody: undefined })).toMatchObject({
		method: 'GET',
		body: Buffer.alloc(0),
	});
	expect(asked('/report', { method: 'PUT' })?.method).toBe('POST');
	expect(asked('/report?a', {}, null)?.url).toBe('?a');
});

it('has a body of one megabyte at most', () => {
	expect(asked('/report', { rawBody: Buffer.alloc(1_048_576) })?.body).toHaveLength(1_048_576);
	expect(asked('/report', { rawBody: Buffer.alloc(1_048_577) })).toBeUndefined();
});
