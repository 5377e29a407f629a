import assert from 'node:assert/strict';
import type { ContractMethod } from './contract';

/** Names of the fields that a method's answer may have, by its table and its examples. */
export function fieldNames(method: ContractMethod): Set<string> {
	const names = new Set(Object.keys(method.result.fields ?? {}));
	for (const one of method.result.oneOf ?? []) for (const name of Object.keys(one)) names.add(name);
	for (const { response } of method.examples) {
		const result = response?.result;
		for (const row of Array.isArray(result) ? (result as unknown[]) : [result])
			if (isObject(row)) for (const name of Object.keys(row)) names.add(name);
	}
	return names;
}

/**
 * Fails unless a value is built like the documented one: the same kinds of values under the same keys. null may stand
 * on either side; a list is compared by its first element; keys that only `optional` names may be missing.
 */
export function assertShape(
	actual: unknown,
	expected: unknown,
	optional: ReadonlySet<string> = new Set(),
	path = 'result',
): void {
	if (actual === null || expected === null || expected === undefined) return;
	if (Array.isArray(expected) || Array.isArray(actual)) {
		assert.ok(
			Array.isArray(actual) && Array.isArray(expected),
			`${path} should be ${Array.isArray(expected) ? 'a list' : 'no list'}: ${JSON.stringify(actual)}`,
		);
		if (expected.length === 0 || actual.length === 0)
			assert.equal(actual.length, expected.length === 0 ? 0 : actual.length, `${path} is ${actual.length} long`);
		else assertShape(actual[0], expected[0], optional, `${path}[0]`);
		return;
	}
	assert.equal(
		typeof actual,
		typeof expected,
		`${path} is ${JSON.stringify(actual)}, documented ${JSON.stringify(expected)}`,
	);
	if (!isObject(actual) || !isObject(expected)) return;
	for (const key of Object.keys(expected)) {
		if (!(key in actual)) assert.ok(optional.has(key), `${path}.${key} is missing`);
		else assertShape(actual[key], expected[key], optional, `${path}.${key}`);
	}
	for (const key of Object.keys(actual))
		assert.ok(key in expected || optional.has(key), `${path}.${key} is not documented`);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
