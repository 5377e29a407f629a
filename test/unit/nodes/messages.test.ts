import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { HINT_ROWS } from '../../../bitrix24/hintRows';
import { hintFor, safetyOf } from '../../../bitrix24/hints';
import type { Failure } from '../../../bitrix24/failure';

const root = join(__dirname, '../../..');

/** A text that a user may read, and where it stands. */
type Message = [text: string, place: string];

const KINDS = ['headlines', 'advice', 'whole', 'notes', 'said'] as const;

/**
 * - `headlines`: what went wrong, in one line above.
 * - `advice`: what to do about it, in sentences below.
 * - `whole`: both in one, where n8n shows nothing else.
 * - `notes`: what is said beside a result.
 * - `said`: every text of four words and more, whatever it is for.
 */
type Messages = Record<(typeof KINDS)[number], Message[]>;
type Kind = keyof Messages;

const files = ['nodes', 'bitrix24', 'pbx']
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
	)
	.filter((file) => file.endsWith('.ts'));
const sources = files.map((file) =>
	ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
);

/** What constants stand for, by file and name; those of other files by name alone. */
const constants = new Map<string, ts.Expression>();
for (const source of sources)
	source.forEachChild((statement) => {
		if (!ts.isVariableStatement(statement)) return;
		for (const { name, initializer } of statement.declarationList.declarations) {
			if (!initializer) continue;
			constants.set(`${source.fileName} ${name.getText()}`, initializer);
			constants.set(name.getText(), initializer);
		}
	});

/** What a name stands for; the expression itself where that is not known. */
function meant(node: ts.Expression): ts.Expression {
	if (ts.isIdentifier(node))
		return constants.get(`${node.getSourceFile().fileName} ${node.text}`) ?? constants.get(node.text) ?? node;
	if (!ts.isPropertyAccessExpression(node)) return node;
	const object = meant(node.expression);
	return (ts.isObjectLiteralExpression(object) ? partOf(object, node.name.text) : undefined) ?? node;
}

function partOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	const property = node.properties.find((one) => one.name?.getText() === name);
	return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** The text of an expression, with dots for what is filled in; undefined for anything but a text. */
function textOf(given: ts.Expression | undefined): string | undefined {
	const node = given && meant(given);
	if (!node) return undefined;
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
	if (!ts.isBinaryExpression(node)) return undefined;
	const [left, right] = [textOf(node.left), textOf(node.right)];
	return left === undefined || right === undefined ? undefined : left + right;
}

/** Every text that an expression may give: branches of a choice, entries of a list, or the text itself. */
function textsOf(node: ts.Expression | undefined): string[] {
	if (!node) return [];
	if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
	if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsOf);
	if (ts.isSpreadElement(node) || ts.isParenthesizedExpression(node)) return textsOf(node.expression);
	return [textOf(node) ?? []].flat();
}

/** Which arguments of a call are texts, by the end of its name. */
const CALLS: [name: RegExp, texts: Partial<Record<Kind, number>>][] = [
	[/\.refuse$/, { headlines: 0, advice: 1 }],
	[/^itemError$/, { headlines: 1, advice: 2 }],
	[/^good$/, { headlines: 1 }],
	[/^(problem|warning)$/, { headlines: 1, advice: 2 }],
	[/^activationError$/, { whole: 2 }],
	[/^reader\.warn$/, { headlines: 0 }],
	[/^reader\.hint$/, { notes: 0 }],
	[/^UserError$/, { whole: 0 }],
];

/** Which properties of an object are texts. */
const PARTS: Record<string, Kind> = {
	warnings: 'headlines',
	wrong: 'headlines',
	silent: 'headlines',
	reason: 'headlines',
	REASON: 'headlines',
	hints: 'notes',
};

type Add = (kind: Kind, node: ts.Expression | undefined) => void;

function collect(): Messages {
	const found: Messages = { headlines: [], advice: [], whole: [], notes: [], said: [] };
	for (const source of sources) {
		const add: Add = (kind, node) => {
			for (const text of textsOf(node)) {
				const { line } = source.getLineAndCharacterOfPosition(node?.getStart() ?? 0);
				found[kind].push([text, `${source.fileName}:${line + 1}`]);
			}
		};
		const visit = (node: ts.Node): void => {
			if (ts.isCallExpression(node) || ts.isNewExpression(node)) addCall(node, add);
			else if (ts.isObjectLiteralExpression(node)) addObject(node, add);
			else if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && isSaid(node)) add('said', node);
			node.forEachChild(visit);
		};
		visit(source);
	}
	return found;
}

function addCall(call: ts.CallExpression | ts.NewExpression, add: Add): void {
	const { expression, arguments: given } = call;
	if (!given) return;
	const name = expression.getText();
	const [, texts = {}] = CALLS.find(([end]) => end.test(name)) ?? [];
	for (const kind of KINDS) if (texts[kind] !== undefined) add(kind, given[texts[kind]]);
	if (name !== 'NodeOperationError') return;
	const [, message, more] = given;
	add(more ? 'headlines' : 'whole', message);
	if (more && ts.isObjectLiteralExpression(more)) add('advice', partOf(more, 'description'));
}

/** A refusal, a failure, or what is said beside a result. */
function addObject(node: ts.ObjectLiteralExpression, add: Add): void {
	const part = (name: string): ts.Expression | undefined => partOf(node, name);
	if (part('refused') && part('hint')) {
		add('headlines', part('refused'));
		add('advice', part('hint'));
	}
	const text = part('text');
	if (part('kind') && part('status') && textOf(text) !== '') add('headlines', text);
	// Triggers put such texts into sentences of theirs.
	if (node.getSourceFile().fileName.includes('Trigger/')) return;
	for (const [name, kind] of Object.entries(PARTS)) add(kind, part(name));
}

