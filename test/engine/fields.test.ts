import type { IDataObject } from 'n8n-workflow';
import { byExtension, byId, many, useWorld } from './world';

const world = useWorld();
const { run, registered, finished, cards } = world;

const LOG = {
	direction: 'incoming',
	phoneNumber: '+494066969441',
	employee: byId(2),
	start: '2026-03-01T10:00:00+01:00',
	duration: 33,
	outcomeFrom: 'list',
	outcome: 'unanswered',
	externalCallId: '',
	skipLogged: true,
	recordingFrom: 'none',
	transcript: '[]',
};
const log = async (parameters: IDataObject, items?: IDataObject[]) =>
	await run('call', 'logCall', { ...LOG, ...parameters }, items);

/** Runs what shall be refused. @returns message and description in one text; the portal must not have been asked. */
async function refusal(
	resource: string,
	operation: string,
	parameters: IDataObject,
	items?: IDataObject[],
): Promise<string> {
	const before = world.portal.state.requests.length;
	const { error } = await run(resource, operation, parameters, items);
	expect(world.portal.state.requests.length - before).toBe(0);
	return `${error?.message ?? 'no error'}: ${error?.description ?? ''}`;
}

describe('a choice among options', () => {
	it.each([
		['incoming', 2],
		['Incoming', 2],
		[' INCOMING ', 2],
		['Outgoing', 1],
	])('takes %j', async (direction, type) => {
		expect((await log({ direction })).error).toBeUndefined();
		expect(world.portal.state.history).toMatchObject([{ type }]);
	});

	it.each(['inbound', '2', 2, '', null, '={{ $json.nothing }}'])(
		'refuses the direction %j, naming the options',
		async (direction) => {
			expect(await refusal('call', 'logCall', { ...LOG, direction })).toContain(
				'Direction must be one of its options: It is ',
			);
			const finish = {
				callId: 'externalCall.x.1',
				employee: byId(2),
				outcomeFrom: 'list',
				outcome: 'ended',
				duration: 0,
				direction,
			};
			expect(await refusal('call', 'finish', finish)).toMatch(
				/^Direction must be one of its options: It is .* on this item\. Use one of: incoming, outgoing\./,
			);
		},
	);

	it.each([
		['logCall', 'recordingFrom', 'file', 'Recording From', 'binary (Binary File), none, url'],
		['attachRecording', 'recordingFrom', 'none', 'Recording From', 'binary (Binary File), url'],
		['logCall', 'outcomeFrom', 'astersk', 'Outcome From', 'asterisk'],
		['logCall', 'outcome', 'gone', 'Outcome', '603-S'],
		['register', 'type', 7, 'Direction', '2 (Incoming)'],
		['getMany', 'sort', 'NAME DESC', 'Sort', 'CALL_START_DATE DESC (Newest First)'],
	])('refuses in %s: %s = %j', async (operation, name, value, label, options) => {
		const text = await refusal('call', operation, { ...LOG, callId: 'externalCall.x.1', [name]: value });
		expect(text).toContain(`${label} must be one of its options: It is the`);
		expect(text).toContain(options);
	});

	it('names the options of a type in a filter', async () => {
		expect(await refusal('call', 'getMany', { filters: { type: [2, 9] } })).toContain(
			'Direction must be one of its options: It is the number 9',
		);
	});
});

describe('a start', () => {
	it.each(['17', 17, '10:30', '2026', 2026, '2026-03', '12', 'T10:30', '0000-00-00 00:00:00', '0001-01-01T00:00:00Z'])(
		'is not %j',
		async (start) => {
			expect(await refusal('call', 'logCall', { ...LOG, start })).toMatch(
				/^Start is no date: It is the (text|number) .* Unix time/,
			);
		},
	);

	it.each(['1772355600', '1772355600123', '1772355600.42', '20260301T090000Z'])('may be %s', async (start) => {
		expect((await log({ start })).error).toBeUndefined();
		expect(world.portal.state.history).toMatchObject([{ startDate: Date.parse('2026-03-01T09:00:00Z') }]);
	});
});

