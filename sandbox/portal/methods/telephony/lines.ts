import { TelephonyError } from '../../errors';
import type { Caller, Core } from '../../core';
import { toText } from '../../php/values';
import { lineByNumber } from '../../state/find';
import { nextId } from '../../state/ids';
import type { Line } from '../../state/model';
import { cast, method, type Method } from '../method';

const facts = { scopes: ['telephony'], context: 'docsApplication', keys: 'exact' } as const;
/** [S voximplant/lib/model/externalline.php] Bytes of NUMBER that are stored. */
const NUMBER_BYTES = 50;

const add = method({
	...facts,
	name: 'telephony.externalLine.add',
	params: { NUMBER: cast.text, NAME: cast.text, CRM_AUTO_CREATE: cast.raw },
	run({ core, caller, params }) {
		const number = requireNumber(params.NUMBER);
		const applicationId = caller.application?.id ?? 0;
		if (lineByNumber(core.state, applicationId, number)) throw new TelephonyError('Line already exists');
		if (core.state.settings.linesBroken) throw new TelephonyError('DB error');
		const crmAutoCreate = params.CRM_AUTO_CREATE === undefined ? true : params.CRM_AUTO_CREATE === 'Y';
		const line: Line = {
			id: nextId(core.state, 'line'),
			applicationId,
			number,
			name: params.NAME,
			crmAutoCreate,
			createdSilently: false,
		};
		core.state.lines.push(line);
		core.changes.tell('line', 'created', { number });
		return { ID: line.id };
	},
});

const update = method({
	...facts,
	name: 'telephony.externalLine.update',
	params: { NUMBER: cast.text, NAME: cast.raw, CRM_AUTO_CREATE: cast.raw },
	run({ core, caller, params }) {
		if (params.NAME === undefined && params.CRM_AUTO_CREATE === undefined)
			throw new TelephonyError('There are no fields to update');
		const number = requireNumber(params.NUMBER);
		const line = requireLine(core, caller, number);
		if (params.NAME !== undefined) line.name = toText(params.NAME);
		if (params.CRM_AUTO_CREATE !== undefined) line.crmAutoCreate = params.CRM_AUTO_CREATE === 'Y';
		core.changes.tell('line', 'updated', { number });
		return { ID: core.switches.lineUpdateId === 'text' ? String(line.id) : line.id };
	},
});

const get = method({
	...facts,
	name: 'telephony.externalLine.get',
	params: {},
	run({ core, caller }) {
		return core.state.lines
			.filter((line) => line.applicationId === caller.application?.id)
			.map((line) => ({ NUMBER: line.number, NAME: line.name, CRM_AUTO_CREATE: line.crmAutoCreate ? 'Y' : 'N' }));
	},
});

const remove = method({
	...facts,
	name: 'telephony.externalLine.delete',
	params: { NUMBER: cast.text },
	run({ core, caller, params }) {
		const line = requireLine(core, caller, requireNumber(params.NUMBER));
		core.state.lines.splice(core.state.lines.indexOf(line), 1);
		core.changes.tell('line', 'deleted', { number: line.number });
		return [];
	},
});

/** telephony.externalLine.* [DS telephony-external-line-*.md] */
export const lineMethods: readonly Method[] = [add, update, get, remove];

function requireNumber(sent: string): string {
	if (sent === '') throw new TelephonyError('NUMBER should not be empty');
	const bytes = Buffer.from(sent, 'utf8');
	return bytes.length <= NUMBER_BYTES
		? sent
		: bytes
				.subarray(0, NUMBER_BYTES)
				.toString('utf8')
				.replace(/\uFFFD+$/, '');
}

function requireLine(core: Core, caller: Caller, number: string): Line {
	const line = lineByNumber(core.state, caller.application?.id ?? 0, number);
	if (!line) throw new TelephonyError(`Could not find line with number ${number}`);
	return line;
}
