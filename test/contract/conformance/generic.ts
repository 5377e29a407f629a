import assert from 'node:assert/strict';
import { findMethod } from '../../../sandbox/portal/methods/table';
import { Bench, type Chapter, type Proof } from './bench';
import type { ContractError, ContractMethod } from './contract';
import type { Fact } from './facts';
import { assertShape, fieldNames } from './shape';

/** Finds how a fact is proven: by hand, or the same way for every method. undefined = it is not. */
export function proofOf(fact: Fact, chapter: Chapter | undefined): Proof | undefined {
	if (!chapter) return undefined;
	const byHand = chapter.proofs[fact.id];
	if (byHand) return byHand;
	if (fact.error) return errorProof(fact.error, chapter);
	const { method } = fact;
	if (!method) return undefined;
	if (fact.example)
		return chapter.stages?.[Number(fact.id.split(':')[1])] && typeof fact.example.request === 'object'
			? exampleProof(fact, chapter)
			: undefined;
	if (fact.id === 'paging') return chapter.fill && pagingProof(method, chapter);
	if (!chapter.valid) return undefined;
	const generic: Record<string, (subject: ContractMethod, chapter: Chapter) => Proof> = {
		scope: scopeProof,
		context: contextProof,
		keys: keysProof,
		permission: permissionProof,
		result: resultProof,
	};
	return generic[fact.id]?.(method, chapter);
}

async function validOf(bench: Bench, chapter: Chapter): Promise<Record<string, unknown>> {
	return (await chapter.valid?.(bench)) ?? {};
}

/**
 * An error is proven when its status, code and text are the server's, and with the docs switches the documentation's
 * code.
 */
function errorProof(error: ContractError, chapter: Chapter): Proof | undefined {
	const trigger = chapter.triggers?.[error.description ?? error.when];
	if (!trigger) return undefined;
	return async (bench) => {
		const reply = await trigger(bench);
		const expected = error.description ?? '';
		const pattern = new RegExp(`^${expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\w+\\\}/g, '.+')}$`);
		if (expected !== 'text not confirmed') assert.match(String(reply.body.error_description), pattern, reply.text);
		assert.deepEqual(
			{ status: reply.status, code: reply.body.error },
			{ status: error.httpStatus, code: error.code },
			reply.text,
		);
		for (const [key, value] of Object.entries(error.extra ?? {})) assert.equal(reply.body[key], value);
		assert.ok(!('time' in reply.body));
		if (error.codeInDocs === undefined) return;
		const other = await Bench.open({ telephonyErrorCode: 'ERROR_CORE' });
		try {
			assert.equal((await trigger(other)).body.error, error.codeInDocs);
		} finally {
			await other.close();
		}
	};
}

/** An example is proven when its request gives an answer of the same shape. */
function exampleProof(fact: Fact, chapter: Chapter): Proof {
	return async (bench) => {
		await chapter.stages?.[Number(fact.id.split(':')[1])]?.(bench);
		const { request, response, httpStatus = 200 } = fact.example ?? { request: {} };
		const reply = await bench.call(fact.subject, request as Record<string, unknown>);
		assert.equal(reply.status, httpStatus, reply.text);
		if (httpStatus !== 200) {
			assert.deepEqual(reply.body, response);
			return;
		}
		assertShape(reply.body.result, response?.result, fact.method ? fieldNames(fact.method) : undefined);
		assert.equal('total' in reply.body, 'total' in (response ?? {}), 'total');
	};
}

function scopeProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const parameters = await validOf(bench, chapter);
		const needed = /^[a-z]+/.exec(method.scope)?.[0];
		const found = findMethod(method.method);
		assert.ok(found);
		if (method.scope.startsWith('(none')) {
			assert.equal((await bench.call(method.method, parameters, { token: bench.tokenWith([]) })).status, 200);
			return;
		}
		const without = ['crm', 'telephony', 'user', 'call', 'task'].filter((scope) => scope !== needed);
		const refused = await bench.call(method.method, parameters, { token: bench.tokenWith(without) });
		assert.deepEqual({ status: refused.status, code: refused.body.error }, { status: 401, code: 'insufficient_scope' });
		const wrong = await bench.call(method.method, parameters, { token: bench.tokenWith([String(needed)]) });
		assert.notEqual(wrong.body.error, 'insufficient_scope');
	};
}

function contextProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const reply = await bench.call(method.method, await validOf(bench, chapter), { webhook: bench.webhook });
		if (method.applicationContextOnly === false) assert.equal(reply.status, 200, reply.text);
		else assert.deepEqual({ status: reply.status, code: reply.body.error }, { status: 403, code: 'WRONG_AUTH_TYPE' });
	};
}

/** Lower-cased names must be as good as the real ones, or as good as none. */
function keysProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const parameters = await validOf(bench, chapter);
		const renamed = (change: (name: string) => string): Record<string, unknown> =>
			Object.fromEntries(Object.entries(parameters).map(([name, value]) => [change(name), value]));
		if (
			method.paramKeyCase === 'insensitive' ||
			/^(event|events|scope|method|feature|crm|user)\b/.test(method.method)
		) {
			assert.equal(
				(
					await bench.call(
						method.method,
						renamed((name) => name.toUpperCase()),
					)
				).status,
				200,
			);
			const again = await Bench.open();
			try {
				const fresh = await validOf(again, chapter);
				const lower = await again.call(
					method.method,
					Object.fromEntries(Object.entries(fresh).map(([name, value]) => [name.toLowerCase(), value])),
				);
				assert.equal(lower.status, 200, lower.text);
			} finally {
				await again.close();
			}
			return;
		}
		const lower = await bench.call(
			method.method,
			renamed((name) => name.toLowerCase()),
		);
		const nothing = await bench.call(method.method, {});
		const right = await bench.call(method.method, parameters);
		assert.deepEqual(
			[lower.status, lower.body.error, lower.body.result],
			[nothing.status, nothing.body.error, nothing.body.result],
		);
		assert.equal(right.status, 200, right.text);
		assert.notDeepEqual(right.body.result, lower.body.result);
	};
}

function permissionProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const parameters = await validOf(bench, chapter);
		const refused = await bench.call(method.method, parameters, { token: bench.tokenOf(5) });
		assert.deepEqual([refused.status, refused.body.error], [403, 'ACCESS_DENIED'], refused.text);
		assert.equal((await bench.call(method.method, parameters)).status, 200);
	};
}

function resultProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const result = await bench.ok<unknown>(method.method, await validOf(bench, chapter));
		const type = Array.isArray(result) ? 'array' : Number.isInteger(result) ? 'integer' : typeof result;
		assert.ok(
			type === method.result.type || (type === 'array' && (result as unknown[]).length === 0),
			`${type} instead of ${method.result.type}`,
		);
		const names = fieldNames(method);
		const rows = Array.isArray(result) ? result : [result];
		for (const row of rows)
			if (typeof row === 'object' && row !== null && names.size > 0)
				for (const key of Object.keys(row)) assert.ok(names.has(key), `field ${key} is not documented`);
	};
}

function pagingProof(method: ContractMethod, chapter: Chapter): Proof {
	return async (bench) => {
		const total = (await chapter.fill?.(bench)) ?? 0;
		const at = async (start: number | undefined): Promise<[number, unknown, unknown]> => {
			const { body } = await bench.call(method.method, start === undefined ? {} : { start });
			return [(body.result as unknown[]).length, body.next, body.total];
		};
		assert.ok(total > 100 && total < 150);
		assert.deepEqual(await at(undefined), [50, 50, total]);
		assert.deepEqual(await at(50), [50, 100, total]);
		assert.deepEqual(await at(100), [total - 100, undefined, total]);
		assert.deepEqual(await at(-1), [50, undefined, undefined]);
	};
}
