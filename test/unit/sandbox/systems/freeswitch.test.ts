import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dialplan, expand, set } from '../../../../sandbox/systems/dialplan';
import { FreeSwitch, type FreeSwitchOptions } from '../../../../sandbox/systems/freeswitch';
import type { ClickStory, IncomingStory, Switches } from '../../../../sandbox/systems/common';
import { startReceiver, type Receiver } from '../receiver';

const XML = readFileSync(join(__dirname, '../../../../examples/freeswitch/bitrix24.xml'), 'utf8');
const CALL_ID = 'externalCall.89350264e026dace3f2b14d1f438257c.1773236989';

let receiver: Receiver;
let pbx: FreeSwitch;
async function start(
	switches: Partial<Switches> = {},
	options: FreeSwitchOptions = {},
	answer = '',
	status = 200,
): Promise<void> {
	receiver = await startReceiver(status, answer);
	const globals = { b24_report_url: `${receiver.url}/report`, domain: 'pbx', htdocs_dir: '/htdocs' };
	pbx = new FreeSwitch(
		() => new Dialplan(XML, globals),
		{ ...options, ...(options.cdrAddress ? { cdrAddress: receiver.url } : {}) },
		switches,
	);
	await pbx.stage.start();
}
afterEach(async () => {
	await pbx.stage.stop();
	await receiver.stop();
});

