import { resources } from '../../nodes/Bitrix24Telephony/operations';
import { plain, table } from './markdown';
import { failures, pageName, type Failing } from './operationPage';
import { WISHES } from './wishes';

/** A page that is no operation. */
interface OtherPage {
	file: string;
	name: string;
	description: string;
}

/** The triggers' pages. */
export const TRIGGER_PAGES = {
	bitrix24: {
		file: 'bitrix24-telephony-trigger.md',
		name: 'Bitrix24 Telephony Trigger',
		description: 'Starts when an employee clicks a number, a callback form is sent, or a call rings, starts or ends.',
	},
	phoneSystem: {
		file: 'phone-system-trigger.md',
		name: 'Phone System Trigger',
		description: 'Starts when a phone system reports a call.',
	},
} as const satisfies Record<string, OtherPage>;

/** The list of all pages. */
export function indexPage(): string {
	return [
		'# Operations',
		'One page each: parameters, what is sent to Bitrix24, what comes back, errors and advice. The pages are made by running ' +
			'the nodes against the sandbox portal, and a test fails when they are out of date.',
		'## What do you want to do?',
		table(
			['you want to', 'see'],
			WISHES.map(({ want, pages }) => [want, pages.map(linkTo).join(', ')]),
		),
		'Whole workflows for such wishes: [recipes](../recipes.md). Errors that all operations may meet: [errors](errors.md).',
		'## Triggers',
		Object.values(TRIGGER_PAGES)
			.map(({ file, name, description }) => `- [${name}](${file}): ${description}`)
			.join('\n'),
		...resources.flatMap(({ name, value, operations }) => [
			`## ${name}`,
			table(
				['operation', 'what it does'],
				operations.map(({ entry }) => [`[${entry.name}](${pageName(value, entry.value)})`, plain(entry.description)]),
			),
		]),
	].join('\n\n');
}

/** @param page as a wish names it. @throws when there is no such page */
function linkTo(page: string): string {
	const trigger = Object.entries(TRIGGER_PAGES).find(([name]) => name === page)?.[1];
	if (trigger) return `[${trigger.name}](${trigger.file})`;
	const [resource, operation] = page.split(' ');
	const found = resources.find(({ value }) => value === resource);
	const entry = found?.operations.find((one) => one.entry.value === operation)?.entry;
	if (!found || !entry) throw new Error(`No page ${page}`);
	return `[${found.name}: ${entry.name}](${pageName(found.value, entry.value)})`;
}

/** What every operation may meet. @param rows as *Call: Finish* meets them */
export function errorsPage(rows: Failing[]): string {
	return [
		'# Errors that every operation may meet',
		'[All operations](README.md). Each row was provoked on *Call: Finish*; another operation words the advice ' +
			'as it fits. See also [troubleshooting](../troubleshooting.md), by what you see.',
		failures(rows),
	].join('\n\n');
}
