import { asMap, parseForm } from '../php/form';
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

async function readBody(request: RawRequest): Promise<{ fields: PhpMap; files: UploadedFile[] }> {
	switch (request.contentType) {
		case 'application/json':
			return { fields: parseJsonBody(request.body), files: [] };
		case 'multipart/form-data':
			return readMultipart(request);
		default:
			return { fields: asMap(parseForm(request.body.toString('utf8'))), files: [] };
	}
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
