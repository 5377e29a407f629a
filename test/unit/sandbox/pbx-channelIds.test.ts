import { startPbx, type Pbx } from '../../../sandbox/pbx';
import { basic, call, CALL_ID, originate, reached } from './pbx-client';

let pbx: Pbx;
beforeEach(async () => {
	pbx = await startPbx({ employeeRingSeconds: 10_000 });
});
afterEach(async () => {
	await pbx.stop();
});

const EXISTS = [409, { message: 'Channel with given unique ID already exists' }];
const TOO_LONG = 'Uniqueid length exceeds maximum of 149';

type Request = Record<string, string | undefined>;
const patient = (request: Request): { request: Request } => ({ request: { timeout: '-1', ...request } });

async function answer(request: Request, options: Parameters<typeof originate>[1] = {}): Promise<unknown[]> {
	const response = await originate(pbx, { ...patient(request), ...options });
	return [response.status, await response.json()];
}

test('of twelve requests with one CALL_ID, one rings; when the call is over the id is free again', async () => {
	const statuses = (await Promise.all(Array.from({ length: 12 }, () => answer({ channelId: CALL_ID })))).map(
		([status]) => status as number,
	);
	expect(statuses.sort()).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
	expect(pbx.calls).toEqual([expect.objectContaining({ channelId: CALL_ID, phase: 'employee' })]);
	expect(await (await fetch(`${pbx.url}/ari/channels/${CALL_ID}`, { headers: basic(pbx) })).json()).toMatchObject({
		id: CALL_ID,
	});
	pbx.press(CALL_ID, 'employee', 'busy');
	expect(await answer({ channelId: CALL_ID })).toEqual([200, expect.objectContaining({ id: CALL_ID })]);
});

test('an own id is read from the path, the query and the body', async () => {
	expect(await call(pbx, { ...patient({}), id: 'mine.1' })).toBe('mine.1');
	expect(await answer({}, { id: 'mine.1' })).toEqual(EXISTS);
	expect(await answer({ channelId: 'mine.1' })).toEqual(EXISTS);
	const query = new URLSearchParams({ channelId: 'mine.1', endpoint: 'Local/101@b24-agent', extension: 's' });
	const asked = await fetch(`${pbx.url}/ari/channels?${query.toString()}`, { method: 'POST', headers: basic(pbx) });
	expect([asked.status, await asked.json()]).toEqual(EXISTS);
});

test('both halves of a Local channel bear an id: the second ;2 or one of its own', async () => {
	await call(pbx, patient({ channelId: 'half.1' }));
	await call(pbx, patient({ channelId: 'half.2', otherChannelId: 'other.2', endpoint: 'Local/102@b24-agent' }));
	const third = { channelId: 'half.3', endpoint: 'Local/103@b24-agent' };
	for (const channelId of ['half.1;2', 'other.2']) expect(await answer({ ...third, channelId })).toEqual(EXISTS);
	for (const otherChannelId of ['half.1', 'half.3']) expect(await answer({ ...third, otherChannelId })).toEqual(EXISTS);
	// Without the first id Asterisk ignores the second, and a phone dialled directly has one channel only.
	expect(await answer({ otherChannelId: 'half.1', endpoint: 'Local/103@b24-agent' })).toEqual([200, expect.anything()]);
	expect(await answer({ channelId: 'half.4', otherChannelId: 'half.1', endpoint: 'PJSIP/104' })).toEqual([
		200,
		expect.anything(),
	]);
});

test('an id stays taken however many calls come and go meanwhile', async () => {
	await call(pbx, patient({ channelId: 'long.1' }));
	// The phone is engaged, so each of them is over at once.
	for (let count = 0; count < 201; count += 1) await reached(pbx, await call(pbx), 'over');
	expect(await answer({ channelId: 'long.1' })).toEqual(EXISTS);
});

test.each(['channelId', 'otherChannelId'])(
	'%s of more than 149 characters is refused before anything else is looked at',
	async (name) => {
		expect(await answer({ [name]: 'x'.repeat(150), endpoint: undefined })).toEqual([400, { message: TOO_LONG }]);
		expect(await answer({ [name]: 'x'.repeat(149), endpoint: undefined })).toEqual([
			400,
			{ message: 'Endpoint must be specified' },
		]);
	},
);

test('AMI dials once for a ChannelId, and answers Success both times', async () => {
	const rawman = (query: string, cookie = ''): Promise<Response> =>
		fetch(`${pbx.url}/rawman?${query}`, { headers: { cookie } });
	const cookie = (await rawman(`action=login&username=${pbx.user}&secret=${pbx.password}`)).headers
		.get('set-cookie')
		?.split(';')[0];
	const start =
		'action=originate&channel=Local/101@b24-agent&context=from-bitrix24&exten=s&priority=1&async=true&variable=__B24_NUMBER=4915112345678&channelid=';
	for (const id of ['ami.1', 'ami.1'])
		expect(await (await rawman(start + id, cookie)).text()).toContain('Response: Success');
	expect(pbx.calls).toEqual([expect.objectContaining({ channelId: 'ami.1' })]);
	expect(await (await rawman(start + 'x'.repeat(150), cookie)).text()).toContain(
		`Response: Error\r\nMessage: ${TOO_LONG}`,
	);
});
