import assert from 'node:assert/strict';
import { assertReply, type Bench, type Chapter } from '../bench';

interface BatchResult {
	result: Record<string, unknown> | unknown[];
	result_error: Record<string, { error: string; error_description: string }> | [];
	result_total: unknown;
	result_next: unknown;
	result_time: unknown;
}

const batch = (bench: Bench, cmd: unknown, more: Record<string, unknown> = {}): Promise<BatchResult> =>
	bench.ok<BatchResult>('batch', { cmd, ...more });
const errorOf = async (
	bench: Bench,
	command: string,
): Promise<{ status: number; error: string; error_description: string }> => {
	const { result_error: errors } = await batch(bench, { a: command });
	return {
		status: 200,
		...((errors as Record<string, { error: string; error_description: string }>).a ?? {
			error: '-',
			error_description: '',
		}),
	};
};

/** batch */
export const batchChapter: Chapter = {
	valid: () => ({ cmd: { me: 'profile' }, halt: 0 }),
	stages: { 1: () => undefined },
	proofs: {
		scope: async (bench) => {
			const { body } = await bench.call(
				'batch',
				{ cmd: { me: 'profile', no: 'user.get' } },
				{ token: bench.tokenWith([]) },
			);
			const { result, result_error: errors } = body.result as BatchResult;
			assert.ok('me' in result);
			assert.deepEqual(errors, { no: { error: 'insufficient_scope', error_description: '' } });
		},
		'param:cmd': async (bench) => {
			const list = await batch(bench, ['profile', 'server.time']);
			assert.ok(Array.isArray(list.result) && list.result.length === 2);
			const skipped = await batch(bench, { a: { method: 'profile', params: {} }, b: 'PROFILE', c: 'profile.json' });
			assert.deepEqual([Object.keys(skipped.result), Object.keys(skipped.result_error)], [['b'], ['c']]);
			const query = await bench.call(
				'batch',
				{ cmd: { a: 'user.get?ID=1&FILTER%5BNAME%5D=Anna' }, halt: 0 },
				{ encoding: 'query' },
			);
			assert.equal((query.body.result as { result: { a: { ID: string }[] } }).result.a[0]?.ID, '1');
			assert.deepEqual(await batch(bench, []), {
				result: [],
				result_error: [],
				result_total: [],
				result_next: [],
				result_time: [],
			});
			const coded = await batch(bench, {
				a: 'telephony.externalCall.register?USER_ID=1&TYPE=2&PHONE_NUMBER=%2B494066969441&EXTERNAL_CALL_ID=a%26b%3Dc+d',
			});
			const callId = (coded.result as Record<string, { CALL_ID: string }>).a?.CALL_ID ?? '';
			assert.equal(bench.portal.state.calls.get(callId)?.externalCallId, 'a&b=c d');
		},
		'param:halt': async (bench) => {
			const stopped = await batch(bench, { a: 'profile', b: 'nothing', c: 'profile' }, { halt: 1 });
			assert.deepEqual([Object.keys(stopped.result), Object.keys(stopped.result_error)], [['a'], ['b']]);
		},
		'default:halt': async (bench) =>
			assert.deepEqual(Object.keys((await batch(bench, { a: 'nothing', b: 'profile' })).result), ['b']),
		'enum:halt': async (bench) => {
			for (const [halt, results] of [
				[0, 1],
				['0', 1],
				[1, 0],
				['1', 0],
			] as const)
				assert.equal(
					Object.keys((await batch(bench, { a: 'nothing', b: 'profile' }, { halt })).result).length,
					results,
				);
		},
		result: async (bench) => {
			bench.portal.control.addEmployees(100);
			const {
				result_total: total,
				result_next: next,
				result_time: time,
			} = await batch(bench, { a: 'user.get', b: 'profile' });
			assert.deepEqual([total, next], [{ a: bench.portal.state.employees.size }, { a: 50 }]);
			assert.deepEqual(Object.keys(time as object), ['a', 'b']);
		},
		'error:ERROR_BATCH_LENGTH_EXCEEDED:Max batch length exceeded': async (bench) => {
			const { result, result_error: errors } = await batch(
				bench,
				Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`c${index}`, 'server.time'])),
			);
			assert.equal(Object.keys(result).length, 50);
			assert.deepEqual(
				errors,
				Object.fromEntries(
					['c50', 'c51'].map((name) => [
						name,
						{ error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
					]),
				),
			);
		},
		'error:ERROR_BATCH_METHOD_NOT_ALLOWED:Method is not allowed for batch usage': async (bench) => {
			for (const command of ['upload', 'download', 'batch?cmd[a]=profile']) {
				assert.deepEqual(await errorOf(bench, command), {
					status: 200,
					error: 'ERROR_BATCH_METHOD_NOT_ALLOWED',
					error_description: 'Method is not allowed for batch usage',
				});
			}
		},
		'example:1': async (bench) => {
			const {
				result,
				result_error: errors,
				result_total: total,
				result_next: next,
			} = await batch(bench, { me: 'profile', who: 'user.get?ID=$result[me][ID]', bad: 'no.such.method' }, { halt: 0 });
			const { who } = result as { who: { ID: string }[] };
			assert.deepEqual(
				[who.map((user) => user.ID), errors, total, next],
				[['1'], { bad: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' } }, { who: 1 }, []],
			);
			const references = await batch(bench, {
				call: 'telephony.externalCall.register?USER_ID=1&TYPE=2&PHONE_NUMBER=441&SHOW=0',
				done: 'telephony.externalCall.finish?CALL_ID=$result[call][CALL_ID]&USER_ID=$result[none][x]1&DURATION=5&FAILED_REASON=id $result[call][CALL_ID]!',
				typed: 'telephony.externalCall.finish?USER_ID=1&CALL_ID=$result[done][ID]',
			});
			const { call, done } = references.result as Record<string, Record<string, unknown>>;
			assert.equal(done?.CALL_FAILED_REASON, `id ${String(call?.CALL_ID)}!`);
			assert.deepEqual(references.result_error, {
				typed: { error: 'INVALID_ARGUMENT', error_description: 'CALL_ID must be a string' },
			});
		},
	},
};

