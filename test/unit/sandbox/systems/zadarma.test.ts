import type { Switches } from '../../../../sandbox/systems/common';
import { signatureOf, webhookSignature, Zadarma } from '../../../../sandbox/systems/zadarma';
import { startEar, type Ear } from './ear';

let ear: Ear;
let zadarma: Zadarma;

beforeEach(async () => {
	ear = await startEar();
	zadarma = new Zadarma();
	await zadarma.stage.start();
	zadarma.stage.address = ear.url;
});
afterEach(async () => {
	await zadarma.stage.stop();
	await ear.stop();
});

async function ask(
	path: string,
	query: Record<string, string>,
	secret = zadarma.secret,
): Promise<{ status: number; answer: Record<string, string> }> {
	const authorization = `${zadarma.key}:${signatureOf(secret, path, query)}`;
	const response = await fetch(`${zadarma.stage.url}${path}?${new URLSearchParams(query).toString()}`, {
		headers: { authorization },
	});
	return { status: response.status, answer: (await response.json()) as Record<string, string> };
}

async function click(switches: Partial<Switches> = {}): Promise<Record<string, string>[]> {
	Object.assign(zadarma.stage.switches, switches);
	expect(await ask('/v1/request/callback/', { from: '101', to: '4915112345678' })).toMatchObject({
		status: 200,
		answer: { status: 'success' },
	});
	await zadarma.stage.settled();
	return ear.heard.map(({ fields }) => fields);
}

const events = (): (string | undefined)[] => ear.heard.map(({ fields }) => fields.event);

test('signatures have the values of the documents', () => {
	expect(
		signatureOf('test-secret', '/v1/request/callback/', { to: '4915112345678', from: '101', format: 'json' }),
	).toBe('NjBiNThkNmE3NjFkOTM3MjYwZTBhNzkzYjcxZWQwYTU0NzJkODI0Zg==');
	expect(webhookSignature('test-secret', '4915112345674930123456782026-03-02 09:14:05', 'hex')).toBe(
		'Y2E3MmY4OGY3ZWU2N2M4NTJhZjZlMzU4MzhmYzdkMTIwMjVjNzU4Ng==',
	);
	expect(webhookSignature('test-secret', 'in_abc1234.5-101', 'hex')).toBe(
		'Y2ZmM2FiYmE0NjJlMTg5MjY4ZTcyMWZkYzUwY2VlNDhjZGI5YzQwOA==',
	);
	expect(Buffer.from(webhookSignature('test-secret', 'in_abc1234.5-101', 'bytes'), 'base64').toString('hex')).toBe(
		'cff3abba462e189268e721fdc50cee48cdb9c408',
	);
});

test('a request with another signature is refused, and so is everything while the login is blocked', async () => {
	expect((await ask('/v1/request/callback', { from: '101', to: '4915112345678' }, 'guessed')).status).toBe(401);
	expect((await ask('/v1/request/callback', { from: '101', to: '12*34' })).status).toBe(400);
	zadarma.stage.switches.refuse = 429;
	expect(await ask('/v1/request/callback', { from: '101', to: '4915112345678' })).toMatchObject({
		status: 429,
		answer: { status: 'error' },
	});
});

test.each([
	['answered', 'answered', '4'],
	['clientBusy', 'busy', '0'],
	['clientNoAnswer', 'no answer', '0'],
	['employeeNoAnswer', 'cancel', '0'],
	['employeeHangsUp', 'cancel', '0'],
] as const)('a click that goes on as %s', async (story, disposition, duration) => {
	const [start, end, record] = await click({ click: story });
	expect(start).toMatchObject({ event: 'NOTIFY_OUT_START', internal: '101', destination: '4915112345678' });
	expect(end).toMatchObject({
		event: 'NOTIFY_OUT_END',
		disposition,
		duration,
		pbx_call_id: start?.pbx_call_id,
		is_recorded: record ? '1' : '0',
	});
	expect(record?.event).toBe(story === 'answered' ? 'NOTIFY_RECORD' : undefined);
	expect(ear.heard[1]?.headers.signature).toBe(
		webhookSignature('test-secret', `1014915112345678${end?.call_start ?? ''}`, 'hex'),
	);
});

