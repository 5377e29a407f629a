import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';
import type { EventKind } from '../../nodes/Bitrix24TelephonyTrigger/events';
import { outputOf } from '../../nodes/Bitrix24TelephonyTrigger/events';
import { READY } from '../../nodes/Bitrix24TelephonyTrigger/ready';
import { events as reportEvents, REPORT } from '../../nodes/PhoneSystemTrigger/events';
import { TRIGGER_PAGES } from './indexPages';
import type { OutputFields } from '../../nodes/common/outputSchema';
import { json, plain, table } from './markdown';
import { outputFields } from './operationPage';
import { newest, parameters } from './parameters';

/** An event as the sandbox portal sent it, and what the workflow got. */
export interface RecordedEvent {
	kind: EventKind;
	/** The decoded form, without secrets. */
	sent: unknown;
	item: IDataObject;
}

/** The end of a call as a phone system reports it, and what the workflow gets. */
interface RecordedReport {
	name: string;
	sent: unknown;
	item: unknown;
}

/** The page of the trigger of Bitrix24's events. @param problems what publishing says when Bitrix24 refuses */
export function eventsPage(description: INodeTypeDescription, recorded: RecordedEvent[], problems: string[]): string {
	return [
		...head(TRIGGER_PAGES.bitrix24.name, description),
		'How events travel, and what is refused: [delivery](../delivery.md), [queue mode](../queue-mode.md), ' +
			'[threat model](../threat-model.md).',
		'## Parameters',
		parameters(newest(description)),
		'## Events',
		'Each as the sandbox portal sends it (a form, decoded), and the item that starts the workflow. Beside `data` each has a ' +
			'block `auth` with the portal, the application token and, mostly, a token of the employee. What is no secret of it is ' +
			'in `portal` of the item; tokens never get there.',
		...recorded.flatMap(oneEvent),
		'## Errors and advice',
		'Publishing fails when Bitrix24 refuses:',
		table(
			['publishing says'],
			problems.map((message) => [plain(message)]),
		),
		'Deliveries that do not count get a 403 and start nothing. See [troubleshooting](../troubleshooting.md).',
	].join('\n\n');
}

function oneEvent({ kind, sent, item }: RecordedEvent): string[] {
	return [
		`### ${kind.name}`,
		`\`${kind.code}\`. ${plain(kind.description).replace(/\.?$/, '.')}`,
		'Bitrix24 sends:',
		json(sent),
		'The item:',
		json(item),
		outputFields(fieldsOf(kind, item), kind.code),
	];
}

/** The event's own fields, those that the trigger adds to such an event, and those that are there at times only. */
function fieldsOf(kind: EventKind, item: IDataObject): OutputFields {
	const added = Object.entries(READY).filter(([name]) => name in item);
	return {
		...outputOf(kind),
		...Object.fromEntries(added),
		...(added.length > 0 && { NOTE: 'string' }),
		LATE: 'boolean',
		AGE: 'integer',
	};
}

/** The page of the trigger of phone systems. */
export function reportsPage(description: INodeTypeDescription, recorded: RecordedReport[]): string {
	return [
		...head(TRIGGER_PAGES.phoneSystem.name, description),
		'How a report becomes a call, and the limits: [phone systems](../phone-systems.md).',
		'## Parameters',
		parameters(newest(description)),
		'## Events',
		table(
			['event', '`EVENT`', 'when'],
			reportEvents.map(({ name, value, description: when }) => [name, `\`${value}\``, plain(when)]),
		),
		'## Output fields',
		outputFields(REPORT, 'report'),
		'## Examples',
		'The end of a call in the words of each system, and the item. *Finish by Report* takes it as it is. `REPORT` is left out ' +
			'here: it holds what was reported, without secrets.',
		...recorded.flatMap(({ name, sent, item }) => [`### ${name}`, 'It reports:', json(sent), 'The item:', json(item)]),
		'## Errors and advice',
		table(
			['the phone system gets', 'why', 'what to do'],
			[
				[
					'401 *The signature does not fit*',
					'the report is not signed with the secret of the credential',
					'put the secret of the system into *Phone System API*; let no proxy change the address',
				],
				[
					'404',
					'the workflow is not published, or the address is of another one',
					'publish it, and copy the production address',
				],
				['413', 'the report is larger than n8n takes here (1 MB)', 'leave out what is not needed'],
			],
		),
	].join('\n\n');
}

function head(name: string, { description }: INodeTypeDescription): string[] {
	return [`# ${name}`, `${plain(description).replace(/\.?$/, '.')}`, '[All operations](README.md)'];
}
