import type { Binding } from '../../../bitrix24/methods/events';
import { check } from '../../../nodes/Bitrix24Telephony/operations/setup/check';
import { removeOrphans } from '../../../nodes/Bitrix24Telephony/operations/setup/removeOrphans';
import { callsOf, converse, type Answers } from '../../support/converse';
import { readerOf } from '../../support/item';

const CLICK = 'ONEXTERNALCALLSTART';
const at = (path: string, event = CLICK, origin = 'https://n8n.example.com'): Binding => ({
	event,
	handler: `${origin}/webhook/${path}?signature=${path}`,
});
const shown = (path: string): string => `https://n8n.example.com/webhook/${path}`;
/** What n8n answers where it has a trigger, and where it has none. */
const ALIVE = { status: 403, body: '' };
const GONE = { status: 404, body: { message: 'The requested webhook "POST a" is not registered.' } };

const HEALTHY = {
	'app.info': { INSTALLED: true, PAYMENT_EXPIRED: 'N' },
	scope: ['TELEPHONY', 'user_brief', 'crm', 'call'],
	profile: { ADMIN: true, NAME: 'Ada', LAST_NAME: 'Lovelace' },
	'server.time': undefined as unknown,
	'telephony.externalLine.get': [] as object[],
	'event.get': [at('a')],
};

/** Runs the check without deliveries. @returns its findings by their names, each as result, detail, advice */
function findings(
	methods: object = {},
	probes: Answers['probes'] = { [shown('a')]: ALIVE },
	connection?: Answers['connection'],
): Record<string, [unknown, unknown, unknown]> {
	const answers = { ...HEALTHY, 'server.time': new Date().toISOString(), ...methods };
	const { value } = converse(check.begin(readerOf({ checkDeliveries: false })), {
		methods: answers,
		probes,
		connection,
	});
	return Object.fromEntries(
		[value].flat().map((one) => {
			const { CHECK, RESULT, DETAIL, ADVICE } = (one as { json: Record<string, unknown> }).json;
			return [String(CHECK), [RESULT, DETAIL, ADVICE]];
		}),
	);
}

const finding = (name: string, methods?: object, probes?: Answers['probes']) => findings(methods, probes)[name];
const fine = (detail: string) => ['ok', detail, 'Nothing to do'];

