import { lastQuestions, questions } from '../../check/questions';
import { allLies, askAgain } from './support/lies/lies';
import { madeUp, recordAll, type Recorded } from './support/lies/record';

const all = [...questions, ...lastQuestions];
const facts = all.flatMap((question, index) =>
	question.facts.map((fact) => ({ index, name: `${fact.subject} ${fact.id}`, fact })),
);
let recordings: Recorded[][];

beforeAll(async () => {
	recordings = [];
	for (const setting of [
		{ way: 'both' },
		{ way: 'application', userId: 2 },
		{ way: 'application', scopes: ['crm', 'telephony', 'user', 'call'] },
	] as const) {
		recordings.push(await recordAll({ ...setting, scopes: [...(setting.scopes ?? ['crm', 'telephony', 'user'])] }));
	}
});

/** The recording in which a fact agreed, or else what the contract would have the portal say. */
function truth(index: number, fact: Recorded['question']['facts'][number]): Recorded | undefined {
	const recorded = recordings
		.map((recording) => recording[index])
		.find((candidate) => candidate?.agreed.has(fact) === true);
	return recorded ?? (recordings[0]?.[index] && madeUp(recordings[0][index]));
}

test.each(facts)('a lie about each part of $name is found', async ({ index, name, fact }) => {
	const recorded = truth(index, fact);
	if (recorded?.agreed.has(fact) !== true) throw new Error('nobody gave a true answer');
	const rowOf = async (lie?: Parameters<typeof askAgain>[1]) =>
		(await askAgain(recorded, lie)).find(({ subject, id }) => `${subject} ${id}` === name);
	expect((await rowOf())?.verdict).toBe('agrees');

	const missed = new Set(Object.keys(fact.parts));
	for (const lie of allLies(recorded, Object.keys(fact.parts))) {
		const row = await rowOf(lie);
		if (row?.verdict === 'differs') for (const place of row.refuted) missed.delete(place);
	}
	expect([...missed]).toEqual([]);
});
