import { startPbx, type Pbx } from '../../../sandbox/pbx';
import { basic, call, originate, reached } from './pbx-client';
import { startReceiver, type Receiver } from './receiver';

let pbx: Pbx;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	pbx = await startPbx({ timeFactor: 0.005, employeeRingSeconds: 10_000, clientRingSeconds: 10_000 });
});
afterAll(async () => {
	await pbx.stop();
	await receiver.stop();
});

const ari = (path: string, init: RequestInit = {}): Promise<Response> =>
	fetch(`${pbx.url}/ari${path}`, { headers: basic(pbx), ...init });
const patient = { request: { timeout: '-1' } };

describe('the test of a credential', () => {
	test('is answered to whoever knows the password, and to nobody else', async () => {
		expect((await ari('/asterisk/info')).status).toBe(200);
		expect((await ari('/asterisk/info', { headers: {} })).status).toBe(401);
	});
});

describe('originate', () => {
	test('answers at once with the channel, before anyone rings', async () => {
		const response = await originate(pbx, patient);
		expect(response.status).toBe(200);
		const channel = (await response.json()) as Record<string, string>;
		expect(channel).toEqual({
			id: expect.stringMatching(/^\d{10}\.\d+$/) as string,
			name: expect.stringMatching(/^Local\/101@b24-agent-[0-9a-f]{8};1$/) as string,
			state: 'Down',
			protocol_id: '',
			caller: { name: '', number: '4915112345678' },
			connected: { name: '', number: '4915112345678' },
			accountcode: '',
			dialplan: { context: 'b24-agent', exten: '101', priority: 1, app_name: 'AppDial2', app_data: '(Outgoing Line)' },
			creationtime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/) as string,
			language: 'en',
		});
		pbx.press(channel.id ?? '', 'employee', 'busy');
	});

	test('reads parameters from the query as well', async () => {
		const query = new URLSearchParams({
			endpoint: 'Local/102@b24-agent',
			extension: 's',
			context: 'from-bitrix24',
			callerId: '"Ada" <+49 (30) 1>',
		});
		const response = await fetch(`${pbx.url}/ari/channels?${query.toString()}`, {
			method: 'POST',
			headers: basic(pbx),
		});
		expect(await response.json()).toMatchObject({
			caller: { name: 'Ada', number: '+49301' },
			dialplan: { exten: '102' },
		});
	});

	const refusals: [string, Parameters<typeof originate>[1], number, object][] = [
		['no endpoint', { request: { endpoint: undefined } }, 400, { message: 'Endpoint must be specified' }],
		['endpoint without device', { request: { endpoint: 'PJSIP' } }, 400, { message: 'Invalid endpoint specified' }],
		[
			'no extension',
			{ request: { extension: undefined } },
			400,
			{ message: 'Application or extension must be specified' },
		],
		['phone not registered', { request: { endpoint: 'PJSIP/999' } }, 500, { error: 'Allocation failed' }],
		['unknown technology', { request: { endpoint: 'DAHDI/1' } }, 500, { error: 'Allocation failed' }],
		['broken body', { body: '{"variables":' }, 400, { message: 'Error parsing request body' }],
		[
			'a variable that is no text',
			{ body: '{"variables":{"A":1}}' },
			400,
			{ message: "Only string values in the 'variables' object allowed" },
		],
	];
	test.each(refusals)('%s', async (_name, options, status, body) => {
		const response = await originate(pbx, options);
		expect([response.status, await response.json()]).toEqual([status, body]);
	});

	test.each([{ authorization: '' }, { authorization: `Basic ${Buffer.from('n8n:wrong').toString('base64')}` }])(
		'wrong password: %j',
		async (headers) => {
			const response = await originate(pbx, { headers });
			expect(response.status).toBe(401);
			expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
		},
	);
});

