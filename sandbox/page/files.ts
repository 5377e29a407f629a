import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const ROOT = join(__dirname, 'public');

/** The modules that the import map of index.html names, below `/page/lib/`. They are used as npm ships them. */
const MODULES: Readonly<Record<string, string>> = {
	'preact.mjs': require.resolve('preact'),
	'hooks.mjs': require.resolve('preact/hooks'),
	'htm.mjs': join(dirname(require.resolve('htm')), 'htm.mjs'),
	'htm-preact.mjs': join(dirname(require.resolve('htm/preact')), 'index.mjs'),
};

/**
 * Serves the page itself at `/`, its files under `/page/` and the modules that it imports under `/page/lib/`. Files are
 * read at each request, so an edited file shows after a reload.
 */
export async function addFiles(app: FastifyInstance): Promise<void> {
	const policy = policyFor(await readFile(join(ROOT, 'index.html'), 'utf8'));
	await app.register(fastifyStatic, {
		root: ROOT,
		prefix: '/page/',
		index: false,
		cacheControl: false,
		setHeaders: (response) => {
			response.setHeader('content-security-policy', policy);
			response.setHeader('cache-control', 'no-cache');
			response.setHeader('x-content-type-options', 'nosniff');
		},
	});
	app.get('/', (_request, reply) => reply.sendFile('index.html', ROOT));
	for (const [name, file] of Object.entries(MODULES))
		app.get(`/page/lib/${name}`, (_request, reply) => reply.sendFile(basename(file), dirname(file)));
}

/**
 * What the browser may load: this server alone. Nothing of the data can run as a script, whatever a caller puts into a
 * name or a transcript. Browsers take an import map only from the page itself, so its hash is let in.
 */
function policyFor(page: string): string {
	const map = /<script type="importmap">([^]*?)<\/script>/.exec(page)?.[1] ?? '';
	// A browser reads line ends of Windows as a plain line feed before it takes the hash.
	const hash = createHash('sha256').update(map.replaceAll('\r\n', '\n')).digest('base64');
	return `default-src 'self'; script-src 'self' 'sha256-${hash}'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;
}
