import type { IDataObject, INode } from 'n8n-workflow';
import { byExtension, byId, many, useWorld } from './world';

const world = useWorld();
const { run, registered, finished } = world;
const call = async (operation: string, parameters: IDataObject, items?: IDataObject[], node?: Partial<INode>) =>
	await run('call', operation, parameters, items, node);

const FINISH = {
	callId: '={{ $json.CALL_ID }}',
	employee: byId(2),
	duration: 5,
	outcomeFrom: 'list',
	outcome: 'ended',
	direction: 'incoming',
};
const LOG = {
	direction: 'incoming',
	phoneNumber: '+494066969441',
	employee: byId(2),
	start: '2026-03-01T10:00:00+01:00',
	duration: '={{ $json.seconds ?? 33 }}',
	outcomeFrom: 'list',
	outcome: 'ended',
	externalCallId: '={{ $json.id }}',
	skipLogged: true,
	recordingFrom: 'none',
	transcript: '[]',
};
/** Methods of the requests that the portal has answered. */
const asked = (method: string): number =>
	world.portal.state.requests.filter((request) => request.method.toLowerCase() === method.toLowerCase()).length;

describe.each([
	['continueRegularOutput', 0],
	['continueErrorOutput', 1],
] as const)('%s', (onError, output) => {
	const items = ['a', 'b', 'c'].map((CALL_ID) => ({ CALL_ID: `externalCall.${CALL_ID}.1` }));

	it('holds when the credential is not connected', async () => {
		world.credential.oauthTokenData = {};
		const done = await call('finish', FINISH, items, { onError });
		expect(done.error).toBeUndefined();
		expect(done.items(output).map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
			items.map((_, item) => ['The Bitrix24 credential is not connected', { item }]),
		);
		expect(done.items(1 - output)).toEqual([]);
	});

	it('holds for a redirect to an address that is none', async () => {
		const { settings } = world.portal.state;
		const { host } = settings;
		world.portal.control.move('[broken');
		const done = await call('finish', FINISH, items, { onError });
		Object.assign(settings, { host, formerHosts: [] });
		expect(done.error).toBeUndefined();
		expect(done.items(output).map(({ json, pairedItem }) => [typeof json.error, pairedItem])).toEqual(
			items.map((_, item) => ['string', { item }]),
		);
		expect(JSON.stringify(done.items(output))).not.toContain('TypeError');
	});

	it('keeps a transfer from an employee to the same one out of the success output', async () => {
		const callId = await registered();
		const before = world.portal.state.requests.length;
		const done = await call('transfer', { callId, fromEmployee: byId(7), toEmployee: byId(7) }, [{}], { onError });
		expect(done.items(output)).toMatchObject([{ json: { error: 'From and To are the same employee' } }]);
		expect(done.items(1 - output)).toEqual([]);
		expect(world.portal.state.requests).toHaveLength(before);
	});
});

it.each([
	['missed first', [0, 33]],
	['answered first', [33, 0]],
])('logs the answered one of two legs of a ring group: %s', async (_name, seconds) => {
	const done = await call(
		'logCall',
		LOG,
		seconds.map((duration) => ({ id: 'ring', seconds: duration })),
	);
	expect(done.error).toBeUndefined();
	expect(world.portal.state.history).toMatchObject([{ externalCallId: 'ring', duration: 33 }]);
	expect(done.json.map(({ LOGGED }) => LOGGED)).toEqual(seconds.map((duration) => duration > 0));
});

it('asks for the lines once a run', async () => {
	const additionalFields = { line: byId('+4940669690') };
	const done = await call(
		'logCall',
		{ ...LOG, additionalFields },
		Array.from({ length: 7 }, (_, id) => ({ id: `l${id}` })),
	);
	expect(done.error).toBeUndefined();
	expect(asked('telephony.externalLine.get')).toBe(1);
});

describe('Get', () => {
	it('finds a call by the id of the PBX', async () => {
		await call('logCall', LOG, [{ id: 'pbx-1' }]);
		const done = await call('get', { findBy: 'EXTERNAL_CALL_ID', externalCallId: 'pbx-1', simplify: true });
		expect(done.json).toMatchObject([{ EXTERNAL_CALL_ID: 'pbx-1', CALL_DURATION: 33 }]);
	});

	it('takes no row of another call', async () => {
		await finished();
		const done = await call('get', { callId: 'externalCall.other.1', simplify: true });
		expect(done.error?.message).toBe('This call is not in the history');
	});
});

it('lists all calls, newest first, while others come in: none doubled, none lost', async () => {
	const ids = Array.from({ length: 120 }, (_, index) => `g${index}`);
	await call(
		'logCall',
		{ ...LOG, phoneNumber: '={{ "+4930" + (1000 + $itemIndex) }}' },
		ids.map((id) => ({ id })),
	);
	let late = 0;
	const template = world.portal.state.history[0];
	world.portal.changes.on('change', ({ kind, method }) => {
		if (kind !== 'request' || method !== 'voximplant.statistic.get' || !template || late >= 500) return;
		for (let one = 0; one < 3; one += 1) {
			late += 1;
			world.portal.state.history.push({
				...template,
				id: 10_000 + late,
				callId: `late ${late}`,
				externalCallId: `late ${late}`,
				startDate: Date.now(),
			});
		}
	});
	const done = await call('getMany', { returnAll: true, sort: 'CALL_START_DATE DESC', simplify: true });
	world.portal.changes.removeAllListeners('change');
	const found = done.json
		.map(({ EXTERNAL_CALL_ID }) => String(EXTERNAL_CALL_ID))
		.filter((id) => !id.startsWith('late'));
	expect(found.sort()).toEqual([...ids].sort());
});

