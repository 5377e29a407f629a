import { startSandbox, type ExecutionOf, type Sandbox } from '../../../sandbox';
import type { Timeline, TimelineEntry } from '../../../sandbox/page/data/timeline';
import { startReceiver, type Receiver } from './receiver';

const TIME_FACTOR = 0.01;
let sandbox: Sandbox;
let receiver: Receiver;
const executions: ExecutionOf[] = [];

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({
		pbx: { timeFactor: TIME_FACTOR, globals: { B24_REPORT_URL: `${receiver.url}/report` } },
		executions: () => Promise.resolve(executions),
	});
	await rest('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${receiver.url}/click` });
});
afterEach(() => {
	jest.restoreAllMocks();
});
afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

interface Page {
	now: number;
	timelines: Timeline[];
	cards: { callId: string; userId: number; waitsFor: string }[];
	applications: { id: number; permissions: { scope: string; granted: boolean; pending: boolean }[] }[];
}

const page = async (): Promise<Page> => {
	const response = await fetch(`${sandbox.url}page/state`);
	if (response.status !== 200) throw new Error(await response.text());
	return response.json() as Promise<Page>;
};
const json = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
const wish = (name: string, body: object): Promise<Response> => json(`${sandbox.url}page/do/${name}`, body);
const rest = async (method: string, body: object): Promise<{ result: Record<string, unknown> }> => {
	const { accessToken } = sandbox.portal.control.issueTokens(1);
	const response = await json(`${sandbox.portal.url}/rest/${method}`, { ...body, auth: accessToken });
	return response.json() as Promise<{ result: Record<string, unknown> }>;
};
const click = async (number: string, userId = 2): Promise<string> =>
	((await (await wish('click', { userId, number })).json()) as { callId: string }).callId;
const basic = (): Record<string, string> => ({
	authorization: `Basic ${Buffer.from(`${sandbox.pbx.user}:${sandbox.pbx.password}`).toString('base64')}`,
});

/** Has the PBX dial as the click-to-call example does. */
const dial = (callId: string, number: string): Promise<Response> =>
	json(
		`${sandbox.pbx.url}/ari/channels/${callId}`,
		{
			endpoint: 'Local/102@b24-agent',
			extension: 's',
			context: 'from-bitrix24',
			variables: { __B24_NUMBER: number, __B24_CALL_ID: callId },
		},
		basic(),
	);

/** Resolves with the timeline of a call when it fulfils a condition; asks again after each change. */
async function until(key: string, condition: (timeline: Timeline) => boolean): Promise<Timeline> {
	for (;;) {
		const changed = new Promise<void>((resolve) => {
			sandbox.portal.changes.once('change', () => resolve());
			sandbox.pbx.changes.once('change', () => resolve());
		});
		const timeline = (await page()).timelines.find((one) => one.key === key);
		if (timeline && condition(timeline)) return timeline;
		await changed;
	}
}
const lines = ({ entries }: Timeline): string[] => entries.map(({ kind, from, text }) => `${kind} ${from}: ${text}`);
const value = (entry: TimelineEntry | undefined, name: string): string | undefined =>
	entry?.sent.find((field) => field.name === name)?.value;

/** A clock on which no two things happen at the same moment. */
const everyLookTakes = (milliseconds: number): void => {
	let time = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => (time += milliseconds));
};

