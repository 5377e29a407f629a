import { Bench } from './conformance/bench';
import { allCases, methodsNotOffered, strayProofs } from './conformance/registry';
import { conformanceTable } from './conformance/table';
import { conformancePage, writtenPage } from './table';

const cases = allCases();

afterAll(() => {
	process.stdout.write(`\n${conformanceTable(cases)}\n`);
});

test('every fact of the contract has a proof or a reason', () => {
	expect(
		cases.filter(({ proof, reason }) => !proof && reason === undefined).map(({ fact }) => `${fact.subject} ${fact.id}`),
	).toEqual([]);
	expect(strayProofs()).toEqual([]);
});

test('the table in docs is up to date', () => {
	expect(writtenPage()).toBe(conformancePage());
});

test('methods that are not offered answer 404', async () => {
	const bench = await Bench.open();
	try {
		for (const method of methodsNotOffered())
			expect((await bench.call(method)).body).toEqual({
				error: 'ERROR_METHOD_NOT_FOUND',
				error_description: 'Method not found!',
			});
	} finally {
		await bench.close();
	}
});

const provable = cases.flatMap(({ fact, proof }) =>
	proof ? [{ subject: fact.subject, id: fact.id, text: fact.text, proof }] : [],
);

test.each(provable)('$subject $id: $text', async ({ proof }) => {
	const bench = await Bench.open();
	try {
		await proof(bench);
	} finally {
		await bench.close();
	}
});
