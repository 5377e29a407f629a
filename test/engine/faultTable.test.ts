import type { IDataObject } from 'n8n-workflow';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bitrix24Telephony } from '../../nodes/Bitrix24Telephony/Bitrix24Telephony.node.js';
import { resources } from '../../nodes/Bitrix24Telephony/operations';
import { LEAN_VERSION } from '../../nodes/Bitrix24Telephony/version';
import type { FaultKind } from '../../sandbox/portal';
import { connectedCredential } from '../support/connect';
import { outlast } from '../support/outlast';
import type { NodeRun } from './engine';
import { FAULT_CASES, type FaultCase } from './faultCases';
import { lost } from './lost';
import { useWorld } from './world';

const PAGE = join(__dirname, '../../docs/faults.md');
const { description } = new Bitrix24Telephony();
const world = useWorld();
beforeAll(() => outlast(world.portal));

/** A fault, and what a person would say of it. */
type Trouble = [words: string, kind: FaultKind, code?: string];

const TROUBLES: Trouble[] = [
	['connection reset before the work', 'resetBeforeWork'],
	['connection reset after the work', 'resetAfterWork'],
	['answer after 71 s', 'delay'],
	['502 page before the work', 'html502'],
	['503 page before the work', 'html503'],
	['504 page before the work', 'html504'],
	['504 page after the work', 'html504AfterWork'],
	['answer cut off', 'cutJson'],
	['answer declared as HTML', 'wrongContentType'],
	['`QUERY_LIMIT_EXCEEDED`', 'error', 'QUERY_LIMIT_EXCEEDED'],
	['`OPERATION_TIME_LIMIT`', 'error', 'OPERATION_TIME_LIMIT'],
	['`expired_token`', 'error', 'expired_token'],
	['`INTERNAL_SERVER_ERROR`', 'error', 'INTERNAL_SERVER_ERROR'],
];

let tries = 0;

/** Each try has a credential of its own, so that no limit of another one holds it up. */
async function attempt(one: FaultCase, [, kind, code]: Trouble, isForGood: boolean): Promise<string> {
	const { resource, operation, parameters, needs, request, method = request, item = {} } = one;
	world.portal.control.reset();
	world.credential = await connectedCredential(world.portal);
	const callId = needs ? await world[needs]() : '';
	const isCode = kind === 'error' && code !== 'QUERY_LIMIT_EXCEEDED' && code !== 'expired_token';
	const target = isCode ? method : isForGood ? '*' : request;
	world.portal.control.addFault({ kind, code, target, count: isForGood ? 9999 : 1, seconds: 71 });
	const input = [{ ...item, json: { callId, ...(item.json as IDataObject | undefined) } }] as unknown as IDataObject[];
	const node = { typeVersion: LEAN_VERSION };
	const run = await world.run(resource, operation, parameters, input, node, { credentialId: `try ${++tries}` });
	world.portal.control.clearFaults();
	return inWords(run);
}

/** What Check Setup finds of a portal that nobody has set up a trigger for. */
const AS_EVER = /^No trigger listens/;

/** A finding of Check Setup that the fault brought about. Its verdict only names those that follow. */
const isNews = ({ CHECK, RESULT, DETAIL }: IDataObject): boolean =>
	CHECK !== 'Verdict' && RESULT === 'problem' && !AS_EVER.test(String(DETAIL));

/** How an answer that never came is worded. */
const LOST = /^(The connection broke|The portal answered with status|The portal’s answer was cut)/;

/** How a request is worded that nobody knows the end of. */
const MAY_BE_DONE = 'Bitrix24 may have carried this out already';

/** What the user gets. */
function inWords({ error, json }: NodeRun): string {
	if (!error && json.some(({ WARNINGS }) => WARNINGS)) return 'goes on, with a warning';
	if (!error) return json.some(isNews) ? 'goes on, its findings say so' : 'goes on';
	if (error.message.startsWith(MAY_BE_DONE))
		return error.message.startsWith(`${MAY_BE_DONE} (`) ? 'may be done already, names it' : 'may be done already';
	return LOST.test(error.message) ? 'fails, may be run again' : `fails: ${error.message}`;
}

const nameOf = ({ resource, operation }: FaultCase): string => {
	const found = resources.find(({ value }) => value === resource);
	return `${found?.name ?? resource} ${found?.operations.find(({ entry }) => entry.value === operation)?.entry.name ?? operation}`;
};

/** How all operations fare: those that fare alike share a row, the largest group first. */
async function fatesOf(trouble: Trouble): Promise<string> {
	const groups = new Map<string, string[]>();
	for (const one of FAULT_CASES) {
		const fate = `${await attempt(one, trouble, false)} | ${await attempt(one, trouble, true)}`;
		groups.set(fate, [...(groups.get(fate) ?? []), nameOf(one)]);
	}
	const [[largest = '', names = []] = [], ...others] = [...groups].sort(
		([, one], [, other]) => other.length - one.length,
	);
	const first = others.length === 0 ? 'all' : names.length > 5 ? 'all others' : names.join(', ');
	return [[largest, first], ...others.map(([fate, few]) => [fate, few.join(', ')])]
		.map(([fate, who]) => `| ${who} | ${fate} |`)
		.join('\n');
}

/** Faults under which everything fares alike share their rows. */
async function table(): Promise<string> {
	const faults = new Map<string, string[]>();
	for (const trouble of TROUBLES) {
		const fates = await fatesOf(trouble);
		faults.set(fates, [...(faults.get(fates) ?? []), trouble[0]]);
	}
	return [...faults]
		.map(([fates, words]) =>
			fates
				.split('\n')
				.map((row, index) => `| ${index === 0 ? words.join(';<br>') : ''} ${row}`)
				.join('\n'),
		)
		.join('\n');
}

const HEAD = `# What the user gets when something goes wrong

Made by \`npm run docs\`; do not edit. Every operation of the action node meets every fault of the sandbox portal: once, on the
request that does its work, and for good, on all of its requests.
An error code strikes the method itself. *Goes on* means that the item comes out as if nothing had happened, and that nothing is done
twice. *May be done already* is said only of what changes something and could not be found out; a look-up
just fails, and may be repeated. *Names it* means that the message holds the CALL_ID, the external ID or the number.

| fault | operations | once | for good |
|---|---|---|---|
`;

it('knows every operation: each has a case in test/engine/faultCases.ts', () => {
	const all = resources.flatMap(({ value, operations }) => operations.map(({ entry }) => `${value} ${entry.value}`));
	expect(FAULT_CASES.map(({ resource, operation }) => `${resource} ${operation}`).sort()).toEqual(all.sort());
});

it.each(FAULT_CASES)('n8n keeps the case of $resource $operation whole', ({ resource, operation, parameters }) => {
	expect(lost(description, { resource, operation, ...parameters })).toEqual([]);
});

it('the table in docs is up to date', async () => {
	const page = `${HEAD}${await table()}\n`;
	if (process.env.FAULT_TABLE === 'write') writeFileSync(PAGE, page);
	expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