test('a call is told from the click to its recording', async () => {
	everyLookTakes(1);
	const callId = await click('+49 30 23125 9004');
	await dial(callId, '+4930231259004');
	await until(callId, ({ entries }) =>
		entries.some(({ kind, detail }) => kind === 'report' && detail.startsWith('200')),
	);
	await rest('telephony.externalcall.finish', { CALL_ID: callId, USER_ID: 2, DURATION: 4, STATUS_CODE: '200' });
	await rest('telephony.externalCall.attachRecord', {
		CALL_ID: callId,
		FILENAME: 'call.wav',
		FILE_CONTENT: Buffer.from('RIFFxxxxWAVE').toString('base64'),
	});
	const timeline = await until(callId, ({ entries }) => entries.some(({ recording }) => recording !== undefined));
	expect(timeline).toMatchObject({ callId, number: '+4930231259004', direction: 'out', over: true });
	expect(lines(timeline)).toEqual([
		expect.stringMatching(/^click person: .+ clicks \+49 30 23125 9004$/),
		expect.stringMatching(/^card portal: card of .+ opened$/),
		'event portal: ONEXTERNALCALLSTART',
		`pbx workflow: POST /ari/channels/${callId}`,
		'pbx pbx: rings extension 102',
		'pbx pbx: extension 102 answered, rings 4930231259004',
		'pbx pbx: 4930231259004 answered',
		'pbx pbx: hangs up after 4 s of conversation',
		'report pbx: reports ANSWER, 4 s',
		'request workflow: telephony.externalCall.finish',
		expect.stringMatching(/^card portal: card of .+ closed$/),
		'request workflow: telephony.externalCall.attachRecord',
		'recording portal: recording attached',
	]);
	const finish = timeline.entries.find(({ text }) => text === 'telephony.externalCall.finish');
	expect([value(finish, 'DURATION'), finish?.tone]).toEqual(['4', 'good']);
	expect(finish?.detail).toMatch(/^200 in \d+ ms$/);
	expect(JSON.parse(finish?.answer ?? '')).toMatchObject({ result: { CALL_ID: callId } });
	expect(timeline.entries.map(({ key }) => key)).toEqual([...new Set(timeline.entries.map(({ key }) => key))]);
	const audio = timeline.entries.at(-1)?.recording ?? '';
	expect(await (await fetch(new URL(audio, sandbox.url))).text()).toBe('RIFFxxxxWAVE');
});

test('what led to something stands before it, however long each step takes', async () => {
	everyLookTakes(7);
	const callId = await click('+49 40 110');
	await dial(callId, '+4940110');
	const timeline = await until(callId, ({ entries }) => entries.some(({ text }) => text.startsWith('rings')));
	expect(timeline.entries.slice(0, 5).map(({ kind, from }) => `${kind} ${from}`)).toEqual([
		'click person',
		'card portal',
		'event portal',
		'pbx workflow',
		'pbx pbx',
	]);
	await until(callId, ({ entries }) => entries.some(({ kind }) => kind === 'report'));
});

test('of a batch each call shows its own commands, with what references stood for', async () => {
	const [mine, other] = [await click('+49 40 111', 1), await click('+49 40 222', 3)];
	await rest('batch', {
		cmd: {
			own: `telephony.externalCall.show?CALL_ID=${mine}&USER_ID=3`,
			others: `telephony.externalCall.show?CALL_ID=${other}&USER_ID=1`,
			made: 'telephony.externalCall.register?USER_ID=1&PHONE_NUMBER=4940333&TYPE=2',
			ended: 'telephony.externalCall.finish?CALL_ID=$result[made][CALL_ID]&USER_ID=1&DURATION=0',
			wrong: `telephony.externalCall.attachRecord?CALL_ID=${mine}&FILENAME=a.txt`,
			about: 'profile',
		},
	});
	const made = [...sandbox.portal.state.history].at(-1)?.callId ?? '';
	const batchOf = async (key: string): Promise<TimelineEntry | undefined> =>
		(await until(key, () => true)).entries.find(({ text }) => text === 'batch');
	const [first, second, third] = [await batchOf(mine), await batchOf(other), await batchOf(made)];
	const parts = (entry: TimelineEntry | undefined): string[] =>
		entry?.parts.map(({ text, tone }) => `${text} ${tone}`) ?? [];
	expect(parts(first)).toEqual(['telephony.externalCall.show good', 'telephony.externalCall.attachRecord bad']);
	expect(first?.tone).toBe('bad');
	expect(first?.detail).toMatch(/^200 in \d+ ms, and 4 other commands$/);
	expect(first?.parts[1]?.detail).not.toBe('');
	expect(parts(second)).toEqual(['telephony.externalCall.show good']);
	expect(parts(third)).toEqual(['telephony.externalCall.register good', 'telephony.externalCall.finish good']);
	expect(value(third?.parts[1], 'CALL_ID')).toBe(made);
	expect(JSON.parse(third?.parts[1]?.answer ?? '')).toMatchObject({ CALL_ID: made });
});