it('routes a call although a fallback cannot be looked up', async () => {
	world.portal.control.addFault({ kind: 'error', target: 'user.get', code: 'INTERNAL_SERVER_ERROR' });
	const done = await run('client', 'route', {
		phoneNumber: '+494066969441',
		employees: many(byId(7)),
		ringUnknown: true,
	});
	expect(done.json).toMatchObject([{ RING: true, EXTENSION: '102' }]);
});

it('keeps a text that the portal would take for a reference', async () => {
	const text = 'Say $result[plan0_step0][CALL_ID] and $result[';
	const transcript = JSON.stringify([{ side: 'client', start: 0, text }]);
	const done = await call('logCall', { ...LOG, transcript: '={{ $json.transcript }}' }, [
		{ id: 'a', transcript },
		{ id: 'b', transcript },
	]);
	expect(done.error).toBeUndefined();
	expect([...world.portal.state.transcripts.values()].map(({ utterances }) => utterances[0]?.message)).toEqual([
		text,
		text,
	]);
});

it('names the items whose outcome is unknown when another one stops the run', async () => {
	const method = 'voximplant.infocall.startwithtext';
	world.portal.control.addFault({ kind: 'error', target: method, code: 'INTERNAL_SERVER_ERROR' });
	world.portal.control.addFault({ kind: 'resetAfterWork', target: method });
	const speech = {
		fromLine: byId('reg150907'),
		phoneNumber: '+494066969441',
		text: 'Hello',
		voice: byId('ukenglishfemale'),
	};
	const done = await run('autoCall', 'textCall', speech, [{}, {}]);
	expect(done.error?.message).toContain('INTERNAL_SERVER_ERROR');
	expect(done.error?.description).toContain(
		'What became of these items is unknown, so look before you repeat them: 1.',
	);
});

it('says the same advice of many items once', async () => {
	const register = {
		employee: byExtension('102'),
		phoneNumber: '={{ "+4930" + (2000 + $itemIndex) }}',
		type: 2,
		externalCallId: '',
		show: false,
	};
	const done = await call('register', register, [{}, {}, {}]);
	expect(done.hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^Items 0-2: /)]);
});

describe('a recording', () => {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.write('WAVE', 8);
	const sound = Buffer.concat([header, Buffer.alloc(2000, 1)]);
	const attach = async (content: Buffer, fileName: string, mimeType = '') => {
		const callId = await finished();
		const item = { json: {}, binary: { data: { data: content.toString('base64'), fileName, mimeType } } };
		return await call('attachRecording', { callId, recordingFrom: 'binary', binaryProperty: 'data' }, [
			item,
		] as unknown as IDataObject[]);
	};

	it.each([
		['of no bytes', Buffer.alloc(0)],
		['that is a bare header', header],
	])('%s is left out with a warning', async (_name, content) => {
		expect((await attach(content, 'a.wav', 'audio/wav')).json).toMatchObject([
			{ ATTACHED: false, WARNINGS: [expect.stringContaining('no sound')] },
		]);
		expect(world.portal.state.recordings.size).toBe(0);
	});

	it('is named after what is in it', async () => {
		expect((await attach(sound, 'a.mp3', 'audio/mpeg')).json).toMatchObject([{ ATTACHED: true }]);
		expect([...world.portal.state.recordings.values()][0]?.name).toMatch(/\.wav$/);
	});

	it('that is a page is refused', async () => {
		expect((await attach(Buffer.from('<html>Not found</html>'), 'a.wav', 'audio/wav')).error?.message).toContain(
			'neither WAV nor MP3',
		);
	});

	it('that cannot be read is no matter of the credential', async () => {
		const callId = await finished();
		const item = {
			json: {},
			binary: { data: { id: 'filesystem-v2:gone', data: 'filesystem-v2', fileName: 'a.wav', mimeType: 'audio/wav' } },
		};
		const done = await call('attachRecording', { callId, recordingFrom: 'binary', binaryProperty: 'data' }, [
			item,
		] as unknown as IDataObject[]);
		expect(done.error?.message).toBe('The file could not be read: n8n’s file store does not give it');
		expect(done.error?.description).toMatch(
			/^The recording was not attached\. Check that the item still carries the file/,
		);
		expect(done.error?.description).not.toMatch(/credential|\(\)/i);
	});
});

it('120 executions with one Register each lose none against the real bucket', async () => {
	world.portal.control.setLimits({ intensity: true, bucket: 50, leakPerSecond: 2 });
	const register = {
		employee: byId(2),
		phoneNumber: '={{ $json.number }}',
		type: 2,
		externalCallId: '={{ $json.number }}',
		show: false,
	};
	const runs = await Promise.all(
		Array.from(
			{ length: 120 },
			async (_, index) => await call('register', register, [{ number: `+4931${1000 + index}` }]),
		),
	);
	world.portal.control.setLimits({ intensity: false });
	expect(runs.map(({ error }) => error?.message)).toEqual(runs.map(() => undefined));
	expect(world.portal.state.calls.size).toBe(120);
});
