import type { IDataObject } from 'n8n-workflow';
import { rememberClick } from '../../nodes/common/clicks';
import { until } from '../../tools/n8n/driver/until';
import { NUMBER, posted, useReports } from './reports';

const { world, pbx, report, history, clicked } = useReports();

it('finishes the call whose CALL_ID the report carries, with nothing to fill in', async () => {
	const CALL_ID = await clicked();
	const run = await report(posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7' }));
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{
			CALL_ID,
			FINISHED: true,
			ALREADY_FINISHED: false,
			CALL_DURATION: 7,
			CALL_FAILED_CODE: '200',
			PORTAL_USER_ID: 2,
			FILE_ID: null,
		},
	]);
	expect(history()).toHaveLength(1);
});

it('changes nothing when the report comes again', async () => {
	const CALL_ID = await clicked();
	const item = posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7' });
	await report(item);
	expect((await report(item)).json).toMatchObject([{ CALL_ID, FINISHED: true, ALREADY_FINISHED: true }]);
	expect(history()).toHaveLength(1);
});

it('leaves a call between employees alone', async () => {
	const { json } = await report({ ...posted({ DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7' }), DIRECTION: 'internal' });
	expect(json).toMatchObject([
		{ CALL_ID: null, FINISHED: false, REASON: expect.stringContaining('among themselves') as string },
	]);
	expect(history()).toEqual([]);
});

it.each([
	['BUSY', '17', '', '486', null],
	['CHANUNAVAIL', '1', '', '404', null],
	['CHANUNAVAIL', '21', '', '603', null],
	['CHANUNAVAIL', '28', '', '484', null],
	['CHANUNAVAIL', '38', '', '503', null],
	['NOANSWER', '16', '', '603-S', null],
	['NOANSWER', '19', '', '480', null],
	['BUSY', '17', 'agent', '603-S', 'The employee’s phone was busy'],
	['CHANUNAVAIL', '21', 'agent', '603-S', 'The employee declined'],
	['CHANUNAVAIL', '3', 'agent', '480', 'The employee’s phone is not registered'],
])('%s with cause %s of leg “%s” counts as %s', async (DIALSTATUS, HANGUPCAUSE, LEG, code, reason) => {
	const CALL_ID = await clicked();
	const { json } = await report(posted({ CALL_ID, DIALSTATUS, HANGUPCAUSE, LEG, ANSWEREDTIME: '' }));
	expect(json).toMatchObject([{ CALL_FAILED_CODE: code, REASON: reason }]);
});

it('gives the call to whoever talked last, longest or first', async () => {
	for (const [credit, employee] of [
		['last', 3],
		['longest', 2],
		['first', 2],
	] as const) {
		const CALL_ID = await clicked();
		const { json } = await report(
			posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '30', TALKED: '102:20,103:10' }),
			{ credit },
		);
		expect(json).toMatchObject([{ PORTAL_USER_ID: employee }]);
	}
});

it('takes the first employee when nobody has the extension of the one who talked last', async () => {
	const CALL_ID = await clicked();
	const { json } = await report(posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '30', TALKED: '102:20,999:10' }));
	expect(json).toMatchObject([{ PORTAL_USER_ID: 2 }]);
});

it('takes whoever clicked when the report names nobody, and says what to do when nobody is known', async () => {
	const CALL_ID = await clicked();
	const item = posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7', EXTENSION: '' });
	expect((await report(item)).error?.message).toBe('The report names no employee');
	rememberClick('w1', { event: 'ONEXTERNALCALLSTART', CALL_ID, USER_ID: 2, PHONE_NUMBER: NUMBER }, Date.now());
	expect((await report(item)).json).toMatchObject([{ CALL_ID, PORTAL_USER_ID: 2 }]);
});

describe('of a phone system that does not carry CALL_ID', () => {
	const now = () => new Date().toISOString();
	let calls = 0;
	const other = (fields: IDataObject = {}): IDataObject => ({
		...posted({ DIALSTATUS: 'ANSWER', ANSWEREDTIME: '7' }),
		SYSTEM: 'another',
		EXTERNAL_CALL_ID: `17.${String((calls += 1))}`,
		START: now(),
		...fields,
	});

	it('finishes the running call of employee and number', async () => {
		const CALL_ID = await clicked();
		const item = other();
		expect((await report(item)).json).toMatchObject([{ CALL_ID, FINISHED: true, ALREADY_FINISHED: false }]);
		expect((await report(item)).json).toMatchObject([{ CALL_ID, FINISHED: true, ALREADY_FINISHED: true }]);
		expect(history()).toHaveLength(1);
	});

	it('logs a call that was dialled by hand, once', async () => {
		const item = other();
		expect((await report(item)).json).toMatchObject([
			{ FINISHED: true, LOGGED: true, EXTERNAL_CALL_ID: item.EXTERNAL_CALL_ID },
		]);
		expect((await report(item)).json).toMatchObject([{ FINISHED: true }]);
		expect(history()).toHaveLength(1);
	});

	it('takes ten reports of one call at once for one', async () => {
		const CALL_ID = await clicked();
		const item = other();
		const runs = await Promise.all(Array.from({ length: 10 }, async () => await report(item)));
		expect(new Set(runs.map(({ json }) => json[0]?.CALL_ID))).toEqual(new Set([CALL_ID]));
		expect(history()).toHaveLength(1);
	});

	it('finishes a click that this process saw, however the number is written and however long it lasted', async () => {
		const CALL_ID = await clicked();
		rememberClick(
			'w1',
			{ event: 'ONEXTERNALCALLSTART', CALL_ID, USER_ID: 2, PHONE_NUMBER: '(040) 66 96 94 41' },
			Date.now(),
		);
		expect((await report(other({ START: new Date(Date.now() - 3_600_000).toISOString() }))).json).toMatchObject([
			{ CALL_ID, FINISHED: true },
		]);
	});

	it('changes nothing when the report of such a click comes again', async () => {
		const CALL_ID = await clicked();
		rememberClick('w1', { event: 'ONEXTERNALCALLSTART', CALL_ID, USER_ID: 2, PHONE_NUMBER: NUMBER }, Date.now());
		const item = other();
		await report(item);
		expect((await report(item)).json).toMatchObject([{ CALL_ID, ALREADY_FINISHED: true }]);
		expect(history()).toHaveLength(1);
	});

	it('takes no start from the future, which comes of a wrong time zone', async () => {
		const CALL_ID = await clicked();
		const item = other({ START: new Date(Date.now() + 5 * 3_600_000).toISOString() });
		expect((await report(item)).json).toMatchObject([{ CALL_ID, FINISHED: true }]);
		expect((await report(item)).json).toMatchObject([{ CALL_ID, ALREADY_FINISHED: true }]);
		expect((await report(other({ START: item.START, PHONE_NUMBER: '494066969442' }))).json).toMatchObject([
			{ LOGGED: true },
		]);
		expect(history()[1]?.startDate).toBeLessThan(Date.now() + 3_600_000);
	});
});

