import type { FastifyInstance } from 'fastify';

/** A wish of the person at the page that cannot be granted, in words for him. */
export class WishError extends Error {}

/** Body of a wish, read field by field. */
export class Wish {
	constructor(private readonly body: Readonly<Record<string, unknown>>) {}

	/** @throws WishError when the field is missing or no number */
	number(name: string): number {
		const value = this.optionalNumber(name);
		if (value === undefined) throw new WishError(`${name} is missing`);
		return value;
	}

	optionalNumber(name: string): number | undefined {
		const value = this.body[name];
		if (value === undefined || value === null || value === '') return undefined;
		const number = Number(value);
		if (!Number.isFinite(number)) throw new WishError(`${name} is no number`);
		return number;
	}

	/** @throws WishError when the field is missing or empty */
	text(name: string): string {
		const value = this.optionalText(name);
		if (!value) throw new WishError(`${name} is missing`);
		return value;
	}

	optionalText(name: string): string | undefined {
		const value = this.body[name];
		return typeof value === 'string' ? value.trim() : undefined;
	}

	optionalFlag(name: string): boolean | undefined {
		const value = this.body[name];
		return typeof value === 'boolean' ? value : undefined;
	}
}

/** What the page can ask for, by name. */
export type Wishes = Readonly<Record<string, (wish: Wish) => unknown>>;

/** Adds `POST /page/do/<name>`: 200 with what the wish returned, 400 with `{message}` when it cannot be granted. */
export function addWishes(app: FastifyInstance, wishes: Wishes): void {
	app.post<{ Params: { name: string } }>('/page/do/:name', async (request, reply) => {
		const grant = Object.hasOwn(wishes, request.params.name) ? wishes[request.params.name] : undefined;
		if (!grant) return reply.code(404).send({ message: `The page cannot ask for ${request.params.name}` });
		const body = readBody(request.body);
		try {
			return reply.send((await grant(new Wish(body))) ?? {});
		} catch (error) {
			return reply.code(400).send({ message: error instanceof Error ? error.message : String(error) });
		}
	});
}

/** The portal reads bodies in its own, PHP-like way and may hand over text; the page always sends JSON. */
function readBody(body: unknown): Record<string, unknown> {
	const value: unknown = typeof body === 'string' || Buffer.isBuffer(body) ? JSON.parse(String(body) || '{}') : body;
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
