import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Where the files for Docker are. */
export const DOCKER = join(__dirname, '../../examples/docker');

/** What the tests look at of a service of Docker Compose. */
export interface Service {
	image: string;
	command?: string;
	environment?: Record<string, string | number>;
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[] };
}

/** Names of variables that a text asks for, as `${NAME}`, `${NAME:-otherwise}` or `${NAME:?why}`. */
export function variables(text: string): string[] {
	return [...new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name))];
}

/**
 * The services of `compose.yml`, with variables filled in as Docker Compose does.
 * @throws Error of a variable that must be given and is not
 */
export function readServices(given: Record<string, string>): Record<string, Service> {
	const text = readFileSync(join(DOCKER, 'compose.yml'), 'utf8').replace(
		/\$\{(\w+)(?:(:[-?])([^}]*))?\}/g,
		(_all, name: string, kind: string | undefined, rest: string | undefined) => {
			const value = given[name] ?? (kind === ':-' ? rest : undefined);
			if (value === undefined && kind === ':?') throw new Error(`${name} is missing`);
			return value ?? '';
		},
	);
	const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
	return services;
}
