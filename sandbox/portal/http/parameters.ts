import { parseForm } from '../php/form';
import { parseJsonBody } from '../php/json';
import { emptyMap, type PhpMap } from '../php/values';
import type { RawRequest } from './raw';

/** A file of a multipart body. */
export interface UploadedFile {
	field: string;
	name: string;
	contentType: string;
	content: Buffer;
}

/** What a request carries. */
export interface Parameters {
	/** Query string and body merged; the body wins. */
	all: PhpMap;
	files: UploadedFile[];
}

/**
 * Reads the parameters of a request as the portal's component does: query and body are merged and the body wins; JSON
 * counts only in a POST without form fields; broken JSON gives no parameters; another type is read as a query string;
 * the body of PUT and the like is not read. [S rest.server/component.php]
 */
export async function readParameters(request: RawRequest): Promise<Parameters> {
	const query = parseForm(request.query);
	const { fields, files } = request.method === 'POST' ? await readBody(request) : { fields: emptyMap(), files: [] };
	return { all: Object.assign(emptyMap(), query, fields), files };
}

/** The parameters of a request without those of a multipart body, which takes time to read. */
export function readTexts({ method, query, contentType, body }: RawRequest): PhpMap {
	const isRead = method === 'POST' && contentType !== 'multipart/form-data';
	return Object.assign(emptyMap(), parseForm(query), isRead ? readTextBody(contentType, body) : {});
}

function readTextBody(contentType: string, body: Buffer): PhpMap {
	return contentType === 'application/json' ? parseJsonBody(body) : parseForm(body.toString('utf8'));
}

async function readBody(request: RawRequest): Promise<{ fields: PhpMap; files: UploadedFile[] }> {
	if (request.contentType === 'multipart/form-data') return readMultipart(request);
	return { fields: readTextBody(request.contentType, request.body), files: [] };
}

async function readMultipart(request: RawRequest): Promise<{ fields: PhpMap; files: UploadedFile[] }> {
	try {
		const form = await new Response(new Uint8Array(request.body), {
			headers: { 'content-type': request.contentTypeHeader },
		}).formData();
		const texts: string[] = [];
		const files: UploadedFile[] = [];
		const parts: [string, FormDataEntryValue][] = [];
		form.forEach((value, field) => parts.push([field, value]));
		for (const [field, value] of parts) {
			if (typeof value === 'string') texts.push(`${encodeURIComponent(field)}=${encodeURIComponent(value)}`);
			else
				files.push({
					field,
					name: value.name,
					contentType: value.type,
					content: Buffer.from(await value.arrayBuffer()),
				});
		}
		return { fields: parseForm(texts.join('&')), files };
	} catch {
		return { fields: emptyMap(), files: [] };
	}
}