describe('employees in rows', () => {
	const EMPTY = many(byId(3), byId('={{ $json.nobody }}'));

	it.each<[string, string, string, IDataObject]>([
		['call', 'hide', 'Employees', {}],
		['call', 'show', 'Employees', {}],
		['call', 'answeredBy', 'Rung Employees', { employee: byId(2) }],
		['client', 'route', 'Fallback Employees', { phoneNumber: '+4900' }],
	])('%s %s refuses a row that came out empty, also beside good ones', async (resource, operation, label, more) => {
		const parameters = { callId: 'externalCall.x.1', ...more };
		const refused = async (employees: IDataObject): Promise<string> =>
			await refusal(resource, operation, { ...parameters, employees }, [{ nobody: '' }]);
		expect(await refused(EMPTY)).toMatch(new RegExp(`^${label}, row 2 is empty`));
		for (const employee of [byId('={{ $json.nobody }}'), byExtension('={{ $json.nobody }}')])
			expect(await refused(many(employee))).toMatch(new RegExp(`^${label}, row 1 is empty`));
	});

	it.each<[unknown, string]>([
		['7,,8', 'is empty'],
		['3,', 'is empty'],
		['3, Ben', 'must be a whole number'],
		['={{ [] }}', 'is empty'],
		['={{ [3, ""] }}', 'is empty'],
		[0, 'must be a whole number'],
		[2.5, 'must be a whole number'],
	])('refuses the ids %j', async (ids, problem) => {
		expect(await refusal('call', 'hide', { callId: 'externalCall.x.1', employees: many(byId(ids)) })).toMatch(
			new RegExp(`^Employees, row 1 ${problem}`),
		);
	});

	it('refuses an extension that would stand for any', async () => {
		expect(await refusal('employee', 'find', { employee: byExtension('10%') })).toMatch(
			/^Employee must be an extension/,
		);
	});

	it('refuses another way of choosing than there is', async () => {
		expect(
			await refusal('employee', 'find', { employee: { __rl: true, mode: 'Extension', value: '2' } as IDataObject }),
		).toMatch(/^Employee cannot be read/);
	});

	it('without any mean the employee of the call', async () => {
		const callId = await registered();
		expect((await run('call', 'hide', { callId, employees: {} })).json).toMatchObject([{ HIDDEN: true }]);
		expect((await run('call', 'show', { callId })).json).toMatchObject([{ SHOWN: true }]);
		expect(cards()).toEqual([2]);
	});

	it('may have more than fifty extensions; each is looked up once', async () => {
		world.portal.control.addEmployees(70);
		const extensions = [...world.portal.state.employees.values()]
			.map(({ extension }) => extension)
			.filter((one) => Number(one) >= 1000);
		const callId = await registered();
		const shown = await run('call', 'show', {
			callId,
			employees: many(byExtension([...extensions, ...extensions].join(','))),
		});
		expect(shown.error).toBeUndefined();
		expect(shown.json[0]?.USER_ID).toHaveLength(70);
		expect(world.portal.state.requests.filter(({ method }) => method === 'user.get')).toHaveLength(70);
		const routed = await run('client', 'route', {
			phoneNumber: '+4900',
			employees: many(byExtension(extensions.join(' '))),
		});
		expect(routed.json).toMatchObject([{ REASON: 'fallback', EXTENSION: extensions[0] }]);
	});
});

describe('filters of the history', () => {
	it.each(['unknown', '', '+', '={{ $json.nothing }}'])(
		'refuse the number %j, which would match every call',
		async (phoneNumber) => {
			expect(await refusal('call', 'getMany', { filters: { phoneNumber } })).toMatch(
				/^Phone Number (has no digits|is empty)/,
			);
		},
	);

	it('refuse an empty employee or external id, which would match every call', async () => {
		expect(await refusal('call', 'getMany', { filters: { employee: byId('') } })).toMatch(/^Employee is empty/);
		expect(await refusal('call', 'getMany', { filters: { externalCallId: '' } })).toMatch(/^External Call ID is empty/);
	});

	it.each([
		['From', 'from'],
		['Until', 'until'],
		['Line', 'line'],
		['Outcome Code', 'statusCode'],
		['Direction', 'type'],
	])('refuse an empty %s, which would match every call', async (label, name) => {
		for (const value of ['', ' ', null, '={{ $json.nothing }}']) {
			expect(await refusal('call', 'getMany', { filters: { [name]: value } })).toBe(
				`${label} is empty: Fill in ${label}, or check its expression on this item. Nothing was sent for this item.`,
			);
		}
		expect(await refusal('call', 'getMany', { filters: { [name]: [] } })).toMatch(
			new RegExp(`^${label} (is empty|must be text|is no date)`),
		);
	});

	it('find an employee by extension', async () => {
		await finished();
		expect((await run('call', 'getMany', { filters: { employee: byExtension('102') } })).json).toMatchObject([
			{ PORTAL_USER_ID: 2 },
		]);
		expect((await run('call', 'getMany', { filters: { employee: byExtension('103') } })).json).toEqual([]);
		expect((await run('call', 'getMany', { filters: { employee: byExtension('106') } })).error?.message).toBe(
			'No active employee has the extension 106',
		);
	});
});