describe('Check Setup', () => {
	it('finds nothing where all is well, in a fixed order', () => {
		expect(Object.entries(findings())).toEqual([
			['Application', fine('Installed and active')],
			['Permission telephony', fine('Granted')],
			['Permission user', fine('Granted')],
			['Permission crm', fine('Granted')],
			['Permission call', fine('Granted')],
			['Connected Employee', fine('Ada Lovelace, an administrator')],
			['Token', fine('Bitrix24 takes it in the header Authorization')],
			['Connection', fine('Bitrix24 does not tell when it ends; each use renews it')],
			['Clocks', fine('0 s apart')],
			['Click-to-Call', fine('The application can be chosen as the outgoing number')],
			['Lines', fine('None; calls run under the application itself')],
			[`Handler ${CLICK}`, fine(shown('a'))],
		]);
	});

	it.each<[string, object, object]>([
		['fetched in time', {}, { Queue: fine(`Bitrix24 keeps ${CLICK} for fetching; 1 wait`) }],
		[
			'forgotten',
			{ age: 121 },
			{
				Queue: [
					'warning',
					`Bitrix24 keeps ${CLICK} for fetching, and 1 wait for more than 120 s`,
					expect.stringContaining('Delivery: Poll or Both'),
				],
			},
		],
		[
			'hidden from an employee',
			{ list: undefined },
			{
				Queue: [
					'warning',
					`Bitrix24 keeps ${CLICK} for fetching, but does not show its queue`,
					expect.stringContaining('administrator'),
				],
			},
		],
		[
			'on a small plan',
			{ feature: 'N' },
			{
				'Queue: Plan': ['warning', expect.stringContaining('rest_offline_extended'), expect.stringContaining('crash')],
			},
		],
	])(
		'looks at a queue that is %s',
		(_, { age = 1, feature = 'Y', ...more }: { age?: number; feature?: string; list?: undefined }, expected) => {
			const row = {
				ID: '1',
				TIMESTAMP_X: new Date(Date.now() - age * 1000).toISOString(),
				EVENT_NAME: CLICK,
				EVENT_DATA: {},
				MESSAGE_ID: 'm',
				PROCESS_ID: '',
				ERROR: '0',
			};
			const found = findings({
				'event.get': [{ event: CLICK, connector_id: '', offline: 1 }],
				'feature.get': { value: feature },
				'event.offline.list': 'list' in more ? undefined : [row],
			});
			expect(found).toMatchObject(expected);
			expect(found['Click-to-Call']).toEqual(
				fine('The application can be chosen as the outgoing number; clicks are fetched'),
			);
		},
	);

	it.each<[object, string, string, string]>([
		[
			{ INSTALLED: false, PAYMENT_EXPIRED: 'Y' },
			'problem',
			'It is not installed, so no event is sent',
			'Open the application in Bitrix24, tick “Application uses API only” and save.',
		],
		[
			{ INSTALLED: true, PAYMENT_EXPIRED: 'Y' },
			'problem',
			'Its paid period is over',
			'Renew the subscription in Bitrix24.',
		],
		[{}, 'ok', 'Installed and active', 'Nothing to do'],
	])('looks at the application %j', (application, ...expected) => {
		expect(finding('Application', { 'app.info': application })).toEqual(expected);
	});

	it.each([
		['telephony', 'problem', 'nothing of this package works without it'],
		['user', 'warning', 'employees cannot be listed or found by extension'],
		[
			'crm',
			'warning',
			'Set Responsible, Credit and follow-ups fail, and CRM sources, currencies and call lists cannot be listed',
		],
		['call', 'warning', 'callbacks and automatic calls do not work'],
	])('misses the permission %s', (name, result, loss) => {
		expect(finding(`Permission ${name}`, { scope: ['task'] })).toEqual([
			result,
			`Missing: ${loss}`,
			`Tick ${name} in the application’s settings in Bitrix24, then connect the credential again.`,
		]);
	});

	it.each(['user', 'user_basic', 'user_brief'])('takes %s as enough for employees', (scope) => {
		expect(finding('Permission user', { scope: [scope] })).toEqual(fine('Granted'));
	});

	it.each([
		[{ ADMIN: false, NAME: 'Ben' }, 'Ben'],
		[{ ADMIN: 'Y', NAME: 'Ben', LAST_NAME: 'C' }, 'Ben C'],
		[{}, 'Unknown'],
	])('warns of %j, who is no administrator', (profile, name) => {
		expect(finding('Connected Employee', { profile })).toEqual([
			'warning',
			`${name}, not an administrator`,
			'Fine for calls. The call history shows only what this employee may see; connect as an administrator to see all.',
		]);
	});

	it.each([
		[29, 'ok'],
		[-29, 'ok'],
		[32, 'warning'],
		[-32, 'warning'],
	])('compares clocks that are %i s apart', (seconds, result) => {
		const clocks = finding('Clocks', { 'server.time': new Date(Date.now() + seconds * 1000).toISOString() });
		expect(clocks?.[0]).toBe(result);
		expect(clocks?.[1]).toMatch(
			new RegExp(`^${Math.abs(seconds)}|^${Math.abs(seconds) - 1}|^${Math.abs(seconds) + 1}`),
		);
		if (result === 'warning')
			expect(clocks?.[2]).toBe('Set the clock of the n8n server (NTP). Calls would be logged at the wrong time.');
	});

	it('compares them when the portal answers, which may be late', () => {
		const conversation = check.begin(readerOf({ checkDeliveries: false }));
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		const answers = { ...HEALTHY, 'server.time': new Date(Date.now()).toISOString() };
		const { value } = converse(conversation, { methods: answers, probes: { [shown('a')]: ALIVE } });
		now.mockRestore();
		expect(value).toContainEqual({ json: expect.objectContaining({ CHECK: 'Clocks', DETAIL: '0 s apart' }) });
	});

	it('compares no clocks without a time', () => {
		expect(finding('Clocks', { 'server.time': 'soon' })).toEqual(fine('Not compared'));
	});

	const NOBODY = [
		'problem',
		'No trigger listens, so the application cannot be chosen as the outgoing number',
		'Publish a workflow with the Bitrix24 Telephony Trigger, then choose the application as default number for outgoing calls.',
	];
	it.each<[string, Binding[], Answers['probes'], unknown[]]>([
		[
			'a trigger that does not answer',
			[at('a')],
			{},
			[
				'warning',
				'A trigger is bound, but it did not answer',
				'Unpublish the workflow with the trigger, then publish it.',
			],
		],
		[
			'one of two that answers',
			[at('b'), at('a')],
			{ [shown('a')]: ALIVE },
			fine('The application can be chosen as the outgoing number'),
		],
		[
			'a trigger elsewhere',
			[at('a', CLICK, 'https://other.example.com')],
			{},
			[
				'warning',
				'Only another server listens',
				'Publish a workflow with the Bitrix24 Telephony Trigger here, if clicks should start it.',
			],
		],
		[
			'a server whose name begins alike',
			[at('a', CLICK, 'https://n8n.example.com.evil')],
			{},
			[
				'warning',
				'Only another server listens',
				'Publish a workflow with the Bitrix24 Telephony Trigger here, if clicks should start it.',
			],
		],
		['a trigger of another event', [at('a', 'ONVOXIMPLANTCALLEND')], { [shown('a')]: ALIVE }, NOBODY],
		['a handler of somebody else', [{ event: CLICK, handler: shown('a') }], { [shown('a')]: ALIVE }, NOBODY],
		['nothing at all', [], {}, NOBODY],
	])('says who takes clicks: %s', (_name, bound, probes, expected) => {
		expect(finding('Click-to-Call', { 'event.get': bound }, probes)).toEqual(expected);
	});

	it('counts lines', () => {
		expect(finding('Lines', { 'telephony.externalLine.get': [{ NUMBER: '+4930' }, { NUMBER: 7 }] })).toEqual(
			fine('2: +4930, 7'),
		);
	});

	it('tells a handler without its trigger from one that nobody reaches, and shows no signature', () => {
		const bound = { 'event.get': [at('a'), at('b', 'ONB'), at('c', 'ONC')] };
		const all = findings(bound, { [shown('a')]: ALIVE, [shown('b')]: GONE });
		expect(all['Handler ONB']).toEqual([
			'problem',
			`No trigger is left at ${shown('b')}; its events are lost`,
			'Run Remove Orphaned Handlers.',
		]);
		expect(all['Handler ONC']).toEqual([
			'warning',
			`${shown('c')} did not answer n8n itself`,
			'Normal behind some firewalls; the delivery check tells whether Bitrix24 reaches it.',
		]);
	});

	it.each([
		['header', 'Bitrix24 takes it in the header Authorization'],
		['auth', 'Bitrix24 does not take it in the header Authorization, so it goes in the body, as auth'],
	] as const)('says where the portal takes the token: %s', (tokenPlace, detail) => {
		expect(findings({}, {}, { tokenPlace, endsAt: undefined }).Token).toEqual(fine(detail));
	});

	it.each([
		[8, 'ok', 'in 8 days, unless it is used before; each use renews it', 'Nothing to do'],
		[7, 'ok', 'in 7 days, unless it is used before; each use renews it', 'Nothing to do'],
		[6.9, 'warning', 'in 6 days', expect.stringMatching(/connect it again\.$/) as string],
		[1, 'warning', 'in 1 day', expect.any(String) as string],
		[0.5, 'warning', 'in 0 days', expect.any(String) as string],
	])('says when the connection ends: in %d days', (days, result, words, advice) => {
		const endsAt = Date.now() + days * 24 * 3_600_000 + 60_000;
		expect(findings({}, {}, { tokenPlace: 'header', endsAt }).Connection).toEqual([
			result,
			`Ends on ${new Date(endsAt).toISOString().slice(0, 10)}, ${words}`,
			advice,
		]);
	});

	it('goes on, and warns, when the portal tells nothing', () => {
		const { value, steps } = converse(check.begin(readerOf({})), {
			connection: { tokenPlace: undefined, endsAt: undefined },
		});
		expect(steps.every((step) => 'inquire' in step || ('method' in step && step.optional !== undefined))).toBe(true);
		const rows = [value].flat().map((one) => (one as { json: Record<string, unknown> }).json);
		expect(rows.map(({ CHECK, RESULT }) => [CHECK, RESULT])).toEqual([
			['Application', 'problem'],
			['Permission telephony', 'warning'],
			['Permission user', 'warning'],
			['Permission crm', 'warning'],
			['Permission call', 'warning'],
			['Connected Employee', 'warning'],
			['Token', 'warning'],
			['Connection', 'ok'],
			['Clocks', 'ok'],
			['Click-to-Call', 'problem'],
			['Lines', 'ok'],
		]);
		expect(rows[0]).toMatchObject({
			DETAIL: 'The portal tells nothing about it',
			ADVICE: 'Connect the credential through a local application.',
		});
	});

	it('tests deliveries only where that is wanted, and only to triggers that live', () => {
		const answers = {
			methods: { ...HEALTHY, 'event.get': [at('a'), at('b')], 'event.bind': true, 'event.test': true },
			probes: { [shown('a')]: ALIVE },
		};
		const tested = (checkDeliveries: boolean) =>
			callsOf(converse(check.begin(readerOf({ checkDeliveries })), answers).steps).filter(
				([method]) => method === 'event.bind',
			);
		expect(tested(false)).toEqual([]);
		expect(tested(true)).toEqual([
			[
				'event.bind',
				{
					event: 'ONAPPTEST',
					handler: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\/a\?signature=a&check=/) as string,
				},
			],
		]);
	});
});

