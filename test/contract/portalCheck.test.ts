import { PACE } from '../../check/pace';
import { lastQuestions, questions } from '../../check/questions';
import type { Row } from '../../check/report/row';
import { allFacts } from './conformance/facts';
import { checkSandbox, type Setting } from './support/portalCheck';

const unasked = (rows: readonly Row[]): string[] =>
	rows
		.filter(({ verdict }) => verdict === 'could not ask')
		.map(({ subject, id, reason }) => `${subject} ${id}: ${reason ?? ''}`);
const differing = (rows: readonly Row[]): unknown[] =>
	rows
		.filter(({ verdict }) => verdict === 'differs')
		.map(({ subject, id, expected, seen }) => ({ fact: `${subject} ${id}`, expected, seen }));
const facts = [...questions, ...lastQuestions].flatMap((question) =>
	question.facts.map(({ subject, id }) => `${subject} ${id}`),
);

test('every fact is one of the contract, and asked once', () => {
	const known = new Set(allFacts().map(({ subject, id }) => `${subject} ${id}`));
	expect(facts.filter((fact) => !known.has(fact))).toEqual([]);
	expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
});

const NOT_IN_SANDBOX = [
	'voximplant.line.outgoing.get result',
	'voximplant.url.get result',
	'voximplant.user.getDefaultLineId result',
	'voximplant.sip.connector.status result',
	'voximplant.sip.status error:REG_ID_NOT_FOUND:Settings not found',
	'crm.calllist.statuslist result',
	'crm.calllist.get error:ERROR_ARGUMENT:ID is not found',
	'crm.calllist.items.get error:ERROR_ARGUMENT:LIST_ID is not found',
].map((fact) => `${fact}: this portal does not have the method`);
const WITHOUT_CALL = ['voximplant.callback.start error::Could not find line {LINE_ID}: permission call missing'];

const ways: Record<string, Setting> = {
	'an application and a webhook, with --write': { way: 'both', write: true },
	'an application': { way: 'application' },
	'an application, with --write': { way: 'application', write: true },
	'an application of an employee who is no administrator': { way: 'application', userId: 2 },
	'an application with every permission of telephony': {
		way: 'application',
		scopes: ['crm', 'telephony', 'user', 'call'],
	},
	'a webhook': { way: 'webhook' },
	'a webhook that telephony lets in, with --write': {
		way: 'webhook',
		write: true,
		switches: { webhookInTelephony: 'allowed' },
	},
};

test.each(Object.entries(ways))('by %s the sandbox agrees in everything that can be asked', async (_, setting) => {
	const { rows, left } = await checkSandbox(setting);
	expect(differing(rows)).toEqual([]);
	expect(left).toEqual([]);
	expect(rows).toHaveLength(facts.length);
	expect(
		unasked(rows).filter((line) => !NOT_IN_SANDBOX.includes(line) && !WITHOUT_CALL.includes(line)),
	).toMatchSnapshot();
	expect(unasked(rows)).toEqual(
		expect.arrayContaining(setting.scopes ? NOT_IN_SANDBOX : [...NOT_IN_SANDBOX, ...WITHOUT_CALL]),
	);
});

test.each<Setting>([{ way: 'both' }, { way: 'application' }, { way: 'webhook' }])(
	'without --write it is through within two minutes: $way',
	async (setting) => {
		const { requests } = await checkSandbox(setting);
		expect(requests * PACE).toBeLessThan(120_000);
	},
);
