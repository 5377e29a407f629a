import { RestError } from '../../errors';
import type { Wire } from '../../php/json';
import { asMap, parseForm } from '../../php/form';
import { entries, type PhpValue } from '../../php/values';
import { cast, method, type AnswerParts } from '../method';
import { resolveReferences } from './references';

/** [D limits] */
const MAX_COMMANDS = 50;
/** Not allowed inside batch; nested batch depends on a switch (C17). */
const FORBIDDEN = ['upload', 'download'];

/**
 * batch: up to 50 commands in one request, answered with 200 even when they fail. Commands that are no text are
 * skipped. [DS settings/how-to-call-rest-api/batch.md; S rest_provider.php]
 */
export const batch = method({
	name: 'batch',
	scopes: [],
	context: 'any',
	keys: 'upper',
	params: { CMD: cast.raw, HALT: cast.bool },
	async run({ core, params, invoke }) {
		const results: Record<string, Wire> = {};
		const errors: Record<string, Wire> = {};
		const totals: Record<string, Wire> = {};
		const nexts: Record<string, Wire> = {};
		const times: Record<string, Wire> = {};
		let count = 0;
		for (const [name, command] of entries(params.CMD)) {
			if (typeof command !== 'string') continue;
			count += 1;
			try {
				const parts = await runCommand(command, count, results);
				results[name] = parts.result;
				if (parts.total !== undefined) totals[name] = parts.total;
				if (parts.next !== undefined) nexts[name] = parts.next;
				times[name] = parts.time;
			} catch (error) {
				if (!(error instanceof RestError)) throw error;
				errors[name] = { error: errorCode(error), error_description: error.description, ...error.extra };
				if (params.HALT) break;
			}
		}
		return { result: results, result_error: errors, result_total: totals, result_next: nexts, result_time: times };

		async function runCommand(
			command: string,
			position: number,
			earlier: Readonly<Record<string, Wire>>,
		): Promise<AnswerParts> {
			if (position > MAX_COMMANDS) throw new RestError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
			const mark = command.indexOf('?');
			const target = (mark < 0 ? command : command.slice(0, mark)).trim().replace(/^\/+/, '');
			const forbidden = core.switches.nestedBatch === 'refused' ? [...FORBIDDEN, 'batch'] : FORBIDDEN;
			if (forbidden.includes(target.toLowerCase()))
				throw new RestError(405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage');
			const query: PhpValue = parseForm(mark < 0 ? '' : command.slice(mark + 1));
			return invoke(target, asMap(resolveReferences(query, earlier)));
		}

		function errorCode(error: RestError): string {
			return error.code === '' && core.switches.telephonyErrorCode === 'ERROR_CORE' ? 'ERROR_CORE' : error.code;
		}
	},
});
