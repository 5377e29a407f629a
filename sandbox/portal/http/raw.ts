import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request as it came in, before anybody has made sense of it. */
export interface RawRequest {
	method: string;
	/** Path without the query string, percent-decoded. */
	path: string;
	query: string;
	headers: FastifyRequest['headers'];
	/** Lower-cased media type without parameters. */
	contentType: string;
	/** Whole content-type header, for the boundary of multipart bodies. */
	contentTypeHeader: string;
	body: Buffer;
	/** Address of the sender. */
	source: string;
}

/** Content types as they were sent. */
const contentTypes = new WeakMap<FastifyRequest, string>();
/** Bytes; recordings come as base64 text or as files. */
const BODY_LIMIT = 1024 * 1024 * 1024;

/**
 * Makes a server scope hand over bodies untouched, whatever their content type says. Fastify would refuse unknown and
 * malformed types; the portal never does.
 */
export function acceptAnyBody(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
		done(null, body),
	);
	app.addHook('onRequest', async (request) => {
		contentTypes.set(request, request.raw.headers['content-type'] ?? '');
		request.raw.headers['content-type'] = 'application/octet-stream';
	});
}

/** Reads a request of such a scope. */
export function rawRequest(request: FastifyRequest): RawRequest {
	const url = request.raw.url ?? '/';
	const mark = url.indexOf('?');
	const header = contentTypes.get(request) ?? '';
	return {
		method: request.method,
		path: decodePath(mark < 0 ? url : url.slice(0, mark)),
		query: mark < 0 ? '' : url.slice(mark + 1),
		headers: request.headers,
		contentType: (header.split(';')[0] ?? '').trim().toLowerCase(),
		contentTypeHeader: header,
		body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
		source: request.ip,
	};
}

function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
