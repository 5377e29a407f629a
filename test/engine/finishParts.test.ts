import type { IDataObject } from 'n8n-workflow';
import { byExtension, byId, useWorld } from './world';

const world = useWorld();
const { registered } = world;
const START = '2026-03-01T10:00:00.000Z';
const rows = (...part: IDataObject[]): IDataObject => ({ part });
const TWO = rows({ employee: byId(2), duration: 12 }, { employee: byExtension('103'), duration: 30 });

const finish = async (
	callId: string,
	parts: unknown = TWO,
	more: IDataObject = { start: START },
	items?: IDataObject[],
) => await world.run('call', 'finishParts', { callId, parts: parts as IDataObject, additionalFields: more }, items);

describe('Finish in Parts', () => {
	it('gives each employee the own part, the first one under the running call', async () => {
		const callId = await registered();
		const { json } = await finish(callId);
		expect(json).toMatchObject([
			{ CALL_ID: callId, PART: 1, PORTAL_USER_ID: 2, CALL_DURATION: 12, ALREADY_FINISHED: false, FILE_ID: null },
			{ PART: 2, PORTAL_USER_ID: 3, CALL_DURATION: 30, ALREADY_FINISHED: false, FILE_ID: null },
		]);
		const [first, second] = world.portal.state.history;
		expect([first, second]).toMatchObject([
			{ callId, userId: 2, duration: 12, failedCode: '200', type: 2 },
			{
				callId: json[1]?.CALL_ID,
				userId: 3,
				duration: 30,
				failedCode: '200',
				type: 2,
				externalCallId: `${callId}/2`,
				crmEntityId: 1,
			},
		]);
		expect(second?.startDate).toBe(Date.parse(START) + 12_000);
		expect([world.cards(), world.portal.state.calls.size]).toEqual([[], 0]);
	});

	it('changes nothing when repeated', async () => {
		const callId = await registered();
		const once = await finish(callId);
		const again = await finish(callId);
		expect(again.json.map(({ CALL_ID }) => CALL_ID)).toEqual(once.json.map(({ CALL_ID }) => CALL_ID));
		expect(again.json).toMatchObject([{ ALREADY_FINISHED: true }, { ALREADY_FINISHED: true }]);
		expect(world.portal.state.history).toHaveLength(2);
	});

	it('takes what a phone system reports, and leaves out who did not talk', async () => {
		const callId = await registered();
		const TALKED = [
			{ EXTENSION: '102', SECONDS: 12 },
			{ EXTENSION: '104', SECONDS: 0 },
			{ EXTENSION: '103', SECONDS: '30' },
		];
		const { json } = await world.run('call', 'finishParts', { callId, partsFrom: 'list', additionalFields: {} }, [
			{ TALKED },
		]);
		expect(json).toMatchObject([
			{ PART: 1, PORTAL_USER_ID: 2 },
			{ PART: 2, PORTAL_USER_ID: 3, CALL_DURATION: 30 },
		]);
		const [, second] = world.portal.state.history;
		expect(Math.abs((second?.startDate ?? 0) - (Date.now() - 30_000))).toBeLessThan(3_600_000);
	});

	it('attaches to each part its own recording', async () => {
		const callId = await registered();
		const parts = rows(
			{ employee: byId(2), duration: 12, recording: 'one' },
			{ employee: byId(3), duration: 30, recording: 'two' },
		);
		const sound = (letter: string): string =>
			Buffer.from(`RIFF    WAVEfmt ${' '.repeat(20)}data    ${letter.repeat(100)}`).toString('base64');
		const wav = (letter: string) => ({ data: sound(letter), mimeType: 'audio/wav', fileName: `${letter}.wav` });
		const items = [{ json: {}, binary: { one: wav('a'), two: wav('b') } }] as never;
		const { json, error } = await world.run('call', 'finishParts', { callId, parts, additionalFields: {} }, items);
		expect(error?.message).toBeUndefined();
		const stored = [...world.portal.state.recordings.values()];
		expect(stored.map((one) => [one.id, one.callId, one.content.toString().at(-1)])).toEqual([
			[json[0]?.FILE_ID, callId, 'a'],
			[json[1]?.FILE_ID, json[1]?.CALL_ID, 'b'],
		]);
	});

	it('keeps the line of the call, and makes none', async () => {
		const register = { employee: byId(2), phoneNumber: '+494066969441', type: 1, externalCallId: 'l', show: false };
		const lined = await world.run('call', 'register', {
			...register,
			additionalFields: { lineNumber: { __rl: true, mode: 'id', value: '+4940669690' } },
		});
		await finish(String(lined.json[0]?.CALL_ID));
		await finish(await registered());
		const lines = world.portal.state.history.map(({ portalNumber }) => portalNumber.replace(/:.*/, ''));
		expect(lines).toEqual(['+4940669690', '+4940669690', 'REST_APP', 'REST_APP']);
		expect(world.portal.state.lines.filter(({ createdSilently }) => createdSilently)).toEqual([]);
	});

	it('says what is wrong before anything is sent', async () => {
		const callId = await registered();
		expect((await finish(callId, rows({ employee: byId(2), duration: 0 }))).error?.message).toBe('Nobody talked');
		expect((await finish(callId, {})).error?.message).toBe('Nobody talked');
		expect((await world.run('call', 'finishParts', { callId, partsFrom: 'list', talked: '{}' })).error?.message).toBe(
			'List of Parts must be a list',
		);
		expect((await finish(callId, rows({ duration: 3 }))).error?.message).toBe('Parts, row 1 is empty');
		expect(
			(await finish(callId, rows({ employee: byId(2), duration: 3, recording: 'data' }))).error?.message,
		).toContain('no file in “data”');
		expect(world.portal.state.calls.size).toBe(1);
	});
});
