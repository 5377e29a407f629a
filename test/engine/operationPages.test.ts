import type { INodeProperties } from 'n8n-workflow';
import { Bitrix24Telephony } from '../../nodes/Bitrix24Telephony/Bitrix24Telephony.node.js';
import { findOperation, resources } from '../../nodes/Bitrix24Telephony/operations';
import { LEAN_VERSION } from '../../nodes/Bitrix24Telephony/version';
import { examplesWith } from '../../tools/docs/examples';
import { errorsPage, indexPage, TRIGGER_PAGES } from '../../tools/docs/indexPages';
import { operationPage, pageName, type Failing, type Method } from '../../tools/docs/operationPage';
import { newest } from '../../tools/docs/parameters';
import { contract, type ContractError } from '../contract/conformance/contract';
import { startBareN8n, type BareN8n } from '../support/bareN8n';
import { listenTo, UPLOAD, type Strike, type Wire } from '../support/wire';
import { NOT_OURS } from '../unit/bitrix24/knownFailures';
import { OPERATION_EXAMPLES, TRIGGER_PATH, type OperationExample } from './operationExamples';
import { lost } from './lost';
import { emptied, record, refused } from './recorded';
import { expectPage, pages } from './pages';
import { stopDates, steady } from './steady';
import { useWorld } from './world';

const { description } = new Bitrix24Telephony();
const properties = newest(description);
/** Besides those that the package cannot meet: one without a text of its own, and two that would be faults of ours. */
const NOBODY_MEETS = [
	...NOT_OURS.map(([code]) => code),
	'ERROR_ARGUMENT',
	'ERROR_BATCH_METHOD_NOT_ALLOWED',
	'ERROR_BATCH_LENGTH_EXCEEDED',
];
const methods: Record<string, Method> = {
	...Object.fromEntries(contract.methods.map((one) => [one.method, { purpose: one.purpose, ...documented(one.refs) }])),
	[UPLOAD]: { purpose: 'the file, to the address that Bitrix24 answered' },
};

/** Bitrix24 publishes the pages of its repository of documents under the same paths. */
function documented(refs: readonly string[] = []): Pick<Method, 'documentation'> {
	const page = refs.find((ref) => ref.startsWith('api-reference/'));
	return page ? { documentation: `https://apidocs.bitrix24.com/${page.replace(/\.md$/, '.html')}` } : {};
}

const world = useWorld();
let wire: Wire;
let n8n: BareN8n;
beforeAll(async () => {
	wire = await listenTo(world.portal.url);
	n8n = await startBareN8n(TRIGGER_PATH);
	world.engine.publicUrl = n8n.url;
	stopDates(world.portal);
});
afterAll(async () => {
	jest.useRealTimers();
	await wire.stop();
	await n8n.stop();
});

/** What the pages call otherwise. */
const addresses = (): string[] => [wire.url, world.portal.url];

/** What n8n shows of an operation. */
function shownFor({ resource, operation }: OperationExample): INodeProperties[] {
	const fits = (values: unknown, value: string): boolean => !values || [values].flat().includes(value);
	return properties.filter(
		({ name, displayOptions: { show = {} } = {} }) =>
			!['resource', 'operation'].includes(name) && fits(show.resource, resource) && fits(show.operation, operation),
	);
}

/** How methods of the CRM, which the contract leaves out, refuse in the sandbox. */
const CRM_REFUSALS: ContractError[] = [
	['NOT_FOUND', 'Element not found'],
	['CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Invalid value of the field "Responsible person"'],
	['', 'Access denied.'],
].map(([code = '', description = '']) => ({ httpStatus: 400, code, description, when: '' }));

function crmStrikesOf(methods: string[]): Strike[] {
	return methods
		.filter((method) => method.startsWith('crm.') && !contract.methods.some((one) => one.method === method))
		.flatMap((method) => CRM_REFUSALS.map((error) => struckBy(method, error)));
}

/** How the contract says that these methods refuse. */
function strikesOf(methods: string[]): Strike[] {
	return contract.methods
		.filter(({ method }) => methods.includes(method))
		.flatMap(({ method, errors, upload }) => [
			...errors.map((error) => ({ method, error })),
			...(methods.includes(UPLOAD) ? (upload?.errors ?? []) : []).map((error) => ({ method: UPLOAD, error })),
		])
		.filter(({ error }) => error.code !== null && error.description !== null && !isCommon(error))
		.map(({ method, error }) => struckBy(method, error));
}

/** Stands on the page of common errors. */
function isCommon({ code, description }: ContractError): boolean {
	return contract.commonErrors.some((common) => common.code === code && common.description === description);
}

function struckBy(method: string, { httpStatus, code, description }: ContractError): Strike {
	return { method, status: httpStatus ?? 400, code: code ?? '', text: description ?? '' };
}

async function failuresOf(example: OperationExample, strikes: Strike[]): Promise<Failing[]> {
	const rows = new Map<string, Failing>();
	for (const strike of strikes) {
		const row = steady((await refused(world, wire, example, strike)) ?? null, addresses(), n8n.url);
		if (row) rows.set(JSON.stringify(row), row);
	}
	return [...rows.values()];
}

const example = (name: string): OperationExample | undefined =>
	OPERATION_EXAMPLES.find(({ resource, operation }) => `${resource} ${operation}` === name);

it('has an example of every operation: its parameters in test/engine/faultCases.ts', () => {
	const all = resources.flatMap(({ value, operations }) => operations.map(({ entry }) => `${value} ${entry.value}`));
	expect(all.filter((name) => !example(name))).toEqual([]);
});

it.each(OPERATION_EXAMPLES)('n8n keeps the example of $resource $operation whole', (one) => {
	const { resource, operation, parameters } = one;
	expect(lost(description, { resource, operation, ...parameters })).toEqual([]);
});

it.each(OPERATION_EXAMPLES)('the page of $resource $operation is up to date', async (one) => {
	const { resource, operation } = one;
	const found = findOperation(resource, operation);
	if (!found) throw new Error('No such operation');
	const recorded = await record(world, wire, one);
	const sent = recorded.requests.flatMap(({ calls }) => calls.map(({ method }) => method));
	const shown = shownFor(one);
	const page = {
		resource: resources.find(({ value }) => value === resource)?.name ?? resource,
		resourceValue: resource,
		operation: found,
		properties: shown,
		recorded: steady(recorded, addresses(), n8n.url),
		own: await emptied(world, wire, one, shown),
		portal: await failuresOf(one, [...strikesOf(sent), ...crmStrikesOf(sent)]),
		methods,
		examples: examplesWith(resource, operation),
		version: LEAN_VERSION,
	};
	expectPage(pageName(resource, operation), operationPage(page));
});

it('the page of common errors is up to date', async () => {
	const finish = example('call finish');
	if (!finish) throw new Error('No example');
	const strikes = contract.commonErrors
		.filter(({ code }) => !NOBODY_MEETS.includes(String(code)))
		.map((error) => struckBy('telephony.externalCall.finish', error));
	const rows = await failuresOf(finish, strikes);
	expectPage('errors.md', errorsPage(rows));
});

it('the list of pages is up to date', () => expectPage('README.md', indexPage()));

it('there is no page of an operation that is gone', () => {
	const operations = OPERATION_EXAMPLES.map(({ resource, operation }) => pageName(resource, operation));
	const others = ['README.md', 'errors.md', ...Object.values(TRIGGER_PAGES).map(({ file }) => file)];
	expect(pages()).toEqual([...operations, ...others].sort());
});
