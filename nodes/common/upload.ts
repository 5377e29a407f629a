import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import type { HttpAnswer, NoAnswer, UploadRequest } from '../../bitrix24/http';
import type { FileSource, OpenFile } from '../../bitrix24/plan';
import { answerOf } from './answer';
import { readError, readFileError } from './requestError';

/** An hour: a long recording over a slow line. The portal ends what it dislikes sooner. */
const TIMEOUT = 3_600_000;

/**
 * Sends a file as multipart, as a stream: memory stays flat whatever its size. It goes with the token in the place of
 * the call that named the address: an address that holds `auth` suffices, and a header beside it would not fit its
 * signature.
 *
 * @returns the answer. n8n renews the token on status 401 but does not repeat a stream (seen on n8n 2.41.1).
 */
export async function uploadWith(
	caller: IAllExecuteFunctions,
	credential: string,
	{ url, fieldName, file }: UploadRequest,
): Promise<HttpAnswer> {
	const boundary = `----n8n${randomBytes(16).toString('hex')}`;
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="${fieldName}"; filename="${file.name}"\r\nContent-Type: ${file.contentType}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const opened = await open(file);
	if ('reason' in opened) return opened;
	const { size, content } = opened;
	try {
		const options: IHttpRequestOptions = {
			method: 'POST',
			url,
			body: around(head, content, tail),
			headers: {
				'content-type': `multipart/form-data; boundary=${boundary}`,
				'content-length': String(head.length + size + tail.length),
			},
			json: true,
			timeout: TIMEOUT,
			returnFullResponse: true,
			disableFollowRedirect: true,
		};
		const sent = new URL(url).searchParams.has('auth')
			? caller.helpers.httpRequest({ ...options, ignoreHttpStatusErrors: true })
			: caller.helpers.httpRequestWithAuthentication.call(caller, credential, options);
		return answerOf(await sent);
	} catch (error) {
		return readError(error);
	}
}

async function open(file: FileSource): Promise<OpenFile | NoAnswer> {
	try {
		return await file.open();
	} catch (error) {
		return readFileError(error);
	}
}

/** A stream's own class makes the new one, because nodes of n8n may not import `stream`. */
function around(
	head: Buffer,
	content: Uint8Array | AsyncIterable<Uint8Array>,
	tail: Buffer,
): Uint8Array | AsyncIterable<Uint8Array> {
	if (content instanceof Uint8Array) return Buffer.concat([head, content, tail]);
	const { from } = content.constructor as unknown as {
		from: (parts: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
	};
	return from(joined(head, content, tail));
}

async function* joined(head: Buffer, content: AsyncIterable<Uint8Array>, tail: Buffer): AsyncGenerator<Uint8Array> {
	yield head;
	yield* content;
	yield tail;
}
