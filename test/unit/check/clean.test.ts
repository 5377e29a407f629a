import { kindOf, keyNames, say, wordsOf } from '../../../check/clean';
import { vocabulary } from '../../../check/vocabulary';

it.each([
	['Unknown TYPE', 'Unknown TYPE'],
	['Anna Schmidt', '…'],
	['User Anna (id 17) not found!', 'User … (id #) not found!'],
	['', '""'],
	['LICENSE_FEATURE_REQUIRED', 'LICENSE_FEATURE_REQUIRED'],
	['MyPortalName_DENIED', '…PortalName_DENIED'],
	['+49 40 123456', '·# # #'],
	['anna@example.com', '…'],
	['Ошибка: Иван', '…: …'],
	['token 6a1b2c3d, 42', 'token …, #'],
	[17, 'integer'],
	[undefined, 'missing'],
])('tells of the text %j only %s', (text, told) => {
	expect(wordsOf(text)).toBe(told);
});

it.each([
	[undefined, 'missing'],
	[null, 'null'],
	[[], 'empty list'],
	[[1], 'list'],
	[{}, 'empty object'],
	[{ a: 1 }, 'object'],
	['', 'empty text'],
	['x', 'text'],
	['2026-03-10T11:19:38+03:00', 'date'],
	['2026-03-10', 'text'],
	[1, 'integer'],
	[1.5, 'number'],
	[true, 'true'],
	[false, 'false'],
])('tells of the value %j only its kind, %s', (value, told) => {
	expect(kindOf(value)).toBe(told);
});

it('names keys that the contract knows and counts the others', () => {
	expect(keyNames(['CALL_ID', 'anna', '+4940'])).toBe('CALL_ID, 2 unknown');
	expect(keyNames([])).toBe('');
	expect(say`${3} of ${say`four`}`).toBe('3 of four');
});

it("knows no names of people, who stand in the contract's examples", () => {
	for (const name of ['john', 'doe', 'smith', 'vadim', 'valeev', 'klaus', 'daisy', 'ivan', 'anna'])
		expect(vocabulary.has(name)).toBe(false);
	expect(vocabulary.has('insufficient')).toBe(true);
});