/** Words of others: compared with, or looked for; and names of fields. */
const FOREIGN = /^(texts|codes|displayName)$|\.(startsWith|includes|test|exec|replace)$/;

function isSaid(node: ts.StringLiteralLike | ts.TemplateExpression): boolean {
	for (let above: ts.Node = node.parent; !ts.isStatement(above); above = above.parent) {
		const name = ts.isCallExpression(above)
			? above.expression.getText()
			: ts.isPropertyAssignment(above)
				? above.name.getText()
				: '';
		if (FOREIGN.test(name)) return false;
	}
	const text = textOf(node) ?? '';
	return /\S+ \S+ \S+ \S+/.test(text) && !/^=?[{(]|=>/.test(text);
}

const { headlines, advice, whole, notes, said } = collect();
const hints = HINT_ROWS.flatMap(({ hint, read, repeatable }) => [hint, read ?? [], repeatable ?? []].flat());
const failure = (given: Partial<Failure>): Failure => ({
	kind: 'refused',
	status: 400,
	code: '',
	text: '',
	method: '',
	...given,
});

/** What only a programmer would say. */
const JARGON =
	/\b(idempoten\w*|payload|decod\w*|pars(e|ed|er|ing)|stack ?trace|null|undefined|NaN|exception|boolean|regexp?|enum|timeout|timed out|endpoint|socket|serializ\w*|instance of)\b/i;

/** Words that n8n wants in no message (UX guidelines, errors); its own “error output” is named so. */
const PAINFUL = /\b(error(?! output)|problem|failure|mistake)s?\b/i;

/** Names of Bitrix24's methods: what they do stands in the operations. Scopes and features look otherwise. */
const METHOD = /\b(telephony|voximplant|crm|user|event|app)\.[a-z]+/i;

it('finds the messages', () => {
	expect(headlines.length).toBeGreaterThan(90);
	expect(advice.length).toBeGreaterThan(70);
	expect(whole.length).toBeGreaterThan(15);
	expect(notes.length).toBeGreaterThan(5);
	expect(said.length).toBeGreaterThan(400);
	const places = [...headlines, ...advice, ...whole, ...notes].map(([, place]) => place).join();
	for (const part of [
		'operations/call',
		'operations/setup',
		'fields/',
		'reports/',
		'job.ts',
		'Trigger/offline',
		'common/',
	])
		expect(places).toContain(part);
});

it.each(headlines)('“%s” is one line without a full stop (%s)', (text) => {
	expect(text).not.toMatch(/[.!\n]$|\n/);
	expect(text.length).toBeLessThanOrEqual(200);
	expect(text).not.toMatch(JARGON);
	expect(text).toMatch(/[a-z]{3}|…/);
});

it.each([...advice, ...whole, ...hints.map((hint): Message => [hint, 'hints'])])('“%s” is a sentence (%s)', (text) => {
	expect(text).toMatch(/[.?…]$/);
	expect(text).not.toMatch(JARGON);
});

it.each(notes)('“%s” ends as n8n’s hints do (%s)', (text) => {
	const isOne = !/[.!?]\s/.test(text);
	expect(text).toMatch(isOne ? /[^.]$/ : /[.?…]$/);
});

it.each(said)('“%s” is for people (%s)', (text) => {
	expect(text).not.toMatch(JARGON);
	expect(text).not.toMatch(PAINFUL);
	expect(text).not.toMatch(METHOD);
	expect(text).not.toMatch(/ {2}| \.(\s|$)|\.\.(?!\.)/);
});

describe('after the advice stands what is safe now', () => {
	const SAFE = 'Nothing was changed in Bitrix24, so it is safe to run this again.';

	it.each<[string, Partial<Failure>]>([
		['a refusal', { code: 'ERROR_CORE', text: 'User is not found or is not active' }],
		['a limit', { kind: 'limited', status: 503, code: 'QUERY_LIMIT_EXCEEDED' }],
		['a dead connection', { kind: 'credential', status: 401, code: 'expired_token' }],
		['a portal that is not there', { kind: 'unreachable', status: 0 }],
	])('of %s', (_, given) => {
		expect(safetyOf(failure(given), false)).toBe(SAFE);
		expect(safetyOf(failure(given), true)).toBe('This request changed nothing.');
	});

	it.each<[string, Partial<Failure>]>([
		['a lost answer', { kind: 'unknown', status: 0 }],
		['a fault of the portal', { status: 500, code: 'INTERNAL_SERVER_ERROR' }],
		['a fault of its database', { code: 'ERROR_CORE', text: 'DB error' }],
		['a refusal that nobody knows, with the status of a fault', { status: 500, code: 'NEW' }],
		[
			'a file that could not be read',
			{ kind: 'file', status: 0, text: 'The file could not be read: n8n no longer has it' },
		],
		['a stop', { kind: 'cancelled', status: 0 }],
		// The call is saved before its address is looked at (contract, errors of finish).
		['a broken address of a recording', { text: 'RECORD_URL contains invalid symbols for UTF-8 encoding' }],
	])('unless the advice says it, as that of %s does', (_, given) => {
		expect(safetyOf(failure(given), false)).toBe('');
		expect(hintFor(failure(given))).not.toBe('');
	});
});
