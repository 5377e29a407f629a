import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What another server answered. */
export interface Reply {
	status: number;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** What to send, and when to give up. */
export interface Sending {
	method: 'GET' | 'POST';
	headers?: Record<string, string>;
	body?: string;
	/** Milliseconds without an answer after which the connection is cut. */
	timeout: number;
	signal: AbortSignal;
	/** Longest answer that is kept, in bytes. */
	limit: number;
}

/**
 * Sends one HTTP request over a connection of its own, which is closed afterwards. Redirects are not followed; a
 * certificate is not checked. [S attachRecord]
 * @throws Error when there is no answer
 */
export function send(url: string, sending: Sending): Promise<Reply> {
	return new Promise((resolve, reject) => {
		const target = new URL(url);
		const open = target.protocol === 'https:' ? httpsRequest : httpRequest;
		const request = open(
			target,
			{
				method: sending.method,
				agent: false,
				signal: sending.signal,
				rejectUnauthorized: false,
				headers: {
					...sending.headers,
					...(sending.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sending.body)) }),
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				let size = 0;
				response.on('data', (chunk: Buffer) => {
					size += chunk.length;
					if (size <= sending.limit) chunks.push(chunk);
				});
				response.on('end', () =>
					resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
				);
				response.on('error', reject);
			},
		);
		request.setTimeout(sending.timeout, () => request.destroy(new Error('No answer in time')));
		request.on('error', reject);
		request.end(sending.body);
	});
}