test('secrets are masked', async () => {
	const callId = await click('+49 40 444');
	await until(callId, ({ entries }) =>
		entries.some(({ kind, detail }) => kind === 'event' && detail.startsWith('200')),
	);
	await rest('batch', { cmd: [`telephony.externalCall.show?CALL_ID=${callId}&USER_ID=1&auth=inside`] });
	await rest('telephony.externalCall.finish', {
		CALL_ID: callId,
		USER_ID: 2,
		RECORD_URL: 'http://user:word@127.0.0.1:1/a.mp3?token=inside',
	});
	await rest('telephony.externalCall.attachRecord', { CALL_ID: callId, FILENAME: 'a.mp3' });
	await fetch(`${sandbox.pbx.url}/ari/channels/${callId}?api_key=${sandbox.pbx.user}:${sandbox.pbx.password}`);
	const timeline = await until(callId, () => true);
	const event = timeline.entries.find(({ kind }) => kind === 'event');
	expect(value(event, 'auth[access_token]')).toBe('••••');
	expect(value(event, 'auth[application_token]')).toBe('••••');
	expect(timeline.entries.find(({ text }) => text.endsWith('attachRecord'))?.answer).toMatch(
		/upload\.json\?auth=••••&token=••••/,
	);
	const { accessTokens, refreshTokens, applications } = sandbox.portal.state;
	const secrets = [...applications.values()].flatMap(({ clientSecret, applicationToken }) => [
		clientSecret,
		applicationToken,
	]);
	const shown = JSON.stringify(timeline);
	for (const secret of [...accessTokens.keys(), ...refreshTokens.keys(), ...secrets, 'inside', 'word@', 'n8n:secret'])
		expect(shown).not.toContain(secret);
});

test('a request that the portal did not take is told as well', async () => {
	const callId = await click('+49 40 555');
	sandbox.portal.control.addFault({ kind: 'html502', target: 'telephony.externalCall.finish' });
	const { accessToken } = sandbox.portal.control.issueTokens(1);
	await fetch(`${sandbox.portal.url}/rest/telephony.externalCall.finish`, {
		method: 'POST',
		body: new URLSearchParams({ CALL_ID: callId, USER_ID: '2', auth: accessToken }),
	});
	const [refused] = (await until(callId, () => true)).entries.filter(({ kind }) => kind === 'request');
	expect(refused).toMatchObject({
		tone: 'bad',
		detail: expect.stringMatching(/^502 in \d+ ms: armed fault “502 with an HTML page”$/) as string,
	});
	expect(value(refused, 'CALL_ID')).toBe(callId);
});

