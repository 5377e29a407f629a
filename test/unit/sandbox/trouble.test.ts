import { startSandbox, type Sandbox } from '../../../sandbox';
import type { Snapshot } from '../../../sandbox/page/snapshot';
import { rest } from '../../support/rest';
import { startReceiver, type Receiver } from './receiver';

const WHY = 'Nothing started: the event is of the line 1, and Only for Lines has 2.';

let sandbox: Sandbox;
let receivers: Receiver[];
beforeEach(async () => {
	sandbox = await startSandbox({});
	receivers = [];
});
afterEach(async () => {
	await sandbox.stop();
	await Promise.all(receivers.map((receiver) => receiver.stop()));
});

const page = async (): Promise<Snapshot> => {
	const response = await fetch(`${sandbox.url}page/state`);
	return response.json() as Promise<Snapshot>;
};

/** Binds a handler that answers like this. */
async function listen(status: number, answer: string): Promise<Receiver> {
	const receiver = await startReceiver(status, answer);
	receivers.push(receiver);
	await rest(sandbox.portal, 'event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${receiver.url}/click` });
	return receiver;
}

/** What the page shows of a click once every handler has answered. */
async function clicked(): Promise<{ trouble: string | undefined; details: string[]; tones: string[] }> {
	sandbox.portal.control.click({ userId: 2, phoneNumber: '+4940777' });
	await sandbox.portal.control.idle();
	const { cards, timelines } = await page();
	const events = (timelines[0]?.entries ?? []).filter(({ kind }) => kind === 'event');
	const details = events.map(({ detail }) => detail.replace(/ in \d+ ms/, ''));
	return { trouble: cards[0]?.trouble, details, tones: events.map(({ tone }) => tone) };
}

test.each([
	['leaves a click out', 200, `{"message":"${WHY}"}`, `The event was answered with 200: ${WHY}`, 'plain'],
	['is not there', 404, '{"message":"Not registered"}', 'The event was answered with 404: Not registered', 'bad'],
	['fails without a word', 500, '', 'The event was answered with 500', 'bad'],
	['began', 200, '', '', 'good'],
	['began, as n8n says', 200, '{"message":"Workflow was started"}', '', 'good'],
])('a workflow that %s says so in the timeline and on the card', async (_name, status, answer, trouble, tone) => {
	await listen(status, answer);
	const shown = await clicked();
	expect([shown.trouble, shown.tones]).toEqual([trouble, [tone]]);
	expect(shown.details).toEqual([trouble.replace('The event was answered with ', '') || '200']);
});

test('one workflow that begins is enough', async () => {
	await listen(200, '');
	await listen(200, `{"message":"${WHY}"}`);
	expect((await clicked()).trouble).toBe('');
});

test('an n8n that is gone is told on the card', async () => {
	await (await listen(200, '')).stop();
	expect((await clicked()).trouble).toMatch(/^No answer to the event: .*ECONNREFUSED/);
});

/** A call that the PBX has ended, and whose card is still open. @returns what its card says */
async function ended(reportUrl: string): Promise<string | undefined> {
	await listen(200, '');
	const { callId } = sandbox.portal.control.click({ userId: 1, phoneNumber: '+4940777' });
	sandbox.pbx.control.setGlobals({ B24_REPORT_URL: reportUrl });
	await fetch(`${sandbox.pbx.url}/ari/channels/${callId}`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(`${sandbox.pbx.user}:${sandbox.pbx.password}`).toString('base64')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ endpoint: 'Local/101@b24-agent', extension: 's', context: 'from-bitrix24' }),
	});
	sandbox.pbx.press(callId, 'employee', 'hangup');
	for (;;) {
		const changed = new Promise((resolve) => sandbox.pbx.changes.once('change', resolve));
		const trouble = (await page()).cards[0]?.trouble;
		if (trouble) return trouble;
		await changed;
	}
}

test('a phone system without an address says so on the card', async () => {
	expect(await ended('')).toBe('The phone system reports to nobody: give it an address under Setup, step 4.');
});

test('a report that is refused is told on the card', async () => {
	const receiver = await startReceiver(404, '{"message":"Not registered"}');
	receivers.push(receiver);
	expect(await ended(`${receiver.url}/report`)).toBe(
		'The report of the phone system was answered with 404: Not registered',
	);
});

test('requests that name no call stand by themselves, newest first', async () => {
	await rest(sandbox.portal, 'profile', {});
	await rest(sandbox.portal, 'telephony.externalcall.searchcrmentities', { PHONE_NUMBER: '+494066969441' });
	await rest(sandbox.portal, 'telephony.externalCall.register', { USER_ID: 2, PHONE_NUMBER: '+4940777', TYPE: 2 });
	const { requests } = await page();
	expect(requests.map(({ text }) => text)).toEqual(['telephony.externalCall.searchCrmEntities', 'profile']);
	expect(requests[0]?.sent).toContainEqual({ name: 'PHONE_NUMBER', value: '+494066969441' });
});
