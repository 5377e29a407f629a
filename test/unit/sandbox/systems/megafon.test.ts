import type { Switches } from '../../../../sandbox/systems/common';
import { Megafon } from '../../../../sandbox/systems/megafon';
import { startEar, type Ear } from './ear';

let ear: Ear;
let megafon: Megafon;

beforeEach(async () => {
	ear = await startEar();
	megafon = new Megafon();
	await megafon.stage.start();
	megafon.stage.address = ear.url;
});
afterEach(async () => {
	await megafon.stage.stop();
	await ear.stop();
});

async function makeCall(body: object = { phone: '79991234567', user: '101' }, key = megafon.key): Promise<Response> {
	const headers = { 'content-type': 'application/json', 'x-api-key': key };
	return await fetch(`${megafon.stage.url}/crmapi/v1/makecall`, {
		method: 'POST',
		headers,
		body: JSON.stringify(body),
	});
}

async function click(switches: Partial<Switches> = {}): Promise<Record<string, string>[]> {
	Object.assign(megafon.stage.switches, switches);
	const response = await makeCall();
	expect([response.status, await response.json()]).toEqual([200, { callid: expect.any(String) as string }]);
	await megafon.stage.settled();
	return ear.heard.map(({ fields }) => fields);
}

test('a request without the key is refused, and so is everything while the login is blocked', async () => {
	expect((await makeCall(undefined, 'wrong')).status).toBe(401);
	expect((await makeCall({ phone: 'abc', user: '101' })).status).toBe(400);
	expect((await makeCall({ phone: '79991234567' })).status).toBe(400);
	megafon.stage.switches.refuse = 401;
	expect((await makeCall()).status).toBe(401);
});

test('a relative takes forms with the token', async () => {
	const form = (token: string): RequestInit => ({
		method: 'POST',
		body: new URLSearchParams({ crm_token: token, phone: '79991234567', user: '101' }),
	});
	expect((await fetch(`${megafon.stage.url}/crmapi/v1/makecall`, form('wrong'))).status).toBe(401);
	expect((await fetch(`${megafon.stage.url}/crmapi/v1/makecall`, form(megafon.key))).status).toBe(200);
	await megafon.stage.settled();
});

test.each([
	['answered', ['OUTGOING', 'ACCEPTED', 'COMPLETED'], 'Success', '11'],
	['clientBusy', ['OUTGOING', 'CANCELLED'], 'busy', '7'],
	['clientNoAnswer', ['OUTGOING', 'CANCELLED'], 'missed', '7'],
	['employeeNoAnswer', ['OUTGOING', 'CANCELLED'], 'cancel', '7'],
	['employeeHangsUp', ['OUTGOING', 'CANCELLED'], 'Cancel', '7'],
	['transfer', ['OUTGOING', 'ACCEPTED', 'TRANSFERRED', 'COMPLETED'], 'success', '11'],
] as const)('a click that goes on as %s', async (story, types, status, duration) => {
	const told = await click({ click: story });
	const history = told.at(-1);
	expect(told.slice(0, -1).map(({ type }) => type)).toEqual(types);
	expect(history).toMatchObject({
		cmd: 'history',
		type: 'out',
		status,
		duration,
		ext: story === 'transfer' ? '102' : '101',
	});
	expect(history).toMatchObject({ phone: '79991234567', crm_token: 'test-token' });
	expect(history?.start).toMatch(/^\d{8}T\d{6}Z$/);
	expect('link' in (history ?? {})).toBe(duration === '11');
});

test('webhooks come twice, in reverse, with a wrong token, a plus, without extension, as switched', async () => {
	megafon.withoutExtension = true;
	const told = await click({ twice: true, reversed: true, forged: true, plus: true });
	expect(told.map(({ cmd }) => cmd)).toEqual(['history', 'history', ...Array<string>(6).fill('event')]);
	expect(told[0]).toMatchObject({ phone: '+79991234567', user: 'user101', crm_token: 'wrong' });
	expect(told[0]).not.toHaveProperty('ext');
});

test.each([
	[
		'answeredBySecond',
		'{}',
		['INCOMING', 'INCOMING', 'INCOMING', 'ACCEPTED', 'CANCELLED', 'CANCELLED', 'COMPLETED', 'in'],
		'102',
	],
	[
		'answeredBySecond',
		'{"contact_name":"Ada","responsible":"103"}',
		['INCOMING', 'ACCEPTED', 'COMPLETED', 'in'],
		'103',
	],
	['answeredBySecond', '{"responsible":"user101"}', ['INCOMING', 'ACCEPTED', 'COMPLETED', 'in'], '101'],
	[
		'transfer',
		'',
		[
			'INCOMING',
			'INCOMING',
			'INCOMING',
			'ACCEPTED',
			'CANCELLED',
			'CANCELLED',
			'TRANSFERRED',
			'ACCEPTED',
			'COMPLETED',
			'in',
		],
		'103',
	],
	['missedByAll', '', ['INCOMING', 'INCOMING', 'INCOMING', 'CANCELLED', 'CANCELLED', 'CANCELLED', 'in'], undefined],
	['lostInMenu', '', ['in'], undefined],
] as const)('an incoming call: %s, answered %s', async (story, answer, types, extension) => {
	ear.answer = ({ fields }) => (fields.cmd === 'contact' ? answer : '');
	const callid = await megafon.callIn({ client: '+7 999 123-45-67', line: '74951234567', story });
	const [asked, ...told] = ear.heard.map(({ fields }) => fields);
	expect(asked).toEqual({
		cmd: 'contact',
		callid,
		phone: '79991234567',
		diversion: '74951234567',
		crm_token: 'test-token',
	});
	expect(told.map(({ type }) => type)).toEqual(types);
	expect(told.at(-1)?.ext).toBe(extension);
	expect(told.at(-1)?.status).toBe(extension ? 'Success' : 'Missed');
});

test('a late recording has its link before its sound; a missing one has no link', async () => {
	const link = (await click({ recording: 'late' })).at(-1)?.link ?? '';
	expect((await fetch(link)).status).toBe(404);
	expect((await fetch(link)).status).toBe(404);
	expect((await fetch(link)).headers.get('content-type')).toBe('audio/mpeg');
	expect((await fetch(link.replace(/\w+\.mp3/, 'other.mp3'))).status).toBe(404);
	expect((await click({ recording: 'missing' })).at(-1)).not.toHaveProperty('link');
});
