import { DATE_OBJECT, type Wire } from '../../php/json';
import { normalizeArray, type PhpValue } from '../../php/values';

const REFERENCE = /\$result((?:\[[^\]]*\])+)/g;

/**
 * Puts results of earlier commands in the place of `$result[name][field][0]`. A value that is nothing but a reference
 * keeps the type of what it refers to; inside other text only texts and numbers are put in. What cannot be found
 * becomes empty. [DS batch.md; S rest_provider.php]
 */
export function resolveReferences(value: PhpValue, results: Readonly<Record<string, Wire>>): PhpValue {
	if (typeof value === 'string') return resolveText(value, results);
	if (typeof value !== 'object' || value === null) return value;
	return normalizeArray(Object.entries(value).map(([key, child]) => [key, resolveReferences(child, results)]));
}

function resolveText(text: string, results: Readonly<Record<string, Wire>>): PhpValue {
	const whole = /^\$result((?:\[[^\]]*\])+)$/.exec(text);
	if (whole) return toPhp(find(whole[1] ?? '', results));
	return text.replace(REFERENCE, (_, path: string) => {
		const found = find(path, results);
		return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
	});
}

function find(path: string, results: Readonly<Record<string, Wire>>): Wire {
	let value: Wire = results;
	for (const [, key = ''] of path.matchAll(/\[([^\]]*)\]/g)) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return '';
		value = Object.entries<Wire>(value).find(([name]) => name === key)?.[1];
	}
	return value;
}

function toPhp(value: Wire): PhpValue {
	if (value === DATE_OBJECT || value === undefined) return '';
	if (typeof value !== 'object' || value === null) return value;
	return normalizeArray(Object.entries<Wire>(value).map(([key, child]) => [key, toPhp(child)]));
}