test('a recording that is sent to the upload address belongs to its call', async () => {
	const callId = await click('+49 40 666');
	await rest('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 2 });
	const { result } = await rest('telephony.externalCall.attachRecord', { CALL_ID: callId, FILENAME: 'a.mp3' });
	const form = new FormData();
	form.append('file', new Blob(['ID3']), 'a.mp3');
	await fetch(String(result.uploadUrl), { method: 'POST', body: form });
	expect(lines(await until(callId, () => true))).toEqual(
		expect.arrayContaining(['request workflow: upload', 'recording portal: recording attached']),
	);
});

test('a client whom Bitrix24 does not know yet has a timeline by his channel, later by his call', async () => {
	everyLookTakes(1);
	// The phones ring as long as the answer takes.
	sandbox.pbx.control.setTimeFactor(1);
	await wish('incoming', { number: '+44 20 7946 0999', line: '+4940669690' });
	const channel = sandbox.pbx.calls.at(-1)?.channelId ?? '';
	await wish('press', { channelId: channel, side: 'employee', button: 'answer', extension: '101' });
	const unknown = await until(channel, () => true);
	expect(unknown).toMatchObject({ callId: '', direction: 'in', number: '+442079460999', over: false });
	expect(lines(unknown)).toEqual([
		'pbx pbx: gets a call of +442079460999 on +4940669690',
		'pbx pbx: rings 101, 102',
		'pbx person: extension 101 answers',
		'pbx pbx: extension 101 answered',
	]);
	const { result } = await rest('telephony.externalCall.register', {
		USER_ID: 1,
		PHONE_NUMBER: '+442079460999',
		TYPE: 2,
		EXTERNAL_CALL_ID: channel,
	});
	await wish('hold', { channelId: channel });
	await wish('press', { channelId: channel, side: 'client', button: 'hangup' });
	const known = await until(String(result.CALL_ID), () => true);
	expect(lines(known)).toEqual(
		expect.arrayContaining([
			'pbx pbx: rings 101, 102',
			'request workflow: telephony.externalCall.register',
			'pbx pbx: holds the client',
			'pbx person: the client hangs up',
		]),
	);
	expect((await page()).timelines.some(({ key }) => key === channel)).toBe(false);
	sandbox.pbx.control.setTimeFactor(TIME_FACTOR);
});

test('entries link to the executions that they started, and that made them', async () => {
	const tab = await fetch(`${sandbox.url}page/live`);
	const callId = await click('+49 40 777');
	const other = await click('+49 40 888', 3);
	const { at } = await until(callId, ({ entries }) => entries.some(({ kind }) => kind === 'event')).then(
		({ entries }) => entries.find(({ kind }) => kind === 'event') ?? { at: 0 },
	);
	const execution = (id: string, callIds: string[], startedAt: number, stoppedAt: number): ExecutionOf => ({
		id,
		url: `http://n8n/workflow/w/executions/${id}`,
		workflow: 'Click-to-call',
		status: 'success',
		callIds,
		startedAt,
		stoppedAt,
	});
	await rest('telephony.externalCall.show', { CALL_ID: callId, USER_ID: 1 });
	executions.push(
		execution('1', [callId], at - 60_000, at - 50_000),
		execution('2', [other], at + 1, at + 60_000),
		execution('3', [callId], at + 2, at + 60_000),
	);
	sandbox.portal.control.addClient('LEAD', { name: 'New' });
	// What n8n tells is no change of portal or PBX, so only an open tab hears of it.
	const reader = tab.body?.getReader();
	let linked = await until(callId, () => true);
	while (!linked.entries.some((entry) => entry.execution !== undefined)) {
		await reader?.read();
		linked = await until(callId, () => true);
	}
	await reader?.cancel();
	expect(linked.entries.map(({ kind, execution: link }) => [kind, link?.id])).toEqual([
		['click', undefined],
		['card', undefined],
		['event', '3'],
		['request', '3'],
		['card', undefined],
	]);
	expect(linked.entries[2]?.execution).toEqual({
		id: '3',
		url: 'http://n8n/workflow/w/executions/3',
		workflow: 'Click-to-call',
		status: 'success',
	});
});

test('a card says what it waits for, and can be dismissed', async () => {
	const callId = await click('+49 40 999');
	const card = async (): Promise<string | undefined> =>
		(await page()).cards.find((one) => one.callId === callId && one.userId === 1)?.waitsFor;
	await rest('telephony.externalCall.show', { CALL_ID: callId, USER_ID: 1 });
	expect(await card()).toContain('has the PBX dial');
	await rest('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 2 });
	expect(await card()).toMatch(/^Hide by a workflow/);
	expect((await wish('dismiss-card', { callId, userId: 1 })).status).toBe(200);
	expect(await card()).toBeUndefined();
	const again = await wish('dismiss-card', { callId, userId: 1 });
	expect([again.status, await again.json()]).toEqual([400, { message: 'That card is closed already' }]);
	expect(lines(await until(callId, () => true)).at(-1)).toMatch(/^card person: card of .+ dismissed$/);
});

test('a permission that the token in use has not yet is pending', async () => {
	const permission = async (): Promise<object | undefined> =>
		(await page()).applications[0]?.permissions.find(({ scope }) => scope === 'call');
	sandbox.portal.control.issueTokens(1);
	const id = (await page()).applications[0]?.id;
	expect(await permission()).toEqual({ scope: 'call', granted: true, pending: false });
	await wish('scope', { id, scope: 'call', granted: false });
	expect(await permission()).toEqual({ scope: 'call', granted: false, pending: true });
	sandbox.portal.control.issueTokens(1);
	expect(await permission()).toEqual({ scope: 'call', granted: false, pending: false });
	await wish('scope', { id, scope: 'call', granted: true });
});

test('the page says what one enters in n8n', async () => {
	expect(await page()).toMatchObject({
		connect: {
			portal: sandbox.portal.url,
			authorizationServer: sandbox.portal.authorizationUrl,
			clientId: expect.stringMatching(/^local\./) as string,
			pbx: { url: sandbox.pbx.url, user: sandbox.pbx.user, password: sandbox.pbx.password },
		},
		clientSecret: expect.any(String) as string,
	});
});
