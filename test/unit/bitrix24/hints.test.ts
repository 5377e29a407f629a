import { readFileSync } from 'node:fs';
import { specificHint } from '../../../bitrix24/hints';

interface Row {
	code: string | null;
	description: string | null;
}
const contract = JSON.parse(readFileSync(`${__dirname}/../../../sandbox/contract/bitrix24-contract.json`, 'utf8')) as {
	commonErrors: Row[];
	methods: { method: string; errors: Row[] }[];
};

const rows = [...contract.commonErrors.map((row) => ({ method: 'any', ...row })), ...contract.methods.flatMap(({ method, errors }) => errors.map((row) => ({ method, ...row })))]
	.filter(({ code }) => code !== null)
	.map(({ method, code, description }) => [method, code ?? '', description ?? ''] as const);

it('knows many rows', () => {
	expect(rows.length).toBeGreaterThan(100);
});

it.each(rows)('%s [%s] %s', (method, code, text) => {
	const hint = specificHint({ kind: 'refused', status: 400, code, text, method });
	expect(hint).toMatch(/^[A-Z].{15,}[.?]$/);
});
