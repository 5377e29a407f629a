import assert from 'node:assert/strict';
import { type Bench, type Chapter } from '../bench';

interface User {
	ID: string;
	NAME: string;
	ACTIVE: boolean;
}

const users = (bench: Bench, parameters: Record<string, unknown>, method = 'user.get'): Promise<User[]> =>
	bench.ok<User[]>(method, parameters);
const ids = async (bench: Bench, parameters: Record<string, unknown>, method = 'user.get'): Promise<string[]> =>
	(await users(bench, parameters, method)).map((user) => user.ID);
const many = (bench: Bench): number => {
	bench.portal.control.addEmployees(100);
	return bench.portal.state.employees.size;
};
const bot = (bench: Bench): string => String(bench.portal.control.addEmployee({ firstName: 'Robbie', type: 'bot' }).id);

/** user.get */
export const userGetChapter: Chapter = {
	valid: () => ({ FILTER: { ID: 1 } }),
	stages: { 1: () => undefined },
	fill: many,
	proofs: {
		scope: async (bench) => {
			const shown = async (scope: string): Promise<string[]> =>
				Object.keys(
					((await bench.call('user.get', { ID: 1 }, { token: bench.tokenWith([scope]) })).body.result as object[])[0] ??
						{},
				);
			const [brief, basic, full] = [await shown('user_brief'), await shown('user_basic'), await shown('user')];
			assert.ok(
				!brief.includes('EMAIL') &&
					basic.includes('EMAIL') &&
					full.length >= basic.length &&
					brief.length < basic.length,
			);
			assert.equal(
				(await bench.call('user.get', {}, { token: bench.tokenWith(['crm']) })).body.error,
				'insufficient_scope',
			);
		},
		'param:FILTER': async (bench) => {
			assert.deepEqual(await ids(bench, { FILTER: { UF_PHONE_INNER: '103' }, ID: 1 }), ['3']);
			assert.deepEqual(await ids(bench, { ID: 2 }), ['2']);
			assert.deepEqual(await ids(bench, { filter: { '>=ID': 2, '<ID': 4 } }), ['2', '3']);
			assert.deepEqual(await ids(bench, { FILTER: { NAME: 'Ch%' } }), ['3']);
			for (const yes of [true, 'Y', 1, 'true'])
				assert.ok(!(await ids(bench, { FILTER: { ACTIVE: yes } })).includes('6'));
			assert.ok((await ids(bench, { FILTER: { ACTIVE: 'N' } })).includes('6'));
		},
		'param:sort': async (bench) =>
			assert.equal((await users(bench, { sort: 'NAME', FILTER: { '<=ID': 4 } }))[3]?.NAME, 'David'),
		'param:order': async (bench) =>
			assert.deepEqual(await ids(bench, { sort: 'ID', order: 'DESC', FILTER: { '<=ID': 3 } }), ['3', '2', '1']),
		'enum:order': async (bench) => {
			assert.deepEqual(await ids(bench, { sort: 'ID', order: 'ASC', FILTER: { '<=ID': 3 } }), ['1', '2', '3']);
			assert.deepEqual(await ids(bench, { sort: 'ID', order: 'desc', FILTER: { '<=ID': 3 } }), ['3', '2', '1']);
		},
		'param:ADMIN_MODE': async (bench) => {
			const id = bot(bench);
			assert.deepEqual([await ids(bench, { ID: id }), await ids(bench, { ID: id, ADMIN_MODE: true })], [[], [id]]);
			assert.deepEqual(
				(await bench.call('user.get', { ID: id, ADMIN_MODE: true }, { token: bench.tokenOf(2) })).body.result,
				[],
			);
		},
		'param:select': async (bench) =>
			assert.deepEqual(await users(bench, { ID: 1, select: ['ID', 'NAME'] }), [{ ID: '1', NAME: 'Anna' }]),
		'param:IMAGE_RESIZE': async (bench) => assert.deepEqual(await ids(bench, { ID: 1, IMAGE_RESIZE: 'small' }), ['1']),
		'param:start': async (bench) => {
			many(bench);
			assert.equal((await ids(bench, { start: 100 })).length, bench.portal.state.employees.size - 100);
			const { body } = await bench.call('user.get', { FILTER: { '<=ID': 50 } });
			assert.deepEqual([(body.result as User[]).length, body.total, body.next], [50, 50, undefined]);
		},
	},
};

/** user.search */
export const userSearchChapter: Chapter = {
	valid: () => ({ FILTER: { FIND: 'anna' } }),
	stages: {},
	fill: many,
	proofs: {
		'param:FILTER': async (bench) => {
			for (const [filter, found] of [
				[{ FIND: 'carter' }, ['2']],
				[{ NAME: 'Chi' }, ['3']],
				[{ LAST_NAME: 'Oka' }, ['4']],
				[{ WORK_POSITION: 'Managing' }, ['1']],
				[{ UF_DEPARTMENT_NAME: 'Service' }, ['4', '5']],
			] as const) {
				assert.deepEqual(await ids(bench, { FILTER: filter }, 'user.search'), found, JSON.stringify(filter));
			}
			bot(bench);
			assert.deepEqual(await ids(bench, { FILTER: { USER_TYPE: 'bot' } }, 'user.search'), []);
		},
		'param:sort': async (bench) =>
			assert.deepEqual(
				await ids(bench, { FILTER: { UF_DEPARTMENT_NAME: 'Service' }, sort: 'LAST_NAME' }, 'user.search'),
				['5', '4'],
			),
		'param:order': async (bench) =>
			assert.deepEqual(
				await ids(bench, { FILTER: { UF_DEPARTMENT_NAME: 'Service' }, sort: 'ID', order: 'DESC' }, 'user.search'),
				['5', '4'],
			),
		'param:ADMIN_MODE': async (bench) => {
			const id = bot(bench);
			const robbie = { FILTER: { FIND: 'Robbie' } };
			assert.deepEqual(
				[await ids(bench, robbie, 'user.search'), await ids(bench, { ...robbie, ADMIN_MODE: 1 }, 'user.search')],
				[[], [id]],
			);
		},
		'param:start': async (bench) => {
			many(bench);
			assert.equal((await ids(bench, { start: 100 }, 'user.search')).length, bench.portal.state.employees.size - 100);
		},
		'example:1': async (bench) => {
			const [user] = await users(bench, { FILTER: { FIND: 'John' } }, 'user.search');
			assert.equal(user, undefined);
			bench.portal.control.setEmployee(2, { firstName: 'John' });
			const { body } = await bench.call('user.search', { FILTER: { FIND: 'John' } });
			assert.deepEqual([(body.result as User[])[0]?.NAME, body.total], ['John', 1]);
		},
	},
};

