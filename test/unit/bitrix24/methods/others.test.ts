import { UnexpectedShape } from '../../../../bitrix24/decode';
import type { Failure } from '../../../../bitrix24/failure';
import { startCallback, startSoundCall, startTextCall, voices } from '../../../../bitrix24/methods/autoCalls';
import { employeeByExtension, employeeById, employees } from '../../../../bitrix24/methods/employees';
import { bind, bindings, sendTestEvent, unbind } from '../../../../bitrix24/methods/events';
import { addLine, deleteLine, lines, updateLine } from '../../../../bitrix24/methods/lines';
import { builtInLines, callLists, currencies, sources } from '../../../../bitrix24/methods/lists';
import { application, permissions, profile, serverTime } from '../../../../bitrix24/methods/portal';
import type { Call } from '../../../../bitrix24/plan';

const row = [{ ID: '1' }];
const object = { ID: '1' };
const started = { RESULT: true, CALL_ID: 'c' };
const refusal = (text: string): Failure => ({ kind: 'refused', status: 400, code: '', text, method: 'm' });
const binding = { event: 'ONAPPTEST', handler: 'https://n8n.example.com/x' };

describe('each call says what goes out, what a repeat does, and what comes back', () => {
	it.each<[Call, string, object, string, unknown, unknown]>([
		[startCallback({ A: 1 }), 'voximplant.callback.start', { A: 1 }, 'once', started, [1]],
		[startTextCall({ A: 1 }), 'voximplant.infocall.startwithtext', { A: 1 }, 'once', started, [1]],
		[startSoundCall({ A: 1 }), 'voximplant.infocall.startwithsound', { A: 1 }, 'once', started, [1]],
		[voices, 'voximplant.tts.voices.get', {}, 'read', object, [1]],
		[employees({ NAME: 'x' }), 'user.get', { FILTER: { NAME: 'x' } }, 'read', row, object],
		[
			employees({ FIND: 'x' }, { sort: 'ID', order: 'ASC', start: 50 }),
			'user.search',
			{ FILTER: { FIND: 'x' }, sort: 'ID', order: 'ASC', start: 50 },
			'read',
			row,
			object,
		],
		[bind(binding), 'event.bind', binding, 'repeatable', true, null],
		[unbind(binding), 'event.unbind', binding, 'repeatable', { count: 0 }, true],
		[sendTestEvent, 'event.test', {}, 'repeatable', true, null],
		[lines, 'telephony.externalLine.get', {}, 'read', row, object],
		[
			addLine('+49', 'Bonn', true),
			'telephony.externalLine.add',
			{ NUMBER: '+49', NAME: 'Bonn', CRM_AUTO_CREATE: 'Y' },
			'repeatable',
			object,
			row,
		],
		[
			addLine('+49', 'Bonn', false),
			'telephony.externalLine.add',
			{ NUMBER: '+49', NAME: 'Bonn', CRM_AUTO_CREATE: 'N' },
			'repeatable',
			object,
			row,
		],
		[
			updateLine('+49', 'Bonn', false),
			'telephony.externalLine.update',
			{ NUMBER: '+49', NAME: 'Bonn', CRM_AUTO_CREATE: 'N' },
			'repeatable',
			object,
			true,
		],
		[
			updateLine('+49', undefined, undefined),
			'telephony.externalLine.update',
			{ NUMBER: '+49' },
			'repeatable',
			object,
			null,
		],
		[deleteLine('+49'), 'telephony.externalLine.delete', { NUMBER: '+49' }, 'repeatable', [], true],
		[sources, 'crm.status.list', { filter: { ENTITY_ID: 'SOURCE' }, order: { SORT: 'ASC' } }, 'read', row, object],
		[currencies, 'crm.currency.list', {}, 'read', row, object],
		[
			callLists,
			'crm.calllist.list',
			{ SELECT: ['ID', 'DATE_CREATE', 'ENTITY_TYPE_ID'], ORDER: { ID: 'DESC' } },
			'read',
			row,
			object,
		],
		[builtInLines, 'voximplant.line.get', {}, 'read', object, [1]],
		[application, 'app.info', {}, 'read', object, row],
		[permissions, 'scope', {}, 'read', ['crm'], 'crm'],
		[profile, 'profile', {}, 'read', object, row],
		[serverTime, 'server.time', {}, 'read', '2026-03-01', 7],
	])('%#', (call, method, parameters, effect, good, bad) => {
		expect([call.method, call.parameters, call.effect]).toEqual([method, parameters, effect]);
		expect(call.decode(good)).toEqual(good);
		expect(() => call.decode(bad)).toThrow('in place of');
	});
});

