import { LEAN_VERSION } from '../../nodes/Bitrix24Telephony/version';
import { byId, useWorld } from './world';

// The node of today in n8n's engine, which drops what a version does not show: the rest of these tests have its first
// version.

const world = useWorld();
const run = async (resource: string, operation: string, parameters = {}, items = [{}]) =>
	await world.run(resource, operation, parameters, items, { typeVersion: LEAN_VERSION });

const LOG = {
	direction: 'incoming',
	phoneNumber: '+494066969441',
	employee: byId(2),
	start: '2026-03-01T10:00:00+01:00',
	duration: 12,
};

it('Log Call takes its six fields and what is added', async () => {
	const additionalFields = {
		externalCallId: 'pbx-1',
		outcomeWord: { said: { outcomeFrom: 'sip', word: '486' } },
		line: { __rl: true, mode: 'number', value: '4940669690' },
		transcript: '={{ $json.said }}',
		transcriptLines: { line: [{ side: 'employee', start: 2, stop: 3, text: 'Yes' }] },
	};
	const items = [{ said: [{ side: 'client', start: 0, stop: 1, text: 'Hello?' }] }];
	const { json, error } = await run('call', 'logCall', { ...LOG, duration: 0, additionalFields }, items);
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ LOGGED: true, EXTERNAL_CALL_ID: 'pbx-1', CALL_FAILED_CODE: '486' }]);
	expect([...world.portal.state.transcripts.values()][0]?.utterances).toHaveLength(2);
	expect((await run('call', 'logCall', { ...LOG, additionalFields }, items)).json).toMatchObject([{ LOGGED: false }]);
});

it('Log Call needs nothing more, and a repeat logs nothing twice', async () => {
	expect((await run('call', 'logCall', LOG)).json).toMatchObject([{ LOGGED: true }]);
	expect((await run('call', 'logCall', LOG)).json).toMatchObject([{ LOGGED: false }]);
	expect(world.portal.state.history).toHaveLength(1);
});

it('Register finds its line by number', async () => {
	const additionalFields = { lineNumber: { __rl: true, mode: 'number', value: '4940669690' } };
	const call = { employee: byId(2), phoneNumber: '+49301', type: 2, additionalFields };
	const { json, error } = await run('call', 'register', call);
	expect(error).toBeUndefined();
	const id = String(json[0]?.CALL_ID);
	expect(world.portal.state.calls.get(id)?.lineNumber).toBe('+4940669690');
});

it('Get Many simplifies to ten columns', async () => {
	await world.finished();
	const [row = {}] = (await run('call', 'getMany', {})).json;
	expect(Object.keys(row)).toHaveLength(10);
	expect(row).toMatchObject({ DIRECTION: 'incoming', CALL_DURATION: 12 });
});

it('Finish behind a node that puts out fields of its own says where the Call ID has gone', async () => {
	const answer = [{ statusCode: 200, body: { status: 'ok' } }];
	const { error } = await run('call', 'finish', { employee: byId(2) }, answer);
	expect(error?.message).toBe('Call ID is empty');
	expect(error?.description).toContain('a node in between, such as HTTP Request, puts out fields of its own');
});

it('Check Setup begins with its verdict', async () => {
	const [verdict, first] = (await run('setup', 'check', { checkDeliveries: false })).json;
	expect(verdict).toMatchObject({ CHECK: 'Verdict', RESULT: 'problem', DETAIL: '1 problem: Click-to-Call' });
	expect(first).toMatchObject({
		CHECK: 'Click-to-Call',
		LINK: expect.stringMatching(/\/telephony\/lines\.php$/) as string,
	});
});