it('leaves a call alone that rings already, and finishes one that was not put through', async () => {
	const CALL_ID = await clicked();
	const click = { event: 'ONEXTERNALCALLSTART', CALL_ID, USER_ID: 2, EMPLOYEE_EXTENSION: '102' };
	expect((await report({ ...click, error: { message: '409 - already there', status: 409 } })).json).toMatchObject([
		{ CALL_ID, FINISHED: false },
	]);
	expect(history()).toHaveLength(0);
	expect((await report({ ...click, error: { message: 'connect ECONNREFUSED', status: 0 } })).json).toMatchObject([
		{ CALL_ID, FINISHED: true, CALL_FAILED_CODE: '480', REASON: 'connect ECONNREFUSED' },
	]);
});

describe('the recording', () => {
	/** A call of four seconds on the phone system. @returns the name of its recording */
	async function recorded(name: string): Promise<string> {
		const query = new URLSearchParams({
			endpoint: 'Local/102@b24-agent',
			extension: 's',
			context: 'from-bitrix24',
			priority: '1',
		});
		const headers = {
			authorization: `Basic ${btoa(`${pbx().user}:${pbx().password}`)}`,
			'content-type': 'application/json',
		};
		const body = JSON.stringify({ variables: { __B24_NUMBER: '4930231259004' } });
		await fetch(`${pbx().url}/ari/channels/${name}?${query.toString()}`, { method: 'POST', headers, body });
		const over = () => pbx().calls.find(({ channelId, phase }) => channelId === name && phase === 'over');
		const { start } = await until(
			async () => await Promise.resolve(over()),
			() => 'The call goes on',
		);
		return `${name}-${start}`;
	}
	const answered = (CALL_ID: string, RECORDING: string) =>
		posted({ CALL_ID, DIALSTATUS: 'ANSWER', ANSWEREDTIME: '4', RECORDING });
	const stored = async (name: string) =>
		(await fetch(`${pbx().url}/ari/recordings/stored/${name}?api_key=${pbx().user}:${pbx().password}`)).status;

	it('is fetched and attached, and stays on the phone system', async () => {
		const CALL_ID = await clicked();
		const recording = await recorded('r1');
		const { json } = await report(answered(CALL_ID, recording));
		expect(json).toMatchObject([{ FINISHED: true, FILE_ID: expect.any(Number) as number }]);
		expect(await stored(recording)).toBe(200);
	});

	it('is deleted there when the user wants that and Bitrix24 has it', async () => {
		const CALL_ID = await clicked();
		const recording = await recorded('r2');
		expect(await stored(recording)).toBe(200);
		await report(answered(CALL_ID, recording), { deleteRecording: true });
		expect(await stored(recording)).toBe(404);
	});

	it('that never comes leaves a finished call with a warning', async () => {
		const CALL_ID = await clicked();
		const { json, error } = await report(answered(CALL_ID, 'r3'), { recordingWait: 0 });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{
				FINISHED: true,
				FILE_ID: null,
				WARNINGS: [
					'The recording was not attached: the phone system answered with status 404. The call itself is finished; Attach Recording can add it later',
				],
			},
		]);
	});

	it('is attached once when the report comes again', async () => {
		const CALL_ID = await clicked();
		const item = answered(CALL_ID, await recorded('r4'));
		await report(item);
		expect((await report(item)).json).toMatchObject([{ ALREADY_FINISHED: true }]);
		expect(world.portal.state.history.map(({ recordFileId }) => typeof recordFileId)).toEqual(['number']);
	});
});

it.each([
	{ message: 'timeout of 10000ms exceeded', name: 'AxiosError', code: 'ECONNABORTED' },
	{ message: 'The connection to the server was closed unexpectedly', code: 'ECONNRESET' },
	{ message: 'socket hang up' },
])('leaves a call alone of which nobody knows whether it rings: $message', async (error) => {
	const CALL_ID = await clicked();
	const { json } = await report({ event: 'ONEXTERNALCALLSTART', CALL_ID, USER_ID: 2, error });
	expect(json).toMatchObject([
		{ CALL_ID, FINISHED: false, REASON: expect.stringContaining('its report is waited for') as string },
	]);
	expect(history()).toHaveLength(0);
});

it('says what it wants when an item is no report', async () => {
	const run = await report({ some: 'thing' });
	expect(run.error?.message).toBe('This item is no report of a phone system');
});
