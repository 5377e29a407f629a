import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { events, outputOf } from '../../../nodes/Bitrix24TelephonyTrigger/events';
import { READY } from '../../../nodes/Bitrix24TelephonyTrigger/ready';
import { REPORT } from '../../../nodes/PhoneSystemTrigger/events';
import { fieldWords } from '../../../tools/docs/fieldWords';
import { indexPage, TRIGGER_PAGES } from '../../../tools/docs/indexPages';
import { operationPage } from '../../../tools/docs/operationPage';
import { parameters } from '../../../tools/docs/parameters';
import { WISHES } from '../../../tools/docs/wishes';

const operations = resources.flatMap(({ value, operations: some }) =>
	some.map((operation) => ({ place: `${value} ${operation.entry.value}`, operation })),
);

it('leads to each operation and trigger from what somebody wants', () => {
	const pages = WISHES.flatMap((wish) => wish.pages);
	const all = [...operations.map(({ place }) => place), ...Object.keys(TRIGGER_PAGES)];
	expect([...new Set(pages)].sort()).toEqual([...all].sort());
});

it.each([
	['recording', 'call-attach-recording.md'],
	['import', 'call-log-call.md'],
	['missed call', 'client-create-follow-up.md'],
	['click-to-call', 'bitrix24-telephony-trigger.md'],
	['hang-up', 'phone-system-trigger.md'],
	['extension', 'employee-find.md'],
])('who looks for “%s” finds %s first', (word, page) => {
	const row = indexPage()
		.split('\n')
		.find((line) => line.startsWith('|') && line.includes(word));
	expect(/\]\(([^)]+)\)/.exec(row ?? '')?.[1]).toBe(page);
});

it.each([
	...operations.map(({ place, operation }) => ({ place, fields: operation.output })),
	...events.map((kind) => ({ place: kind.code, fields: { ...outputOf(kind), ...READY, NOTE: '', LATE: '', AGE: '' } })),
	{ place: 'report', fields: REPORT },
	{ place: 'any', fields: { WARNINGS: '' } },
])('says what each output field of $place is', ({ place, fields }) => {
	expect(Object.keys(fields).filter((name) => fieldWords(name, place) === '')).toEqual([]);
});

it('shows rows of fields that stand within a group', () => {
	const text = parameters([
		{
			displayName: 'More',
			name: 'more',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Word',
					name: 'word',
					type: 'fixedCollection',
					default: {},
					options: [
						{
							name: 'said',
							displayName: 'Said',
							values: [{ displayName: 'Whose', name: 'whose', type: 'string', default: '' }],
						},
					],
				},
			],
		},
	]);
	expect(text).toContain('### Word: Said');
	// Their default is what they begin with, not what counts without them.
	expect(text).toContain('| parameter | takes | when added | what it is |');
	expect(text).toContain('**Whose**');
});

describe('a page', () => {
	const [{ operation } = { operation: undefined }] = operations;
	const page = (portal: { message: string; advice: string }[]) => {
		if (!operation) throw new Error('No operation');
		return operationPage({
			resource: 'Call',
			resourceValue: 'call',
			operation,
			properties: [],
			recorded: {
				parameters: {},
				input: {},
				requests: [{ isBatch: false, calls: [{ method: 'profile', parameters: {} }] }],
				items: [{}],
			},
			methods: { profile: { purpose: 'who I am', documentation: 'https://example.com/profile.html' } },
			examples: ['one.json'],
			own: [],
			portal,
			version: 1,
		});
	};

	it('says in a column what was changed, and all warnings in one row', () => {
		const text = page([
			{ message: 'No', advice: 'Wait. Nothing was changed in Bitrix24, so it is safe to run this again.' },
			{
				message: 'Later',
				advice: 'Look. This request changed nothing. Bitrix24 has registered this call before: one.1.',
			},
			{ message: 'Perhaps', advice: 'Look.' },
			{ message: 'WARNINGS: a', advice: 'The item goes on.' },
			{ message: 'WARNINGS: b', advice: 'The item goes on.' },
		]);
		expect(text).toContain('| No | Wait. | nothing |');
		expect(text).toContain('| Later | Look. | the call is registered |');
		expect(text).toContain('| Perhaps | Look. |  |');
		expect(text).toContain('| WARNINGS: a<br>WARNINGS: b | The item goes on. |  |');
	});

	it('links to Bitrix24’s documentation and to the examples', () => {
		expect(page([])).toContain('[`profile`](https://example.com/profile.html): who I am; without parameters');
		expect(page([])).toContain('[one.json](../../examples/one.json)');
	});
});
