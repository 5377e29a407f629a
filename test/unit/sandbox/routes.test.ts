import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../../../sandbox';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ pbx: { timeFactor: 0.001 } });
	const { accessToken } = sandbox.portal.control.issueTokens(1);
	await post('rest/event.bind', { event: 'ONEXTERNALCALLSTART', handler: 'http://127.0.0.1:1/', auth: accessToken });
});
afterAll(() => sandbox.stop());

const send = (path: string, body: string): Promise<Response> =>
	fetch(`${sandbox.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const post = (path: string, body: unknown): Promise<Response> => send(path, JSON.stringify(body));
const answered = async (path: string, body: unknown): Promise<unknown> => {
	const response = await post(path, body);
	return [response.status, await response.json()];
};

test.each([
	['page/do/click', { number: '1' }, 'userId is missing'],
	['page/do/click', { userId: 'x', number: '1' }, 'userId must be integer'],
	['page/do/click', { userId: 1, number: '' }, 'number is empty'],
	['page/do/limit', { limit: 'bucket' }, 'limit must be one of intensity, operating'],
	['page/do/scope', [], 'The body must be object'],
	['page/do/outgoing', { value: 'x' }, 'value must match pattern "^(\\d+:.*)?$"'],
	['page/do/hold', { channelId: '1.1' }, 'Nobody talks on that phone'],
	['page/do/remove-line', {}, 'id is missing'],
	['page/do/add-line', { number: '' }, 'number is empty'],
])('the wish %s %j is refused with a reason', async (path, body, message) => {
	expect(await answered(path, body)).toEqual([400, { message }]);
});

test.each([
	['sandbox/settings', { nonsense: 1 }, 'nonsense is unknown'],
	['sandbox/settings', { crmInstalled: 'perhaps' }, 'crmInstalled must be boolean'],
	['sandbox/employee', { id: 1, rights: { crm: true } }, 'rights.callDetail is missing'],
	['sandbox/clients', { type: 'DEAL' }, 'type must be one of CONTACT, COMPANY, LEAD'],
	['sandbox/employees', { count: 1e9 }, 'count must be <= 10000'],
	['sandbox/clock', { advance: -1 }, 'advance must be >= 0'],
	['sandbox/tokens/revoke', { kind: 'all' }, 'kind must be one of access, refresh, both'],
	['sandbox/application/update', { id: 99 }, 'There is no application 99'],
])('the control %s %j is refused with a reason', async (path, body, problem) => {
	expect(await answered(path, body)).toEqual([400, { ok: false, problem }]);
});

test('a body that is no JSON is refused, and a missing one is empty', async () => {
	expect((await send('page/do/hold', '{')).status).toBe(400);
	expect((await send('sandbox/reset', '{')).status).toBe(400);
	expect((await fetch(`${sandbox.url}sandbox/faults/clear`, { method: 'POST' })).status).toBe(200);
	expect((await fetch(`${sandbox.url}page/do/hold`, { method: 'POST' })).status).toBe(400);
	expect((await post('page/do/nonsense', {})).status).toBe(404);
});

const WISHES =
	'click incoming press hold transfer dismiss-card outgoing application scope add-line remove-line limit add-fault remove-fault'.split(
		' ',
	);
const CONTROLS =
	'click card/dismiss callback switches settings limits faults faults/clear tokens/expire tokens/revoke default-line employees employee clients move clock application application/add application/install application/update application/remove reset'.split(
		' ',
	);
/** Values that now and then fit, so that the parts behind the schemas are reached as well. */
const VALUE = fc.oneof(
	fc.constantFrom<unknown>(
		0,
		1,
		2,
		3,
		-1,
		1.5,
		1e15,
		true,
		false,
		null,
		'',
		'1',
		'3:',
		'102',
		'+49 30 1',
		'LEAD',
		'call',
	),
	fc.constantFrom<unknown>('employee', 'client', 'answer', 'hangup', 'blind', 'delay', 'html502', 'intensity', 'docs'),
	fc.string({ maxLength: 12 }),
	fc.jsonValue({ maxDepth: 2 }),
);
const NAMES =
	'id userId number phoneNumber line lineNumber channelId side button extension to kind callId value installed active handlerUrl scope granted name crmAutoCreate limit on target count code seconds type title phones text entityType entityId advance host timeZone language rights scopes status installUrl clean applicationId intensity bucket __proto__'.split(
		' ',
	);
const BODY = fc.oneof(
	fc.dictionary(fc.constantFrom(...NAMES), VALUE, { maxKeys: 8 }),
	fc.record({ userId: VALUE, number: VALUE, id: VALUE, kind: VALUE, phoneNumber: VALUE }, { requiredKeys: [] }),
	fc.jsonValue(),
);
const PATH = fc.constantFrom(...WISHES.map((name) => `page/do/${name}`), ...CONTROLS.map((name) => `sandbox/${name}`));

test('whatever is sent, no route fails, and the page can still be made', async () => {
	await fc.assert(
		fc.asyncProperty(PATH, BODY, async (path, body) => {
			const response = await post(path, body);
			const text = await response.text();
			expect({ status: response.status, text }).toEqual({ status: response.ok ? 200 : 400, text });
			expect(JSON.parse(text)).toBeInstanceOf(Object);
			expect((await fetch(`${sandbox.url}page/state`)).status).toBe(200);
		}),
		{ numRuns: 300 },
	);
});
