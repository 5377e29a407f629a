import { Journal, type Answered } from '../../../sandbox/portal/http/journal';

const entry = (id: number, over: { body?: string; sent?: Answered['sent']; answer?: string }): Answered => ({
	request: {
		id,
		at: id,
		method: 'profile',
		applicationId: null,
		userId: null,
		status: 200,
		error: null,
		inBatch: false,
	},
	raw: {
		method: 'POST',
		path: '/rest/profile',
		query: 'a=1',
		headers: {},
		contentType: 'application/x-www-form-urlencoded',
		contentTypeHeader: '',
		body: Buffer.from(over.body ?? ''),
		source: '',
	},
	sent: over.sent,
	answer: over.answer ?? '{}',
	at: id,
	took: 1,
});

test('the latest requests are kept, whatever comes', () => {
	const journal = new Journal();
	for (let id = 1; id <= 5000; id += 1) journal.add(entry(id, {}));
	expect([journal.entries.length, journal.entries[0]?.request.id]).toEqual([500, 4501]);
	for (let id = 1; id <= 40; id += 1) journal.add(entry(id, { answer: 'x'.repeat(1024 * 1024) }));
	expect(journal.entries.length).toBeLessThanOrEqual(16);
	journal.clear();
	expect(journal.entries).toEqual([]);
});

test('parameters that nobody read are read when somebody looks', () => {
	const journal = new Journal();
	journal.add(entry(1, { body: 'CALL_ID=x&b[c]=2' }));
	expect({ ...journal.entries[0]?.sent() }).toMatchObject({ a: '1', CALL_ID: 'x', b: { c: '2' } });
});

test('of a recording in the parameters only the beginning is kept', () => {
	const journal = new Journal();
	const content = 'A'.repeat(100_000);
	journal.add(entry(1, { body: content, sent: { CALL_ID: 'x', FILE_CONTENT: ['a.wav', content] } }));
	journal.add(entry(2, { body: content }));
	expect(JSON.stringify(journal.entries[0]?.sent()).length).toBeLessThan(300);
	expect(journal.entries[0]?.sent()).toMatchObject({ CALL_ID: 'x' });
	expect({ ...journal.entries[1]?.sent() }).toEqual({ a: '1' });
});
