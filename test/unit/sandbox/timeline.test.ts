import { startSandbox, type ExecutionOf, type Sandbox } from '../../../sandbox';
import type { Timeline, TimelineEntry } from '../../../sandbox/page/data/timeline';
import { startReceiver, type Receiver } from './receiver';

let sandbox: Sandbox;
let receiver: Receiver;
let executions: ExecutionOf[] = [];

beforeAll(async () => {
	receiver = await startReceiver();
	sandbox = await startSandbox({
		pbx: { timeFactor: 0.01, globals: { B24_REPORT_URL: `${receiver.url}/report` } },
		executions: () => Promise.resolve(executions),
	});
	await rest('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${receiver.url}/click` });
});
afterAll(async () => {
	await sandbox.stop();
	await receiver.stop();
});

interface Page {
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
	fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
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

test('a call is told from the click to its recording', async () => {
	const callId = await click('+49 30 23125 9004');
	await json(
		`${sandbox.pbx.url}/ari/channels/${callId}`,
		{
			endpoint: 'Local/102@b24-agent',
			extension: 's',
			context: 'from-bitrix24',
			variables: { __B24_NUMBER: '+4930231259004', __B24_CALL_ID: callId },
		},
		basic(),
	);
	await until(callId, ({ entries }) => entries.some(({ kind, detail }) => kind === 'report' && detail.startsWith('200')));
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
