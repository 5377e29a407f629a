import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The contract data, as text. */
export const contractText = readFileSync(join(__dirname, '../contract/bitrix24.json'), 'utf8');

/**
 * Keys whose values are words of Bitrix24's interface. Examples and prose are left out: names of people stand there.
 */
const KEYS = new Set(['code', 'codeInDocs', 'description', 'argument', 'name', 'scope', 'method', 'enum']);
/** Keys whose own keys are names of fields. */
const FIELDS = new Set(['fields', 'oneOf', 'response', 'params', 'timeBlock', 'enums']);

/** What a refusal may speak of although the contract does not know it yet. */
const REFUSALS = `license licence tariff plan feature available unavailable allowed denied forbidden required missing empty invalid incorrect wrong unknown
	not found exceeded limit many requests request too long short expired used already exists error failure failed internal server client token code
	grant scope right rights permission permissions administrator admin application app user users method event handler offline call line webhook
	portal module installed blocked disabled enabled parameter parameters argument value values type format must should be is are was has have been
	renewal again lifetime verb without unknown result status a b me who extra content
	the an of for in to by with only and or no on at from this that please try again later`;

/** Words, in lower case, that a report may show of a text that a portal wrote. */
export const vocabulary: ReadonlySet<string> = collect();

function collect(): Set<string> {
	const words = new Set(REFUSALS.split(/\s+/));
	const add = (text: string): void => {
		for (const word of text.match(/[A-Za-z]+/g) ?? [])
			for (const piece of [word, ...(word.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [])]) words.add(piece.toLowerCase());
	};
	const visit = (value: unknown, key: string): void => {
		if (typeof value === 'string') {
			if (KEYS.has(key)) add(value);
		} else if (Array.isArray(value)) {
			for (const entry of value) visit(entry, key);
		} else if (typeof value === 'object' && value !== null) {
			for (const [name, child] of Object.entries(value)) {
				if (name === 'examples') continue;
				if (FIELDS.has(key)) add(name);
				visit(child, name);
			}
		}
	};
	visit(JSON.parse(contractText), '');
	return words;
}
