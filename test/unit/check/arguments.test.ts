import { readArguments, UsageError } from '../../../check/arguments';

const portal = ['--portal', 'example.bitrix24.com'];

it('needs only the portal, and then changes nothing', () => {
	expect(readArguments(portal)).toEqual({ portal: 'https://example.bitrix24.com', write: false, renew: false });
});

it.each([
	['example.bitrix24.com', 'https://example.bitrix24.com'],
	['https://Example.bitrix24.com/crm/?a=b', 'https://example.bitrix24.com'],
	['http://127.0.0.1:5680', 'http://127.0.0.1:5680'],
	['portal.example.com:8443', 'https://portal.example.com:8443'],
])('takes the portal %s for %s', (typed, origin) => {
	expect(readArguments(['--portal', typed]).portal).toBe(origin);
});

it('reads every option', () => {
	const all = [
		'--write',
		'--renew',
		'--number',
		'+49 40 123456',
		'--handler',
		'https://example.com/hook',
		'--secrets',
		'a.env',
		'--output',
		'b.json',
		'--auth-server',
		'auth.example.com',
	];
	expect(readArguments([...portal, ...all])).toEqual({
		portal: 'https://example.bitrix24.com',
		authServer: 'https://auth.example.com',
		write: true,
		renew: true,
		number: '+49 40 123456',
		handler: 'https://example.com/hook',
		secrets: 'a.env',
		output: 'b.json',
	});
});

it.each([
	[[], '--portal is missing: the address of the portal, such as example.bitrix24.com.'],
	[['--portal', 'no address'], '--portal is no address. Write it such as example.bitrix24.com.'],
	[['--portal', 'https://user:secret@example.com'], '--portal is no address. Write it such as example.bitrix24.com.'],
	[[...portal, '--auth-server', ':'], '--auth-server is no address. Write it such as example.bitrix24.com.'],
	[[...portal, '--number', '+4940123456'], '--number and --handler need --write.'],
	[[...portal, '--handler', 'https://example.com'], '--number and --handler need --write.'],
	[[...portal, '--write', '--number', 'secret'], '--number is no phone number. Write it such as +4940123456.'],
	[
		[...portal, '--write', '--handler', 'secret'],
		'--handler is no address. Write it such as https://example.com/hook.',
	],
	[[...portal, 'secret'], 'There is a word that belongs to no option.'],
	[[...portal, '--webhook=secret'], 'There is no option --webhook.'],
	[[...portal, '--write=secret'], '--write is not used in the right way.'],
	[[...portal, '--output'], '--output is not used in the right way.'],
])('refuses %j without repeating what was typed', (args, text) => {
	expect(() => readArguments(args)).toThrow(new UsageError(text));
	expect(text).not.toContain('secret');
});