test('nothing may be told of a click that the employee did not take', async () => {
	zadarma.silentWithoutEmployee = true;
	expect(await click({ click: 'employeeNoAnswer' })).toEqual([]);
});

test('webhooks come twice, in reverse, forged, with the other signature or a plus, as switched', async () => {
	await click({ twice: true, reversed: true, plus: true, signature: 'bytes' });
	expect(events()).toEqual([
		'NOTIFY_RECORD',
		'NOTIFY_RECORD',
		'NOTIFY_OUT_END',
		'NOTIFY_OUT_END',
		'NOTIFY_OUT_START',
		'NOTIFY_OUT_START',
	]);
	const end = ear.heard[2];
	expect(end?.fields.destination).toBe('+4915112345678');
	const text = `101+4915112345678${end?.fields.call_start ?? ''}`;
	expect(end?.headers.signature).toBe(webhookSignature('test-secret', text, 'bytes'));
	ear.heard.length = 0;
	await click({ forged: true, twice: false });
	expect(ear.heard.map((one) => one.headers.signature)).not.toContain(webhookSignature('test-secret', text, 'bytes'));
});

test('an address that does not answer the check is not entered', async () => {
	expect(await zadarma.enterAddress(`${ear.url}/elsewhere`)).toBe(false);
	expect(await zadarma.enterAddress(`${ear.url}?key=1`)).toBe(true);
	expect(zadarma.stage.address).toBe(`${ear.url}?key=1`);
});

test.each([
	[
		'answeredBySecond',
		'',
		[
			'NOTIFY_START',
			'NOTIFY_INTERNAL',
			'NOTIFY_INTERNAL',
			'NOTIFY_INTERNAL',
			'NOTIFY_ANSWER',
			'NOTIFY_END',
			'NOTIFY_RECORD',
		],
		'102',
	],
	[
		'answeredBySecond',
		'{"redirect":"103","return_timeout":15}',
		['NOTIFY_START', 'NOTIFY_INTERNAL', 'NOTIFY_ANSWER', 'NOTIFY_END', 'NOTIFY_RECORD'],
		'103',
	],
	[
		'missedByAll',
		'Workflow was started',
		['NOTIFY_START', 'NOTIFY_INTERNAL', 'NOTIFY_INTERNAL', 'NOTIFY_INTERNAL', 'NOTIFY_END'],
		undefined,
	],
	['lostInMenu', '', ['NOTIFY_START', 'NOTIFY_IVR', 'NOTIFY_END'], undefined],
] as const)('an incoming call: %s, answered %s', async (story, answer, expected, extension) => {
	ear.answer = () => answer;
	const id = await zadarma.callIn({ client: '+49 1511 234567', line: '493012345678', story });
	expect(events()).toEqual(expected);
	const end = ear.heard.find(({ fields }) => fields.event === 'NOTIFY_END')?.fields;
	expect(end).toMatchObject({ caller_id: '491511234567', pbx_call_id: id });
	expect(end?.internal).toBe(extension);
});

test('a late recording is refused with 200 and with 400, then there', async () => {
	const [, end] = await click({ recording: 'late' });
	const wanted = { call_id: end?.call_id_with_rec ?? '', lifetime: '1800' };
	expect((await ask('/v1/pbx/record/request/', wanted)).answer).toMatchObject({ status: 'error' });
	expect((await ask('/v1/pbx/record/request/', wanted)).status).toBe(400);
	const { answer } = await ask('/v1/pbx/record/request/', wanted);
	const sound = await fetch(answer.link ?? '');
	expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
	expect(Buffer.from(await sound.arrayBuffer()).readUInt16BE(0)).toBe(0xfffb);
	zadarma.stage.switches.recording = 'missing';
	expect((await ask('/v1/pbx/record/request/', wanted)).answer).toMatchObject({ status: 'error' });
});
