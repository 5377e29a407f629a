import { derivedId } from '../../../bitrix24/derivedId';

const call = { employee: 7, phoneNumber: '+4915112345678', isIncoming: true, start: '2026-03-01T10:00:00+01:00' };

it('is the same at every run', () => {
	expect(derivedId(call)).toBe('n8n-8830443afd946667ca8024177eab836b');
	expect(derivedId(call)).toMatch(/^n8n-[0-9a-f]{32}$/);
});

it.each([
	{ employee: '7' },
	{ phoneNumber: '+49 (151) 1234-5678' },
	{ start: '2026-03-01T09:00:00Z' },
	{ start: '2026-03-01T09:00:00.999Z' },
])('is the same for %j', (change) => {
	expect(derivedId({ ...call, ...change })).toBe(derivedId(call));
});

it.each([
	{ employee: 8 },
	{ phoneNumber: '+4915112345679' },
	{ phoneNumber: '*4915112345678' },
	{ phoneNumber: '#4915112345678' },
	{ isIncoming: false },
	{ start: '2026-03-01T09:00:01Z' },
])('is another for %j', (change) => {
	expect(derivedId({ ...call, ...change })).not.toBe(derivedId(call));
});
