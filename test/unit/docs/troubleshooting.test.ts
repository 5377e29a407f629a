import { files, read, withoutCode } from './markdown';

/** What n8n says, and not this package. */
const OF_N8N = ['This execution failed to be processed too many times'];

const sources = [
	...files('nodes/*.ts', 'bitrix24/*.ts', 'pbx/*.ts', 'credentials/*.ts').map(read),
	// What was really said when the pages were made, put together.
	...files('docs/operations/*.md').map(read),
	read('contract/bitrix24.json'),
	...OF_N8N,
]
	.join('\n')
	// Long texts are written over several lines.
	.replace(/['`] \+\s*['`]/g, '')
	.replaceAll('\\’', '’');

const page = withoutCode(read('docs/troubleshooting.md'));
/** First cells of rows. A word or two are the name of a field or of a value. */
const messages = [...page.matchAll(/^\| (?!what you see|you changed|---)(.*?) \|/gm)]
	.flatMap(([, cell = '']) => [...cell.matchAll(/\*([^*]+)\*/g)].map(([, text = '']) => text))
	.filter((text) => text.split(' ').length > 2);

it('sees the messages', () => expect(messages.length).toBeGreaterThan(40));

it.each(messages)('“%s” is what n8n shows', (message) => {
	for (const part of message
		.split(/…|(?<=: )/)
		.map((one) => one.trim())
		.filter(Boolean))
		expect([part, sources.includes(part)]).toEqual([part, true]);
});
