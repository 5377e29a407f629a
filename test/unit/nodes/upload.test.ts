import { Readable } from 'node:stream';
import type { OpenFile } from '../../../bitrix24/plan';
import type { IAllExecuteFunctions } from 'n8n-workflow';
import { uploadWith } from '../../../nodes/common/upload';

interface Sent {
	body: AsyncIterable<Uint8Array> | Uint8Array;
	headers: Record<string, string>;
}

/** n8n's helper, which answers with these statuses in turn and reads every body to its end. */
function n8nAnswering(...statuses: number[]) {
	const bodies: Buffer[] = [];
	const lengths: string[] = [];
	const httpRequestWithAuthentication = async (_type: string, { body, headers }: Sent) => {
		const parts: Uint8Array[] = [];
		if (body instanceof Uint8Array) parts.push(body);
		else for await (const part of body) parts.push(part);
		bodies.push(Buffer.concat(parts));
		lengths.push(headers['content-length'] ?? '');
		const status = statuses[bodies.length - 1] ?? 500;
		if (status >= 400)
			throw Object.assign(new Error('refused'), {
				httpCode: String(status),
				context: { data: { error: 'expired_token' } },
			});
		return { statusCode: status, body: { result: { FILE_ID: 7 } } };
	};
	return {
		context: { helpers: { httpRequestWithAuthentication } } as unknown as IAllExecuteFunctions,
		bodies,
		lengths,
	};
}

const content = Buffer.from('RIFF and some sound');
const asStream = (): OpenFile => ({
	size: content.length,
	content: Readable.from([content.subarray(0, 5), content.subarray(5)]),
});
const asBuffer = (): OpenFile => ({ size: content.length, content });
const request = (open: () => OpenFile) => ({
	url: 'https://p/upload',
	fieldName: 'file',
	file: { name: 'a.wav', contentType: 'audio/wav', open: () => Promise.resolve(open()) },
});

it.each([
	['a stream', asStream],
	['a buffer', asBuffer],
])('sends %s whole, as one part with its length', async (_name, open) => {
	const { context, bodies, lengths } = n8nAnswering(200);
	expect(await uploadWith(context, 'c', request(open))).toEqual({ status: 200, body: { result: { FILE_ID: 7 } } });
	const [body = Buffer.alloc(0)] = bodies;
	expect(lengths).toEqual([String(body.length)]);
	expect(body.toString()).toMatch(
		/^------n8n\w{32}\r\nContent-Disposition: form-data; name="file"; filename="a\.wav"\r\nContent-Type: audio\/wav\r\n\r\nRIFF and some sound\r\n------n8n\w{32}--\r\n$/,
	);
});

it('says that its token had expired; whoever sends it asks for a new address then', async () => {
	const { context, bodies } = n8nAnswering(401, 200);
	expect(await uploadWith(context, 'c', request(asStream))).toMatchObject({
		status: 401,
		body: { error: 'expired_token' },
	});
	expect(bodies).toHaveLength(1);
});

it('sends no token beside the one in the address, and takes any answer', async () => {
	const asked: Record<string, unknown>[] = [];
	const helpers = {
		httpRequest: async (options: Record<string, unknown>) =>
			await Promise.resolve(asked.push(options) && { statusCode: 401, body: { error: 'expired_token' } }),
	};
	const url = 'https://p/upload?auth=t&token=x';
	expect(await uploadWith({ helpers } as unknown as IAllExecuteFunctions, 'c', { ...request(asBuffer), url })).toEqual({
		status: 401,
		body: { error: 'expired_token' },
	});
	expect(asked).toMatchObject([{ url, ignoreHttpStatusErrors: true, disableFollowRedirect: true }]);
	expect(JSON.stringify(asked[0]?.headers)).not.toContain('uthorization');
});

it('posts to the address, follows no redirect, and gives a long recording an hour', async () => {
	const asked: Record<string, unknown>[] = [];
	const answering = async (_type: string, options: Record<string, unknown>) =>
		await Promise.resolve(asked.push(options) && { statusCode: 200, body: {} });
	await uploadWith(
		{ helpers: { httpRequestWithAuthentication: answering } } as unknown as IAllExecuteFunctions,
		'c',
		request(asBuffer),
	);
	const [{ body, headers, ...options } = {}] = asked;
	expect(options).toEqual({
		method: 'POST',
		url: 'https://p/upload',
		json: true,
		timeout: 3_600_000,
		returnFullResponse: true,
		disableFollowRedirect: true,
	});
	const boundary = (body as Buffer).toString().split('\r\n')[0]?.slice(2) ?? '';
	expect(headers).toMatchObject({ 'content-type': `multipart/form-data; boundary=${boundary}` });
});

it('sends nothing of a file that cannot be opened', async () => {
	const { context, bodies } = n8nAnswering(200);
	const gone = (): OpenFile => {
		throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
	};
	const file = { name: 'a.wav', contentType: 'audio/wav', open: async () => await Promise.resolve().then(gone) };
	expect(await uploadWith(context, 'c', { url: 'https://p/upload', fieldName: 'file', file })).toEqual({
		status: 0,
		reason: 'file',
		text: 'The file could not be read: n8n no longer has it',
		code: '',
	});
	expect(bodies).toEqual([]);
});