/** user.current */
export const userCurrentChapter: Chapter = {
	valid: () => ({}),
	stages: {},
	proofs: {
		'example:1': async (bench) => {
			const user = (await bench.call('user.current', {}, { token: bench.tokenOf(3) })).body.result as User;
			assert.deepEqual([user.ID, user.NAME, user.ACTIVE], ['3', 'Chiara', true]);
		},
		result: async (bench) => assert.equal((await bench.ok<User>('user.current')).ID, '1'),
	},
};

const STATUS = 'crm.status.list';
const noCrm = (bench: Bench, method: string): ReturnType<Bench['call']> =>
	bench.call(method, {}, { token: bench.tokenOf(5) });

/** crm.status.list */
export const statusChapter: Chapter = {
	valid: () => ({ filter: { ENTITY_ID: 'SOURCE' }, order: { SORT: 'ASC' } }),
	stages: { 1: () => undefined, 2: () => undefined },
	triggers: {
		'Access denied.': (bench) => noCrm(bench, STATUS),
		'Incorrect parameters passed.': (bench) => bench.call(STATUS, { filter: 'SOURCE' }),
	},
	proofs: {
		'param:filter': async (bench) => {
			const found = await bench.ok<{ ENTITY_ID: string; STATUS_ID: string }[]>(STATUS, {
				filter: { ENTITY_ID: 'SOURCE', STATUS_ID: 'CALL' },
			});
			assert.deepEqual(
				found.map((entry) => entry.STATUS_ID),
				['CALL'],
			);
		},
		'param:order': async (bench) => {
			const found = await bench.ok<{ SORT: string }[]>(STATUS, {
				filter: { ENTITY_ID: 'DEAL_STAGE' },
				order: { SORT: 'DESC' },
			});
			assert.deepEqual(
				found.map((entry) => Number(entry.SORT)),
				[80, 70, 60, 50, 40, 30, 20, 10],
			);
		},
	},
};

/** crm.currency.list */
export const currencyChapter: Chapter = {
	valid: () => ({ order: { sort: 'asc' } }),
	stages: { 1: () => undefined },
	triggers: {
		'Access denied.': (bench) => noCrm(bench, 'crm.currency.list'),
		'Failed to get list. General error.': (bench) => {
			bench.portal.control.setSettings({ crmInstalled: false });
			return bench.call('crm.currency.list');
		},
	},
	proofs: {
		'param:order': async (bench) =>
			assert.deepEqual(
				(await bench.ok<{ CURRENCY: string }[]>('crm.currency.list', { order: { currency: 'desc' } })).map(
					(row) => row.CURRENCY,
				),
				['USD', 'GBP', 'EUR'],
			),
		permission: async (bench) => {
			assert.equal((await noCrm(bench, 'crm.currency.list')).status, 400);
			assert.equal((await bench.call('crm.currency.list')).status, 200);
		},
	},
};

const LISTS = 'crm.calllist.list';

/** crm.calllist.list */
export const callListChapter: Chapter = {
	valid: () => ({ SELECT: ['ID'] }),
	stages: { 1: () => undefined },
	triggers: {
		'Unknown field definition `X` (X) for \\Bitrix\\Crm\\CallList\\Internals\\CallList Entity.': (bench) =>
			bench.call(LISTS, { SELECT: ['X'] }),
	},
	reasons: { permission: 'the error of a missing right is not documented' },
	proofs: {
		'param:SELECT': async (bench) => {
			assert.deepEqual(await bench.ok<unknown>(LISTS, { SELECT: ['ID', 'ENTITY_TYPE_ID'] }), [
				{ ID: '1', ENTITY_TYPE_ID: '3' },
			]);
			assert.deepEqual(Object.keys((await bench.ok<object[]>(LISTS))[0] ?? {}), [
				'ID',
				'DATE_CREATE',
				'CREATED_BY_ID',
				'WEBFORM_ID',
				'ENTITY_TYPE_ID',
			]);
		},
		'param:FILTER': async (bench) => {
			assert.deepEqual(await bench.ok<unknown>(LISTS, { FILTER: { '>ID': 1 } }), []);
			assert.equal((await bench.ok<unknown[]>(LISTS, { FILTER: { CREATED_BY_ID: 1 } })).length, 1);
		},
		'param:ORDER': async (bench) => {
			const [first] = bench.portal.state.callLists;
			assert.ok(first);
			bench.portal.state.callLists.push({ ...first, id: 2 });
			assert.deepEqual(await bench.ok<unknown>(LISTS, { SELECT: ['ID'], ORDER: { ID: 'DESC' } }), [
				{ ID: '2' },
				{ ID: '1' },
			]);
		},
	},
};
