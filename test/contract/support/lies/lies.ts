import type { Run } from '../../../../check/question';
import { ask } from '../../../../check/ask';
import type { Row } from '../../../../check/report/row';
import type { Answer, Send } from '../../../../check/wire';
import type { Recorded } from './record';

/** Something that is not so, put into an answer. */
export interface Lie {
	/** Number of the answer; -1 is the answer to the code, -2 the address that brought it. */
	readonly which: number;
	readonly text: string;
	readonly tell: (answer: Answer) => Answer;
}

/** Values of every kind, none of which a portal would give. */
const VALUES: readonly unknown[] = [
	'a lie',
	'0a0b0c0d',
	'',
	7,
	7.5,
	-1,
	true,
	false,
	null,
	{ lie: 1 },
	{},
	['a lie'],
	[],
];

/**
 * Every lie about an answer: another status, and at every place of its body another value, no value, or a value too
 * many.
 * @param wanted places that a fact looks at, whether or not the answer has them
 */
function liesAbout(answer: Answer, which: number, wanted: readonly string[]): Lie[] {
	const lies: Lie[] = [
		...[200, 201, 400, 401, 418]
			.filter((status) => status !== answer.status)
			.map((status) => ({ which, text: `status ${status}`, tell: (told: Answer) => ({ ...told, status }) })),
		{ which, text: 'type of content', tell: (told) => ({ ...told, contentType: 'text/html' }) },
	];
	for (const path of [...places(answer.body), ...wanted.map((place) => place.replaceAll('[]', '.0').split('.'))]) {
		for (const value of VALUES)
			lies.push({
				which,
				text: `${path.join('.')} = ${JSON.stringify(value)}`,
				tell: (told) => ({ ...told, body: changed(told.body, path, value) }),
			});
		lies.push({
			which,
			text: `no ${path.join('.')}`,
			tell: (told) => ({ ...told, body: changed(told.body, path, undefined) }),
		});
	}
	// A key that every failure has, and one that none has.
	for (const [name, value] of [
		['error', 'LIE'],
		['error_description', 'A lie'],
		['argument', 'LIE'],
		['time', {}],
		['total', 1],
		['next', 1],
		['token_type', 'bearer'],
	] as const) {
		lies.push({ which, text: `with ${name}`, tell: (told) => ({ ...told, body: { ...told.body, [name]: value } }) });
	}
	return lies;
}

/** Asks a recorded question again with a lie in its answers. */
export function askAgain({ question, run, answers }: Recorded, lie?: Lie): Promise<Row[]> {
	let next = 0;
	const replay: Send = () => {
		const which = Math.min(next, answers.length - 1);
		next += 1;
		const answer = answers[which];
		if (!answer) throw new Error('The question was not answered');
		return Promise.resolve(lie?.which === which ? lie.tell(answer) : answer);
	};
	return ask(question, {
		...run,
		notes: new Map(run.notes),
		portal: run.portal.through(replay),
		...connectionOf(run, replay, lie),
	});
}

/** Every lie about what a question hears, the answers of connecting included. */
export function allLies({ run, answers }: Recorded, wanted: readonly string[]): Lie[] {
	const exchange = run.connection?.exchange;
	return [
		...answers.flatMap((answer, which) => liesAbout(answer, which, wanted)),
		...(exchange
			? [
					...liesAbout(exchange.answer, -1, []),
					...liesAbout(asAnswer(exchange.redirect), -2, []),
					{ which: -3, text: 'by GET', tell: (answer: Answer) => answer },
				]
			: []),
	];
}

const asAnswer = (body: Readonly<Record<string, unknown>>): Answer => ({ status: 200, contentType: '', body });

function connectionOf({ connection }: Run, replay: Send, lie: Lie | undefined): Pick<Run, 'connection'> {
	if (connection === undefined) return {};
	const server = connection.server.through(replay);
	if (!connection.exchange) return { connection: { ...connection, server } };
	const { answer, redirect, verb, ...exchange } = connection.exchange;
	return {
		connection: {
			...connection,
			server,
			exchange: {
				...exchange,
				verb: lie?.which === -3 ? 'GET' : verb,
				answer: lie?.which === -1 ? lie.tell(answer) : answer,
				redirect: lie?.which === -2 ? (lie.tell(asAnswer(redirect)).body as Record<string, string>) : redirect,
			},
			tokens:
				lie?.which === -1
					? { access: String(lie.tell(answer).body.access_token), refresh: String(lie.tell(answer).body.refresh_token) }
					: connection.tokens,
		},
	};
}

/** Places in a body; of a list the first two rows. */
function places(value: unknown, path: readonly string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [];
	const entries = Array.isArray(value) ? [...value.slice(0, 2).entries()] : Object.entries(value);
	const below = entries.flatMap(([key, child]) => [[...path, String(key)], ...places(child, [...path, String(key)])]);
	return Array.isArray(value) ? below : [...below, [...path, 'lie']];
}

/** A copy of a body with another value at one place; undefined takes it away. */
function changed<Body>(body: Body, path: readonly string[], value: unknown): Body {
	const copy = structuredClone(body);
	let parent: unknown = copy;
	for (const key of path.slice(0, -1)) {
		const child: unknown = Reflect.get(parent as object, key);
		if (typeof child !== 'object' || child === null) Reflect.set(parent as object, key, {});
		parent = Reflect.get(parent as object, key);
	}
	const last = path.at(-1) ?? '';
	if (value === undefined) Reflect.deleteProperty(parent as object, last);
	else Reflect.set(parent as object, last, value);
	return copy;
}
