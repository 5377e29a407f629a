import { megafon } from '../../../pbx/systems/megafon';
import type { Report } from '../../../pbx/report';
import { answering, download, LOGIN, post, survives } from './posts';

const HISTORY = {
	cmd: 'history',
	crm_token: 'test-token',
	type: 'in',
	status: 'Success',
	callid: 'c1',
	phone: '79991234567',
	user: 'ivanov',
	ext: '101',
	diversion: '74951234567',
	start: '20260302T091405Z',
	duration: '95',
	link: 'https://records.example.com/c1.mp3',
};

const read = (fields: Record<string, string>): Report | undefined =>
	megafon.read(post(fields), 'Europe/Berlin').reports[0];

test('the token proves a webhook, in a form or in JSON', () => {
	const json = (token: unknown) => post(JSON.stringify({ ...HISTORY, crm_token: token }));
	expect(megafon.isGenuine?.(post(HISTORY), LOGIN)).toBe(true);
	expect(megafon.isGenuine?.(json('test-token'), LOGIN)).toBe(true);
	for (const one of [
		post({ ...HISTORY, crm_token: 'test-tokem' }),
		post({ cmd: 'history' }),
		json(null),
		json(['test-token']),
	]) {
		expect(megafon.isGenuine?.(one, LOGIN)).toBe(false);
	}
	expect(megafon.isGenuine?.(post({ ...HISTORY, crm_token: '' }), { ...LOGIN, reportSecret: '' })).toBe(false);
});

test('the token is nowhere in what comes out', () => {
	const { raw } = megafon.read(post(HISTORY), 'UTC');
	expect(raw).toMatchObject({ cmd: 'history', ext: '101' });
	expect(raw).not.toHaveProperty('crm_token');
});

test('requests carry the key in the header, forms in themselves too', () => {
	const request = {
		method: 'POST' as const,
		url: 'https://a.example.com/crmapi/v1/makecall',
		query: {},
		headers: { accept: '*/*' },
		body: { phone: '1' },
	};
	expect(megafon.sign(request, LOGIN)).toEqual({ ...request, headers: { accept: '*/*', 'x-api-key': 'test-secret' } });
	expect(megafon.sign({ ...request, isForm: true }, LOGIN).body).toEqual({ phone: '1', crm_token: 'test-secret' });
});

test('the end of a call', () => {
	expect(read(HISTORY)).toEqual({
		event: 'ended',
		externalCallId: 'c1',
		direction: 'incoming',
		phoneNumber: '79991234567',
		lineNumber: '74951234567',
		extension: '101',
		employeePhone: undefined,
		outcome: 'answered',
		outcomeWord: 'Success',
		duration: 95,
		start: '2026-03-02T09:14:05Z',
		recording: 'https://records.example.com/c1.mp3',
	});
});

test.each([
	[
		{ status: 'Missed', user: '', ext: '', link: '' },
		{ outcome: 'unanswered', duration: 0, extension: undefined, recording: undefined },
	],
	[
		{ type: 'out', status: 'NotAvailable' },
		{ direction: 'outgoing', outcome: 'unavailable', duration: 0 },
	],
	[{ status: 'else' }, { outcome: undefined, outcomeWord: 'else', duration: 0 }],
	[
		{ ext: '', telnum: '79990000001' },
		{ extension: undefined, employeePhone: '79990000001' },
	],
	[{ ext: '', user: '102' }, { extension: '102' }],
	[{ phone: 'anonymous' }, { phoneNumber: '' }],
	[
		{ start: '2026-03-02', duration: 'long' },
		{ start: undefined, duration: 0 },
	],
])('ends that differ: %j', (more, expected) => {
	expect(read({ ...HISTORY, ...more })).toMatchObject({ event: 'ended', ...expected });
});

test('phones ring, are answered, and the system asks; the rest is left out', () => {
	const event = (type: string) =>
		read({ cmd: 'event', type, direction: 'in', callid: 'c1', phone: '79991234567', user: 'ivanov', ext: '101' });
	expect(event('INCOMING')).toMatchObject({ event: 'ringing', direction: 'incoming', extension: '101' });
	expect(event('ACCEPTED')).toMatchObject({ event: 'answered', externalCallId: 'c1' });
	expect(event('OUTGOING')).toMatchObject({ event: 'ringing', direction: 'outgoing' });
	expect(['COMPLETED', 'CANCELLED', 'TRANSFERRED', ''].map(event)).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
	]);
	expect(read({ cmd: 'contact', phone: '79991234567', callid: 'c1', diversion: '74951234567' })).toMatchObject({
		event: 'asked',
		direction: 'incoming',
		phoneNumber: '79991234567',
	});
	expect(read({ cmd: 'rating', callid: 'c1', rating: '5' })).toBeUndefined();
});

test('garbage does no harm', () => {
	survives(megafon);
});

test('the recording is at its link, if that is one', async () => {
	const { ask } = answering([{}]);
	expect(await megafon.recording?.(HISTORY.link, LOGIN, ask)).toEqual(download(HISTORY.link));
	for (const link of ['file:///etc/passwd', 'file:///x?https://a.example.com', ''])
		expect(await megafon.recording?.(link, LOGIN, ask)).toBeUndefined();
});
