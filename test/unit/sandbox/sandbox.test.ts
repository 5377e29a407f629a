import { startSandbox, type Sandbox } from '../../../sandbox';
import type { Pbx } from '../../../sandbox/pbx';
import { startReceiver, type Receiver } from './receiver';

interface PageState {
	cards: { callId: string; userId: number; client: { name: string } | null; over: boolean }[];
	history: {
		callId: string;
		code: string;
		duration: number;
		client: { name: string } | null;
		missed: boolean;
		recording: { url: string } | null;
	}[];
	deliveries: { event: string; body: string; status: number | null }[];
	faults: { waiting: { id: number; kind: string; target: string }[] };
	outgoing: { chosen: string };
	applications: { id: number; installed: boolean; scopes: string[]; lines: { id: number; number: string }[] }[];
	limits: { buckets: { source: string }[]; settings: { intensity: boolean; operating: boolean } };
	pbx: { calls: { channelId: string; callId: string; phase: string; direction: string; extension: string }[] };
}

let sandbox: Sandbox;
let receiver: Receiver;

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox();
});
afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

const state = async (): Promise<PageState> => {
	const response = await fetch(`${sandbox.url}page/state`);
	if (response.status !== 200) throw new Error(await response.text());
	return (await response.json()) as PageState;
};
const wish = (name: string, body: object): Promise<Response> =>
	fetch(`${sandbox.url}page/do/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
const rest = async (method: string, body: object): Promise<unknown> => {
	const { accessToken } = sandbox.portal.control.issueTokens(1);
	const response = await fetch(`${sandbox.portal.url}/rest/${method}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return response.json();
};

/** Resolves when the page's state fulfils a condition; asks again after each change. */
async function until(condition: (now: PageState) => boolean): Promise<PageState> {
	for (;;) {
		const changed = new Promise<void>((resolve) => {
			sandbox.portal.changes.once('change', () => resolve());
			sandbox.pbx.changes.once('change', () => resolve());
		});
		const now = await state();
		if (condition(now)) return now;
		await changed;
	}
}

