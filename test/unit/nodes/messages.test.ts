import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { HINT_ROWS } from '../../../bitrix24/hintRows';
import { hintFor, safetyOf } from '../../../bitrix24/hints';
import type { Failure } from '../../../bitrix24/failure';

const root = join(__dirname, '../../..');

/** A text that a user may read, and where it stands. */
type Message = [text: string, place: string];

/** What went wrong, in one line above; and what to do about it, in sentences below. */
interface Messages {
	headlines: Message[];
	advice: Message[];
	/** Both in one, where n8n shows nothing else. */
	whole: Message[];
}

/** The text of an expression, with dots for what is filled in; undefined for anything but a text. */
function textOf(node: ts.Node | undefined): string | undefined {
	if (!node) return undefined;
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node))
		return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
	if (!ts.isBinaryExpression(node)) return undefined;
	const [left, right] = [textOf(node.left), textOf(node.right)];
	return left === undefined || right === undefined ? undefined : left + right;
}

/** Both branches of a choice, or the text itself. */
function textsOf(node: ts.Node | undefined): string[] {
	if (node && ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
	return [textOf(node) ?? []].flat();
}

function collect(): Messages {
	const found: Messages = { headlines: [], advice: [], whole: [] };
	const files = ['nodes', 'bitrix24', 'pbx'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
	);
	for (const file of files.filter((one) => one.endsWith('.ts'))) {
		const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
		const add = (kind: keyof Messages, node: ts.Node | undefined): void => {
			for (const text of textsOf(node)) {
				const { line } = source.getLineAndCharacterOfPosition(node?.getStart() ?? 0);
				found[kind].push([text, `${file}:${line + 1}`]);
			}
		};
		const visit = (node: ts.Node): void => {
			if (ts.isCallExpression(node)) addCall(node, add);
			else if (ts.isNewExpression(node) && node.expression.getText() === 'UserError') add('whole', node.arguments?.[0]);
			else if (ts.isObjectLiteralExpression(node)) addObject(node, add);
			node.forEachChild(visit);
		};
		visit(source);
	}
	return found;
}

type Add = (kind: keyof Messages, node: ts.Node | undefined) => void;

function addCall({ expression, arguments: given }: ts.CallExpression, add: Add): void {
	const name = expression.getText();
	const first = name.endsWith('.refuse') ? 0 : name === 'itemError' ? 1 : undefined;
	if (first === undefined) return;
	add('headlines', given[first]);
	add('advice', given[first + 1]);
}

/** A refusal, or a failure. */
function addObject(node: ts.ObjectLiteralExpression, add: Add): void {
	const part = (name: string): ts.Expression | undefined => {
		const property = node.properties.find((one) => one.name?.getText() === name);
		return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
	};
	if (part('refused') && part('hint')) {
		add('headlines', part('refused'));
		add('advice', part('hint'));
	}
	const text = part('text');
	if (part('kind') && part('status') && textOf(text) !== '') add('headlines', text);
}

const { headlines, advice, whole } = collect();
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

it('finds the messages', () => {
	expect(headlines.length).toBeGreaterThan(40);
	expect(advice.length).toBeGreaterThan(40);
	expect(whole.length).toBeGreaterThan(2);
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
	])('unless the advice says it, as that of %s does', (_, given) => {
		expect(safetyOf(failure(given), false)).toBe('');
		expect(hintFor(failure(given))).not.toBe('');
	});
});