it.each<[string, Call, unknown[]]>([
	[
		'a started call',
		startTextCall({}),
		[null, {}, { CALL_ID: 'c' }, { RESULT: false, CALL_ID: 'c' }, { RESULT: true }, { RESULT: true, CALL_ID: null }],
	],
	[
		'a callback',
		startCallback({}),
		[null, {}, { CALL_ID: null }, { RESULT: false, CALL_ID: null }, { RESULT: true }, { RESULT: true, CALL_ID: '' }],
	],
	['a line added', addLine('+49', '', true), [null, {}, [], { ID: null }]],
	['a line changed', updateLine('+49', 'x', true), [null, 'x', {}, [], true]],
	['a line deleted', deleteLine('+49'), [null, 'x', {}, true, [1]]],
	['an event bound', bind(binding), [null, 'x', {}, [], false]],
	['an event unbound', unbind(binding), [null, 'x', {}, [], true, { count: null }]],
	['a test event sent', sendTestEvent, [null, 0, {}, 'x']],
	['permissions', permissions, [null, {}, 'crm', [7]]],
])('takes nothing else for %s', (_name, { decode }, answers) => {
	for (const answer of answers) expect(() => decode(answer)).toThrow(UnexpectedShape);
});

it('takes what the documentation shows', () => {
	const ordered = { RESULT: true, CALL_ID: null };
	expect(startCallback({}).decode(ordered)).toEqual(ordered);
	expect([{ ID: 7 }, { ID: '7' }].map(updateLine('+49', 'x', true).decode)).toEqual([{ ID: 7 }, { ID: '7' }]);
	expect([sendTestEvent.decode(1), unbind(binding).decode({ count: 2 })]).toEqual([true, { count: 2 }]);
});

it('takes empty maps as PHP sends them', () => {
	expect([voices.decode([]), builtInLines.decode([])]).toEqual([{}, {}]);
});

it('asks for an employee once a run', () => {
	expect(employeeById(7)).toMatchObject({
		...employees({ ID: 7 }),
		decode: expect.any(Function) as unknown,
		shared: true,
	});
	expect(employeeByExtension('101')).toMatchObject({
		method: 'user.get',
		parameters: { FILTER: { UF_PHONE_INNER: '101', ACTIVE: true } },
		shared: true,
	});
	expect(employees({}).shared).toBeUndefined();
});

it('reads bindings', () => {
	expect(bindings).toMatchObject({ method: 'event.get', parameters: {}, effect: 'read' });
	expect(bindings.decode([{ event: 'OnAppTest', handler: 'https://x', extra: 1 }, {}])).toEqual([
		{ event: 'ONAPPTEST', handler: 'https://x' },
		{ event: '', handler: '' },
	]);
	expect(() => bindings.decode(null)).toThrow('nothing in place of a list');
});

it('reads permissions in lower case', () => {
	expect(permissions.decode(['CRM', 'telephony'])).toEqual(['crm', 'telephony']);
});

describe('the trace of a line', () => {
	const known = [{ NUMBER: '+48' }, { NUMBER: '+49', NAME: 'Bonn' }];

	it('that was added is the line, when it is ours', () => {
		const { evidence } = addLine('+49', 'Bonn', true);
		expect(evidence?.ask({})).toBe(lines);
		expect(evidence?.read(known, {}, true)).toEqual(known[1]);
		expect(evidence?.read(known, {}, false)).toBeUndefined();
		expect(evidence?.read(known.slice(0, 1), {}, true)).toBeUndefined();
		expect(evidence?.refusal?.(refusal('Line already exists: +49'))).toBe(true);
		expect(evidence?.refusal?.(refusal('The Line already exists'))).toBe(false);
	});

	it('that was deleted is that it is gone, when that is ours', () => {
		const { evidence } = deleteLine('+49');
		expect(evidence?.ask({})).toBe(lines);
		expect(evidence?.read(known, {}, true)).toBeUndefined();
		expect(evidence?.read(known.slice(0, 1), {}, true)).toBe(true);
		expect(evidence?.read([], {}, false)).toBeUndefined();
		expect(evidence?.refusal?.(refusal('Could not find line with number +49'))).toBe(true);
		expect(evidence?.refusal?.(refusal('We Could not find line'))).toBe(false);
	});
});
