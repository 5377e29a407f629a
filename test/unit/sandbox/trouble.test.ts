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

test('requests that name no call stand by themselves, newest first', async () => {
	await rest(sandbox.portal, 'profile', {});
	await rest(sandbox.portal, 'telephony.externalcall.searchcrmentities', { PHONE_NUMBER: '+494066969441' });
	await rest(sandbox.portal, 'telephony.externalCall.register', { USER_ID: 2, PHONE_NUMBER: '+4940777', TYPE: 2 });
	const { requests } = await page();
	expect(requests.map(({ text }) => text)).toEqual(['telephony.externalCall.searchCrmEntities', 'profile']);
	expect(requests[0]?.sent).toContainEqual({ name: 'PHONE_NUMBER', value: '+494066969441' });
});
