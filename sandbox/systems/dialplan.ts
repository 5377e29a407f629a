/** Channel variables; an unset one reads as empty. */
export type Variables = Record<string, string>;

/** What a dialplan makes a channel do, one after the other. */
export interface Action {
	application: string;
	/** Values of the conditions are in it already, those of variables are not. */
	data: string;
}

interface Condition {
	field: string;
	expression: RegExp;
	actions: Action[];
	antiActions: Action[];
}

interface Extension {
	continues: boolean;
	conditions: Condition[];
}

const TAG = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"]*")*)\s*\/?>/g;
const ENTITIES: Variables = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A file of FreeSWITCH's XML dialplan, as far as examples/freeswitch uses it. Facts: seen on a real FreeSWITCH. */
export class Dialplan {
	private readonly contexts = new Map<string, Extension[]>();

	/** @param globals win over the file's own `X-PRE-PROCESS` lines, as if a person had edited them */
	constructor(xml: string, globals: Variables) {
		const known = { ...globals };
		let extensions: Extension[] = [];
		for (const [, close, name = '', rest = ''] of xml.replace(/<!--[^]*?-->/g, '').matchAll(TAG)) {
			if (close) continue;
			const attributes = attributesOf(
				rest.replace(/\$\$\{(\w+)\}/g, (_all, variable: string) => known[variable] ?? ''),
			);
			const { data = '' } = attributes;
			if (name === 'X-PRE-PROCESS') known[data.split('=')[0] ?? ''] ??= data.slice(data.indexOf('=') + 1);
			else if (name === 'context') this.contexts.set(attributes.name ?? '', (extensions = []));
			else build(extensions, name, attributes);
		}
	}

	/**
	 * Looks up what a channel does at a destination. Conditions are read before any action runs.
	 * @param known what the dialplan may look at: variables, and `destination_number`, `caller_id_number`
	 */
	hunt(context: string, known: Variables): Action[] {
		const found: Action[] = [];
		for (const { continues, conditions } of this.contexts.get(context) ?? []) {
			const { fits, actions } = tried(conditions, known);
			found.push(...actions);
			if (fits && !continues) break;
		}
		return found;
	}
}

/** Replaces `${name}`; a backslash takes away the meaning of what follows it. */
export function expand(text: string, variables: Variables): string {
	return text.replace(
		/\\(.)|\$\{(\w+)\}/gs,
		(_all, plain: string | undefined, name: string) => plain ?? variables[name] ?? '',
	);
}

/** Carries out the application `set`, which expands twice at once. */
export function set(data: string, variables: Variables): void {
	const equals = data.indexOf('=');
	variables[data.slice(0, equals)] = expand(expand(data.slice(equals + 1), variables), variables);
}

function attributesOf(text: string): Variables {
	const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [
		name,
		plain(value),
	]);
	return Object.fromEntries(pairs);
}

function plain(text: string): string {
	return text.replace(/&(\w+);/g, (_all, entity: string) => ENTITIES[entity] ?? '');
}

function build(extensions: Extension[], name: string, attributes: Variables): void {
	const conditions = extensions.at(-1)?.conditions;
	const action = { application: attributes.application ?? '', data: attributes.data ?? '' };
	if (name === 'extension') extensions.push({ continues: attributes.continue === 'true', conditions: [] });
	const { field = '', expression = '' } = attributes;
	if (name === 'condition')
		conditions?.push({ field, expression: new RegExp(expression), actions: [], antiActions: [] });
	if (name === 'action') conditions?.at(-1)?.actions.push(action);
	if (name === 'anti-action') conditions?.at(-1)?.antiActions.push(action);
}

/** All conditions have to fit; at the first that does not, its anti-actions count and the rest is not looked at. */
function tried(conditions: readonly Condition[], known: Variables): { fits: boolean; actions: Action[] } {
	const found: Action[] = [];
	for (const { field, expression, actions, antiActions } of conditions) {
		const match = expression.exec(field.startsWith('${') ? expand(field, known) : (known[field] ?? ''));
		if (!match) return { fits: false, actions: [...found, ...antiActions] };
		found.push(
			...actions.map(({ application, data }) => ({
				application,
				data: data.replace(/\$(\d)/g, (_all, group: string) => match[Number(group)] ?? ''),
			})),
		);
	}
	return { fits: true, actions: found };
}