const basic = (user = 'n8n', password = 'secret') => ({
	authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const line = (extension = '101', number = '4915112345678') =>
	`{origination_uuid=${CALL_ID},originate_timeout=20,b24_call_id=${CALL_ID},b24_line=}user/${extension} ${number} XML bitrix24`;
const command = async (text: string, name = 'originate') =>
	await fetch(`${pbx.stage.url}/txtapi/${name}?${encodeURIComponent(text)}`, { headers: basic() });
async function originate(text = line()): Promise<string> {
	const answer = await (await command(text)).text();
	await pbx.stage.settled();
	return answer;
}
const reports = () => receiver.received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

describe('originate', () => {
	it('answers with the uuid that was asked for, and reports the call once', async () => {
		await start();
		expect(await originate()).toBe(`+OK ${CALL_ID}\n`);
		expect(reports()).toEqual([
			{
				CALL_ID,
				UUID: CALL_ID,
				DIRECTION: 'out',
				EXTENSION: '101',
				NUMBER: '4915112345678',
				LINE: '',
				DISPOSITION: 'SUCCESS',
				CAUSE: 'NORMAL_CLEARING',
				BRIDGED: expect.stringMatching(/^\d{10}$/) as string,
				STARTED: expect.any(String) as string,
				ENDED: expect.any(String) as string,
				RECORDING: CALL_ID,
			},
		]);
		expect(Number(reports()[0]?.ENDED) - Number(reports()[0]?.BRIDGED)).toBe(4);
	});

	it.each<[ClickStory, string]>([
		['clientBusy', 'USER_BUSY'],
		['clientNoAnswer', 'NO_ANSWER'],
		['employeeHangsUp', 'ORIGINATOR_CANCEL'],
	])('%s is reported as %s', async (click, word) => {
		await start({ click });
		expect(await originate()).toMatch(/^\+OK /);
		expect(reports()).toMatchObject([{ DISPOSITION: word, BRIDGED: '0' }]);
		expect(pbx.recordings.size).toBe(0);
	});

	it.each([
		['the employee does not answer', line(), '-ERR NO_ANSWER\n'],
		['the phone is not registered', line('104'), '-ERR USER_NOT_REGISTERED\n'],
		['nobody has the extension', line('999'), '-ERR SUBSCRIBER_ABSENT\n'],
		['the extension is empty', line(''), '-ERR SUBSCRIBER_ABSENT\n'],
		['the gateway is unknown', 'sofia/gateway/none/1 1 XML bitrix24', '-ERR INVALID_GATEWAY\n'],
		['the endpoint is unknown', 'pigeon/1 1 XML bitrix24', '-ERR CHAN_NOT_IMPLEMENTED\n'],
		['nothing is to be called', 'user/101', expect.stringMatching(/^-USAGE: /) as string],
	])('says so and reports nothing when %s', async (_name, text, expected) => {
		await start({ click: 'employeeNoAnswer' });
		expect(await originate(text)).toEqual(expected);
		expect(receiver.received).toEqual([]);
	});

	it('refuses a second one with the uuid of a channel that lives', async () => {
		await start();
		pbx.live.add(CALL_ID);
		expect(await originate()).toBe('-ERR DESTINATION_OUT_OF_ORDER\n');
	});

	it('takes arguments apart at spaces, so that what looks like a number may run a command', async () => {
		await start();
		await originate("user/101 &system('touch x') XML bitrix24");
		expect(pbx.executed).toEqual(["&system('touch x')"]);
	});

	it('reports a number that is none', async () => {
		await start();
		expect(await originate(line('101', 'abc'))).toMatch(/^\+OK /);
		expect(reports()).toMatchObject([{ CALL_ID, DISPOSITION: 'INVALID_NUMBER_FORMAT', BRIDGED: '0' }]);
	});

	it('throws a value away that has a variable in it', async () => {
		await start();
		await originate('{b24_call_id=${x},origination_uuid=u1}user/101 49 XML bitrix24');
		expect(reports()).toMatchObject([{ CALL_ID: '', UUID: 'u1' }]);
	});
});

describe('the HTTP interface', () => {
	it.each([
		[401, { authorization: 'Basic eDp5' }, '/txtapi/status'],
		[401, {}, '/bitrix24/x.wav'],
		[686, basic(), '/txtapi/system?id'],
		[408, { ...basic(), padding: 'x'.repeat(4000) }, '/txtapi/status'],
	])('answers %i', async (status, headers, path) => {
		await start({}, { allowed: ['originate', 'status'] });
		expect((await fetch(pbx.stage.url + path, { headers: headers as Record<string, string> })).status).toBe(status);
	});

	it('does not know commands of modules that are not loaded', async () => {
		await start();
		expect(await (await command('1', 'lua')).text()).toBe('INVALID COMMAND!\n');
	});

	it('hands recordings out, behind /pub to anybody', async () => {
		await start();
		await originate();
		const path = `bitrix24/${CALL_ID}.wav`;
		expect(
			Buffer.from(await (await fetch(`${pbx.stage.url}/${path}`, { headers: basic() })).arrayBuffer())
				.subarray(0, 4)
				.toString(),
		).toBe('RIFF');
		expect((await fetch(`${pbx.stage.url}/pub/${path}`)).status).toBe(200);
		expect((await fetch(`${pbx.stage.url}/bitrix24/none.wav`, { headers: basic() })).status).toBe(404);
		expect((await fetch(`${pbx.stage.url}/${path}`, { headers: basic(), method: 'DELETE' })).status).toBe(405);
	});
});

describe('an incoming call', () => {
	const client = '+4915177777';
	const callIn = async (story: IncomingStory, from = client) =>
		await pbx.callIn({ client: from, line: '493023125900', story });

	it('asks whom to ring, tells who answered, and reports', async () => {
		await start({}, {}, JSON.stringify({ RING: '102,103', CALL_ID }));
		const uuid = await callIn('answeredBySecond');
		expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
			EVENT: 'asked',
			UUID: uuid,
			DIRECTION: 'in',
			NUMBER: '4915177777',
			LINE: '493023125900',
		});
		expect(reports().slice(1)).toMatchObject([
			{ EVENT: 'answered', CALL_ID, UUID: uuid, EXTENSION: '103', NUMBER: '4915177777', LINE: '493023125900' },
			{
				CALL_ID,
				UUID: uuid,
				DIRECTION: 'in',
				EXTENSION: '103',
				NUMBER: '4915177777',
				DISPOSITION: 'SUCCESS',
				RECORDING: uuid,
			},
		]);
	});

	it.each([
		['nothing', ''],
		['something else', '{"message":"Workflow was started"}'],
		['a command', '{"RING":"101 &system(id)","CALL_ID":"x y"}'],
	])('rings the fallback when n8n answers %s', async (_name, answer) => {
		await start({}, {}, answer);
		await callIn('answeredBySecond');
		expect(reports()[1]).toMatchObject({ EVENT: 'answered', CALL_ID: '', EXTENSION: '101' });
	});

	it('reports one that nobody took, and hides a caller who does not show himself', async () => {
		await start();
		await callIn('missedByAll', 'anonymous&CALL_ID=x');
		expect(reports()[1]).toMatchObject({ CALL_ID: '', NUMBER: 'anonymous', DISPOSITION: 'NO_ANSWER', EXTENSION: '' });
	});
});

it('mod_json_cdr repeats what was refused, with the values of the call', async () => {
	await start({}, { cdrAddress: 'given' }, '', 500);
	await originate();
	const posts = receiver.received.filter(({ type }) => type === 'application/json');
	expect(posts).toHaveLength(3);
	expect(posts[0]?.path).toBe(`/?uuid=${CALL_ID}`);
	expect(JSON.parse(posts[0]?.body ?? '')).toMatchObject({
		variables: {
			uuid: CALL_ID,
			b24_call_id: CALL_ID,
			dialed_user: '101',
			originate_disposition: 'SUCCESS',
			b24_direction: 'out',
		},
	});
});

describe('variables', () => {
	it.each([
		['\\\\\\${x}', '${x}'],
		['\\${x}', '1'],
		['${x}', '1'],
	])('set keeps %s as %s', (text, kept) => {
		const variables = { x: '1' };
		set(`hook=${text}`, variables);
		expect(variables).toEqual({ x: '1', hook: kept });
		expect(expand(kept, variables)).toBe('1');
	});
});
