import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/**
 * What the browser may load: this server alone. Nothing of the data can run as a script, whatever a caller puts into a
 * name or a transcript.
 */
const POLICY =
	"default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Serves the page itself at `/` and its files under `/page/`. Each file gets its own route, so no request can name a
 * file outside; reading happens at each request, so an edited file shows after a reload.
 */
export async function addFiles(app: FastifyInstance): Promise<void> {
	const root = join(__dirname, 'public');
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	for (const entry of entries.filter((one) => one.isFile())) {
		const file = join(entry.parentPath, entry.name);
		const path = file.slice(root.length).replaceAll('\\', '/');
		app.get(path === '/index.html' ? '/' : `/page${path}`, async (_request, reply) => {
			reply.headers({
				'content-security-policy': POLICY,
				'cache-control': 'no-cache',
				'x-content-type-options': 'nosniff',
			});
			return reply.type(TYPES[extname(file)] ?? 'application/octet-stream').send(await readFile(file));
		});
	}
}
