import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import * as lookups from '../../../nodes/Bitrix24Telephony/lookups';
import type { Method } from '../../support/fakePortal';
import { execution } from '../../support/execution';

type Name = keyof typeof lookups;

/** Asks for a list as n8n's editor does. */
async function list(
	name: Name,
	methods: Record<string, Method>,
	...rest: [filter?: string, token?: string]
): Promise<INodeListSearchResult> {
	return await lookups[name].call(execution({ methods }).context as unknown as ILoadOptionsFunctions, ...rest);
}

const gives =
	(result: unknown): Method =>
	() => ({ result });
const LINES = {
	'telephony.externalLine.get': gives([
		{ NAME: 'Bonn', NUMBER: '+4922' },
		{ NAME: '', NUMBER: '+4930' },
		{ NAME: '+4940', NUMBER: '+4940' },
	]),
};

describe('a list that comes whole', () => {
	it.each<[Name, Record<string, Method>, { name: string; value: string }[]]>([
		[
			'searchLines',
			LINES,
			[
				{ name: 'Bonn (+4922)', value: '+4922' },
				{ name: '+4930', value: '+4930' },
				{ name: '+4940', value: '+4940' },
			],
		],
		[
			'searchSources',
			{ 'crm.status.list': gives([{ NAME: 'Website', STATUS_ID: 'WEB' }]) },
			[{ name: 'Website (WEB)', value: 'WEB' }],
		],
		[
			'searchCurrencies',
			{ 'crm.currency.list': gives([{ FULL_NAME: 'Euro', CURRENCY: 'EUR' }]) },
			[{ name: 'Euro (EUR)', value: 'EUR' }],
		],
		[
			'searchCallLists',
			{ 'crm.calllist.list': gives([{ ID: 3, DATE_CREATE: '2026-03-01' }, { ID: 2 }]) },
			[
				{ name: 'Call list of 2026-03-01 (3)', value: '3' },
				{ name: '2', value: '2' },
			],
		],
		[
			'searchBuiltInLines',
			{ 'voximplant.line.get': gives({ reg1: 'SIP one' }) },
			[{ name: 'SIP one (reg1)', value: 'reg1' }],
		],
		[
			'searchVoices',
			{ 'voximplant.tts.voices.get': gives({ ada: 'Ada', bob: 'bob' }) },
			[
				{ name: 'Ada (ada)', value: 'ada' },
				{ name: 'bob', value: 'bob' },
			],
		],
	])('%s shows names and codes', async (name, methods, results) => {
		expect(await list(name, methods)).toEqual({ results });
	});

	it.each([
		['bonn', ['+4922']],
		[' 4930 ', ['+4930']],
		['+49', ['+4922', '+4930', '+4940']],
		['n (+', ['+4922']],
		['paris', []],
		['', ['+4922', '+4930', '+4940']],
	])('is narrowed by %j', async (filter, values) => {
		expect((await list('searchLines', LINES, filter)).results.map(({ value }) => value)).toEqual(values);
	});
});

const person = (id: number) => ({
	ID: String(id),
	NAME: 'Ada',
	LAST_NAME: `No. ${id}`,
	UF_PHONE_INNER: String(100 + id),
	ACTIVE: true,
});

describe('employees', () => {
	/** @returns what the portal was asked for */
	async function asked(...rest: [filter?: string, token?: string]): Promise<unknown[]> {
		const sent: unknown[] = [];
		const note =
			(method: string): Method =>
			(parameters) => {
				sent.push([method, parameters]);
				return { result: [] };
			};
		await list('searchEmployees', { 'user.get': note('user.get'), 'user.search': note('user.search') }, ...rest);
		return sent;
	}
	const page = (start: number) => ({ sort: 'LAST_NAME', order: 'ASC', start });

	it('are found by name, or by the beginning of the extension', async () => {
		expect(await asked()).toEqual([['user.get', { FILTER: {}, ...page(0) }]]);
		expect(await asked(' ')).toEqual([['user.get', { FILTER: {}, ...page(0) }]]);
		expect(await asked(' Ada ')).toEqual([['user.search', { FILTER: { FIND: 'Ada' }, ...page(0) }]]);
		expect(await asked(' 10 ')).toEqual([['user.get', { FILTER: { UF_PHONE_INNER: '10%' }, ...page(0) }]]);
		expect(await asked('10a')).toEqual([['user.search', { FILTER: { FIND: '10a' }, ...page(0) }]]);
		expect(await asked('a10')).toEqual([['user.search', { FILTER: { FIND: 'a10' }, ...page(0) }]]);
		expect(await asked('', '50')).toEqual([['user.get', { FILTER: {}, ...page(50) }]]);
	});

	it.each([
		[49, undefined, undefined],
		[50, undefined, '50'],
		[50, '50', '100'],
	])('come in pages: of %i rows from %j on the next begins at %j', async (count, token, paginationToken) => {
		const rows = Array.from({ length: count }, (_, index) => person(index + 1));
		const { results, ...more } = await list('searchEmployees', { 'user.get': gives(rows) }, '', token);
		expect(results).toHaveLength(count);
		expect(results[0]).toEqual({ name: 'Ada No. 1 (101)', value: '1' });
		expect(more).toEqual({ paginationToken });
	});
});

it.each<[Name, string]>([
	['searchLines', 'telephony.externalLine.get'],
	['searchEmployees', 'user.get'],
])('%s shows why the portal gives nothing, as a read', async (name, method) => {
	const refusal: Method = () => ({ error: 'insufficient_scope', error_description: 'No' });
	await expect(list(name, { [method]: refusal })).rejects.toMatchObject({
		message: 'No [insufficient_scope]',
		description: expect.stringContaining(`(${method})`) as string,
	});
	const odd: Method = () => ({ result: null });
	await expect(list(name, { [method]: odd })).rejects.toMatchObject({
		message: expect.not.stringContaining('carried this out') as string,
	});
});