describe('channels', () => {
	test('are listed while they live, and hung up by DELETE', async () => {
		const id = await call(pbx, { ...patient, doneUrl: receiver.url });
		expect(await (await ari(`/channels/${id}`)).json()).toMatchObject({
			state: 'Ringing',
			dialplan: { context: 'b24-agent', app_name: 'AppDial2' },
		});
		pbx.press(id, 'employee', 'answer');
		const list = (await (await ari('/channels')).json()) as { id: string; state: string }[];
		expect(list).toEqual([expect.objectContaining({ id, state: 'Up' })]);
		expect(await (await ari(`/channels/${id}`)).json()).toMatchObject({
			dialplan: {
				context: 'from-bitrix24',
				exten: 's',
				app_name: 'Dial',
				app_data: expect.stringMatching(
					/^PJSIP\/4915112345678@trunk,10000,U\(b24-answered\^Local\/101@b24-agent-[0-9a-f]{8};1\)$/,
				) as string,
			},
		});
		expect((await ari(`/channels/${id}?reason=nonsense`, { method: 'DELETE' })).status).toBe(400);
		expect((await ari(`/channels/${id}?reason=normal`, { method: 'DELETE' })).status).toBe(204);
		expect((await receiver.next()).body).toContain('DIALSTATUS=CANCEL');
		for (const method of ['GET', 'DELETE']) {
			const response = await ari(`/channels/${id}`, { method });
			expect([response.status, await response.json()]).toEqual([404, { message: 'Channel not found' }]);
		}
	});
});

describe('stored recordings', () => {
	const nameOf = (id: string): string => `${id}-${pbx.calls.find(({ channelId }) => channelId === id)?.start}`;

	test('an answered call leaves a WAV as long as the conversation', async () => {
		const id = await call(pbx, { number: '4930231259004' });
		await reached(pbx, id, 'over');
		const name = nameOf(id);
		expect(await (await ari('/recordings/stored')).json()).toContainEqual({ name, format: 'wav' });
		expect(await (await ari(`/recordings/stored/${name}`)).json()).toEqual({ name, format: 'wav' });
		const file = await ari(`/recordings/stored/${name}/file`);
		const wav = Buffer.from(await file.arrayBuffer());
		expect(file.headers.get('content-type')).toBe('audio/wav');
		expect(file.headers.get('content-length')).toBe(String(wav.length));
		expect(wav.length).toBe(44 + 4 * 8000 * 2);
		expect(wav.toString('ascii', 0, 4) + wav.toString('ascii', 8, 16)).toBe('RIFFWAVEfmt ');
		expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([
			1, 1, 8000, 16,
		]);
		expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
		const loudest = Math.max(...Array.from({ length: 8000 }, (_unused, index) => wav.readInt16LE(44 + index * 2)));
		expect(loudest).toBeGreaterThan(5000);
	});

	test('an unanswered call leaves a bare header', async () => {
		const id = await call(pbx, { number: '4930231259100' });
		await reached(pbx, id, 'over');
		const name = nameOf(id);
		expect(Buffer.from(await (await ari(`/recordings/stored/${name}/file`)).arrayBuffer())).toHaveLength(44);
	});

	test('DELETE removes one for good', async () => {
		const id = await call(pbx, { number: '4930231259001' });
		await reached(pbx, id, 'over');
		const name = nameOf(id);
		expect((await ari(`/recordings/stored/${name}`, { method: 'DELETE' })).status).toBe(204);
		for (const [path, method] of [
			[name, 'GET'],
			[`${name}/file`, 'GET'],
			[name, 'DELETE'],
		] as const) {
			const response = await ari(`/recordings/stored/${path}`, { method });
			expect([response.status, await response.json()]).toEqual([404, { message: 'Recording not found' }]);
		}
	});
});

describe('AMI over HTTP', () => {
	const rawman = (query: string, cookie = ''): Promise<Response> =>
		fetch(`${pbx.url}/rawman?${query}`, { headers: { cookie } });
	const login = (): Promise<Response> => rawman(`action=login&username=${pbx.user}&secret=${pbx.password}`);

	test('originates after login, and the handlers report the same way', async () => {
		const cookie = (await login()).headers.get('set-cookie')?.split(';')[0] ?? '';
		const variables = encodeURIComponent(
			`__B24_CALL_ID=c.1,__B24_NUMBER=4930231259100,__B24_DONE_URL=${receiver.url}/ami?USER_ID=7`,
		);
		const query = `action=originate&channel=Local/101@b24-agent&context=from-bitrix24&exten=s&priority=1&async=true&variable=${variables}`;
		expect(await (await rawman(query, cookie)).text()).toBe(
			'Response: Success\r\nMessage: Originate successfully queued\r\n\r\n',
		);
		const report = await receiver.next();
		expect([report.path, report.body]).toEqual([
			'/ami?USER_ID=7',
			expect.stringMatching(/^CALL_ID=c\.1&.*&DIALSTATUS=BUSY&HANGUPCAUSE=17&/),
		]);
	});

	test('refuses strangers', async () => {
		expect(await (await rawman('action=login&username=n8n&secret=no')).text()).toContain(
			'Message: Authentication failed',
		);
		expect(await (await rawman('action=originate')).text()).toContain('Response: Error');
	});
});
