import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import type { Demo } from '../../../tools/demo';

/** What the node's form asks n8n for. The tests may leave other employees and a fresh connection behind. */
export function declareTests(demo: () => Demo): void {
	it('gives the editor the schema of every operation', async () => {
		for (const { value, operations } of resources) {
			for (const { entry, output, outputBefore } of operations)
				for (const [version, fields] of Object.entries({ '1.0.0': outputBefore, '1.1.0': output })) {
					const answer = await demo().n8n.session.fetch(
						`/schemas/n8n-nodes-bitrix24-telephony.bitrix24Telephony/${version}/${value}/${entry.value}.json`,
					);
					expect([value, entry.value, answer.status]).toEqual([value, entry.value, 200]);
					const { properties } = (await answer.json()) as { properties: object };
					expect(Object.keys(properties)).toEqual(Object.keys(fields));
				}
		}
		const trigger = await demo().n8n.session.fetch(
			'/schemas/n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger/1.0.0.json',
		);
		expect(await trigger.json()).toMatchObject({
			properties: { CALL_ID: { type: ['string', 'null'] }, USER_ID: { type: ['integer', 'null'] } },
		});
	});

	describe('the searchable lists', () => {
		const search = async (methodName: string, filter?: string, paginationToken?: string) =>
			await demo().n8n.session.request<{ results: { name: string; value: string }[]; paginationToken?: string }>(
				'POST',
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					methodName,
					path: 'parameters.employee',
					nodeTypeAndVersion: { name: 'n8n-nodes-bitrix24-telephony.bitrix24Telephony', version: 1 },
					currentNodeParameters: {},
					credentials: { bitrix24OAuth2Api: { id: demo().credentials.bitrix24, name: 'Bitrix24 account' } },
					filter,
					paginationToken,
				},
			);

		it('find employees by name and by extension, mark inactive ones, and page', async () => {
			expect((await search('searchEmployees', 'Carter')).results).toEqual([{ name: 'Ben Carter (102)', value: '2' }]);
			expect((await search('searchEmployees', '10')).results.map(({ name }) => name)).toEqual(
				expect.arrayContaining(['Anna Vogel (101)', 'Frank Moreau (106), inactive']),
			);
			demo().sandbox.portal.control.addEmployees(120);
			const seen = new Set<string>();
			let token: string | undefined;
			do {
				const { results, paginationToken } = await search('searchEmployees', undefined, token);
				for (const { value } of results) seen.add(value);
				token = paginationToken;
			} while (token);
			expect(seen.size).toBe(127);
		});

		it.each([
			['searchLines', 'London', { name: 'London showroom (+442079460500)', value: '+442079460500' }],
			['searchSources', 'call', { name: 'Call (CALL)', value: 'CALL' }],
			['searchCurrencies', 'eur', { name: 'Euro (EUR)', value: 'EUR' }],
			[
				'searchVoices',
				'ukenglishfemale',
				{ name: 'English (Female) (Amazon) (ukenglishfemale)', value: 'ukenglishfemale' },
			],
		])('%s finds %s', async (method, filter, expected) => {
			demo().sandbox.portal.control.reset();
			await demo().n8n.connectOAuth(demo().credentials.bitrix24);
			expect((await search(method, filter)).results).toContainEqual(expected);
		});

		it.each(['searchCallLists', 'searchBuiltInLines'])('%s gives codes and names', async (method) => {
			const { results } = await search(method);
			expect(results.length).toBeGreaterThan(0);
			for (const { name, value } of results) expect(name).toContain(value);
		});
	});
}