test('the page comes with a policy that lets nothing foreign in', async () => {
	const response = await fetch(sandbox.url);
	expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
	const html = await response.text();
	const files = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
	expect(files.length).toBeGreaterThan(5);
	for (const file of files) expect((await fetch(new URL(file, sandbox.url))).status).toBe(200);
	expect(html).not.toMatch(/https?:\/\//);
});

test('a click without a listening application says why', async () => {
	const response = await wish('click', { userId: 1, number: '+49 1' });
	expect([response.status, await response.json()]).toEqual([
		400,
		{ message: expect.stringContaining('publish a workflow') as string },
	]);
});

test('a click opens the card, sends the event and shows both', async () => {
	await rest('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${receiver.url}/click` });
	const { callId } = (await (
		await wish('click', { userId: 2, number: '+494066969441', clientType: 'CONTACT', clientId: 1 })
	).json()) as { callId: string };
	const event = await receiver.next();
	expect(new URLSearchParams(event.body).get('data[CALL_ID]')).toBe(callId);
	const shown = await until((now) => now.deliveries[0]?.status === 200);
	expect(shown.cards).toEqual([
		expect.objectContaining({
			callId,
			userId: 2,
			over: false,
			client: { type: 'CONTACT', id: 1, name: 'Julia Sommer' },
		}),
	]);
	expect(shown.deliveries[0]).toMatchObject({ event: 'ONEXTERNALCALLSTART', body: event.body });

	await rest('telephony.externalcall.finish', { CALL_ID: callId, USER_ID: 2, DURATION: 4, STATUS_CODE: '200' });
	await rest('telephony.externalCall.attachRecord', {
		CALL_ID: callId,
		FILENAME: 'call.wav',
		FILE_CONTENT: Buffer.from('RIFFxxxxWAVE').toString('base64'),
	});
	const logged = await until((now) => now.history[0]?.recording !== null && now.history.length === 1);
	expect(logged.cards).toEqual([]);
	expect(logged.history[0]).toMatchObject({ callId, code: '200', duration: 4, client: { name: 'Julia Sommer' } });
	const audio = new URL(logged.history[0]?.recording?.url ?? '', sandbox.url);
	expect(await (await fetch(audio)).text()).toBe('RIFFxxxxWAVE');
	const part = await fetch(audio, { headers: { range: 'bytes=4-7' } });
	expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 4-7/12', 'xxxx']);
	expect((await fetch(audio, { headers: { range: 'bytes=99-' } })).status).toBe(416);
});

test('phones ring where the employees are', () => {
	const registered = (pbx: Pbx): boolean[] =>
		['101', '105', '106', '999', ''].map((extension) => pbx.isRegistered(extension));
	// 106 left the company.
	expect(registered(sandbox.pbx)).toEqual([true, true, false, false, false]);
});

test('a client calls, and without a workflow the fixed fallback rings', async () => {
	const rung = await wish('incoming', { number: '+44 20 7946 0111;5', line: '+4940669690' });
	expect(await rung.json()).toEqual({
		extensions: ['101', '102'],
		notice: 'No workflow answers calls. The fixed fallback rings: 101&102. The call is logged when it is over.',
	});
	const ringing = await state();
	expect(ringing.cards).toEqual([]);
	expect(ringing.pbx.calls).toMatchObject(
		['101', '102'].map((extension) => ({
			direction: 'in',
			phase: 'employee',
			extension,
			number: '+442079460111',
			callId: '',
		})),
	);
	const channelId = ringing.pbx.calls[0]?.channelId;
	expect((await wish('press', { channelId, side: 'employee', button: 'answer', extension: '102' })).status).toBe(200);
	expect((await state()).pbx.calls).toMatchObject([{ extension: '102', phase: 'talking' }]);
	expect((await wish('press', { channelId, side: 'client', button: 'hangup' })).status).toBe(200);
	expect((await wish('press', { channelId, side: 'client', button: 'hangup' })).status).toBe(400);
	expect((await state()).pbx.calls).toEqual([]);
});

test('a client hides the number', async () => {
	const rung = await wish('incoming', { number: 'anonymous', line: '+4940669690' });
	expect(await rung.json()).toMatchObject({ notice: expect.stringContaining('The caller hides the number') as string });
	await wish('press', { channelId: (await state()).pbx.calls[0]?.channelId, side: 'client', button: 'hangup' });
});

test('settings of the portal', async () => {
	const application = (await state()).applications[0];
	await wish('add-line', { number: '+4940111', name: 'Fair', crmAutoCreate: false });
	const line = (await state()).applications[0]?.lines.find((one) => one.number === '+4940111');
	expect(line).toBeDefined();
	await wish('outgoing', { value: `${application?.id ?? 0}:+4940111` });
	expect((await state()).outgoing.chosen).toBe(`${application?.id ?? 0}:+4940111`);
	await wish('remove-line', { id: line?.id });
	await wish('outgoing', { value: '' });
	await wish('application', { id: application?.id, installed: false });
	await wish('scope', { id: application?.id, scope: 'call', granted: false });
	const changed = await state();
	expect(changed.outgoing.chosen).toBe('');
	expect(changed.applications[0]).toMatchObject({
		installed: false,
		scopes: expect.not.arrayContaining(['call']) as string[],
	});
	expect(changed.applications[0]?.lines.some((one) => one.number === '+4940111')).toBe(false);
});

test('limits are switched one by one', async () => {
	const settings = async (): Promise<boolean[]> => {
		const { intensity, operating } = (await state()).limits.settings;
		return [intensity, operating];
	};
	expect(await settings()).toEqual([false, false]);
	await wish('limit', { limit: 'intensity', on: true });
	expect(await settings()).toEqual([true, false]);
	await wish('limit', { limit: 'operating', on: true });
	await wish('limit', { limit: 'intensity', on: false });
	expect(await settings()).toEqual([false, true]);
	expect((await wish('limit', { limit: 'bucket', on: true })).status).toBe(400);
	await wish('limit', { limit: 'operating', on: false });
});

test('faults are armed and removed', async () => {
	await wish('add-fault', { kind: 'delay', target: '*', count: 1, seconds: 1 });
	const [fault] = (await state()).faults.waiting;
	expect(fault).toMatchObject({ kind: 'delay', target: '*' });
	await wish('remove-fault', { id: fault?.id });
	expect((await state()).faults.waiting).toEqual([]);
	expect((await wish('add-fault', { kind: 'nonsense' })).status).toBe(400);
	expect((await wish('nonsense', {})).status).toBe(404);
});

test('an open page hears of changes and does not keep the sandbox from stopping', async () => {
	const own = await startSandbox();
	const stream = await fetch(`${own.url}page/live`);
	const reader = stream.body?.getReader();
	const text = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value);
	expect(await text()).toContain('retry');
	own.portal.control.addClient('LEAD', { name: 'New' });
	expect(await text()).toContain('event: change');
	await own.stop();
	await expect(fetch(own.url)).rejects.toThrow();
	await expect(fetch(own.pbx.url)).rejects.toThrow();
});