describe('a transcript', () => {
	it.each([
		['["Hello", "Hi"]', 'Utterance 1 has no side'],
		['[{"side":"client","start":0,"text":"Hi"}, null]', 'Utterance 2 has no side'],
		['[{"side":"constructor","text":"Hi"}]', 'Utterance 1 has no side'],
		['[{"side":"client","start":0,"words":"Hi"}]', 'Utterance 1 has no text'],
		['[{"side":"client","start":0,"text":{"en":"Hi"}}]', 'Utterance 1 has no text'],
		['[{"side":"client","start":"1 s","text":"Hi"}]', 'Utterance 1: start must be seconds'],
	])('does not lose %s', async (transcript, message) => {
		const text = await refusal('call', 'logCall', { ...LOG, transcript });
		expect(text).toContain(message);
		expect(text).toContain('side (employee or client), start and stop (seconds) and text');
	});
});

describe('numbers and switches', () => {
	const FINISH = {
		callId: 'externalCall.x.1',
		employee: byId(2),
		outcomeFrom: 'list',
		outcome: 'ended',
		direction: 'incoming',
	};

	it.each([
		['12 s', 'Duration must be seconds'],
		[-1, 'Duration must be seconds'],
		['={{ 0/0 }}', 'Duration must be seconds'],
		['={{ 1/0 }}', 'Duration must be seconds'],
		['0x10', 'Duration must be seconds'],
		['00:99', 'Duration must be seconds'],
		[true, 'Duration must be seconds'],
	])('refuse the duration %j', async (duration, message) => {
		expect(await refusal('call', 'finish', { ...FINISH, duration })).toContain(message);
	});

	it.each([
		['00:01:05', 65],
		['65.4', 65],
		[' 65 ', 65],
		['', 0],
	])('take the duration %j', async (duration, seconds) => {
		expect((await log({ duration, outcome: 'ended' })).error).toBeUndefined();
		expect(world.portal.state.history).toMatchObject([{ duration: seconds }]);
	});

	it.each<[IDataObject, string]>([
		[{ vote: 0 }, 'Rating must be a whole number from 1 to 5: It is the number 0'],
		[{ vote: 4.5 }, 'Rating must be a whole number from 1 to 5'],
		[{ cost: -1 }, 'Cost must be a number from 0'],
		[{ cost: '0,5' }, 'Cost must be a number from 0'],
	])('refuse %j', async (additionalFields, message) => {
		expect(await refusal('call', 'finish', { ...FINISH, additionalFields })).toContain(message);
	});

	it('refuse a limit of 0', async () => {
		expect(await refusal('call', 'getMany', { returnAll: false, limit: 0 })).toContain(
			'Limit must be a whole number from 1: It is the number 0',
		);
		expect(await refusal('employee', 'getMany', { returnAll: '={{ "off" }}', limit: '0' })).toContain(
			'Limit must be a whole number from 1',
		);
	});

	it.each([
		['N', false],
		['off', false],
		['нет', false],
		['0', false],
		[0, false],
		['да', true],
		['Yes', true],
	])('read the switch %j', async (addToChat, expected) => {
		const callId = await registered();
		await run('call', 'finish', { ...FINISH, callId, duration: 0, addToChat });
		expect(world.portal.state.history).toMatchObject([{ addedToChat: expected }]);
	});

	it.each<IDataObject[string]>(['maybe', '', 2, {}])('refuse the switch %j', async (addToChat) => {
		expect(await refusal('call', 'finish', { ...FINISH, duration: 0, addToChat })).toMatch(
			/^Add to Chat must be on or off/,
		);
	});
});

describe('no value', () => {
	it('means the shown default', async () => {
		const callId = await registered();
		expect((await run('call', 'finish', { callId, employee: byId(2) })).json).toMatchObject([
			{ CALL_DURATION: 0, CALL_FAILED_CODE: '603-S' },
		]);
		expect(world.portal.state.history).toMatchObject([{ addedToChat: true }]);
	});

	it.each<[string, IDataObject, number]>([
		['not added', {}, 0],
		['added as shown', { crmCreate: true }, 1],
		['added, without a value', { crmCreate: null }, 1],
		['added, off', { crmCreate: 'нет' }, 0],
	])('of Create Client, %s', async (_name, additionalFields, created) => {
		const before = world.portal.state.clients.length;
		await run('call', 'register', {
			employee: byId(2),
			phoneNumber: '+4900',
			type: 2,
			externalCallId: 'a',
			show: false,
			additionalFields,
		});
		expect(world.portal.state.clients.length - before).toBe(created);
	});
});