/** app.info */
export const appInfoChapter: Chapter = {
	valid: () => ({}),
	stages: { 1: () => undefined },
	reasons: {
		'error:ACCESS_DENIED:Access denied! Application context required':
			'needs a browser session, which the sandbox has not; a webhook gets {SCOPE, LICENSE} (see context)',
	},
	proofs: {
		context: async (bench) => {
			const { body } = await bench.call('app.info', {}, { webhook: bench.webhook });
			assert.deepEqual(body.result, { SCOPE: ['crm', 'telephony', 'user', 'call'], LICENSE: 'en_pro100' });
		},
	},
};

export const profileChapter: Chapter = { valid: () => ({}), stages: { 1: () => undefined }, proofs: {} };

export const scopeChapter: Chapter = {
	valid: () => ({ full: '' }),
	stages: { 1: () => undefined },
	proofs: {
		'param:full': async (bench) => {
			assert.deepEqual(await bench.ok<unknown>('scope'), ['crm', 'telephony', 'user', 'call']);
			assert.ok((await bench.ok<string[]>('scope', { full: true })).includes('imbot'));
		},
	},
};

export const methodGetChapter: Chapter = {
	valid: () => ({ name: 'user.get' }),
	stages: { 1: () => undefined },
	proofs: {
		'param:name': async (bench) => {
			assert.deepEqual(await bench.ok('method.get', { name: 'no.such' }), { isExisting: false, isAvailable: false });
			const { body } = await bench.call('method.get', { name: 'user.get' }, { token: bench.tokenWith(['crm']) });
			assert.deepEqual(body.result, { isExisting: true, isAvailable: false });
		},
	},
};

export const serverTimeChapter: Chapter = {
	valid: () => ({}),
	stages: { 1: () => undefined },
	proofs: {
		result: async (bench) =>
			assert.match(await bench.ok<string>('server.time'), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/),
	},
};

export const featureChapter: Chapter = {
	valid: () => ({ CODE: 'rest_offline_extended' }),
	stages: { 1: () => undefined },
	triggers: { "CODE can't be empty": (bench) => bench.call('feature.get', {}) },
	proofs: {
		'param:CODE': async (bench) => {
			bench.portal.control.setSettings({ offlineExtended: false });
			assert.deepEqual(await bench.ok('feature.get', { CODE: 'rest_offline_extended' }), { value: 'N' });
		},
		'enum:CODE': async (bench) => {
			for (const code of ['rest_offline_extended', 'rest_auth_connector'])
				assert.deepEqual(await bench.ok('feature.get', { CODE: code }), { value: 'Y' });
			assert.deepEqual(await bench.ok('feature.get', { CODE: 'other' }), { value: 'N' });
		},
	},
};

export const adminChapter: Chapter = {
	valid: () => ({}),
	stages: { 1: () => undefined },
	proofs: {
		result: async (bench) => {
			assert.equal(await bench.ok<boolean>('user.admin'), true);
			assertReply(await bench.call('user.admin', {}, { token: bench.tokenOf(2) }), 200, { result: false });
		},
	},
};