describe('Remove Orphaned Handlers', () => {
	const bound = [
		at('a', 'ONA'),
		at('b', 'ONB'),
		at('c', 'ONC'),
		at('d', 'OND'),
		at('e', 'ONE', 'https://other.example.com'),
	];
	const remove = (probes: Answers['probes']) =>
		converse(removeOrphans.begin(readerOf({})), {
			methods: { 'event.get': bound, 'event.unbind': { count: 1 } },
			probes,
		});

	it('removes only what n8n itself disowns', () => {
		const { value, steps } = remove({
			[shown('a')]: ALIVE,
			[shown('b')]: GONE,
			[shown('c')]: { status: 404, body: { message: 'Not found' } },
			[shown('d')]: { status: 404, body: '<html>is not registered</html>' },
		});
		expect(value).toEqual({ json: { REMOVED: 1, KEPT: 3, HANDLERS: [{ EVENT: 'ONB', ADDRESS: shown('b') }] } });
		expect(callsOf(steps).filter(([method]) => method === 'event.unbind')).toEqual([['event.unbind', at('b', 'ONB')]]);
	});

	it.each([
		['a proxy with n8n’s words under another status', { status: 502, body: GONE.body }],
		['a body without words', { status: 404, body: { message: 7 } }],
		['an empty body', { status: 404, body: undefined }],
		['silence', { status: 0, body: undefined }],
	])('keeps the handler after %s', (_name, probed) => {
		expect(remove({ [shown('b')]: probed }).value).toEqual({ json: { REMOVED: 0, KEPT: 4, HANDLERS: [] } });
	});

	it('asks at addresses without their signature, on this n8n only', () => {
		const { steps } = remove({});
		expect(steps.flatMap((step) => ('probe' in step ? [step.probe] : []))).toEqual(['a', 'b', 'c', 'd'].map(shown));
	});
});
