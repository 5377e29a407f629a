import assert from 'node:assert/strict';
import type { Bench, Chapter } from '../bench';

const NAME = 'telephony.externalLine';
const NUMBER = '14151234567';
const add = (bench: Bench, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
	bench.ok(`${NAME}.add`, { NUMBER, ...more });
const line = (bench: Bench): Record<string, unknown> => ({
	...bench.portal.state.lines.find((candidate) => candidate.number === NUMBER),
});
const denied = 'Current authorization type is denied for this method';

export const lineAddChapter: Chapter = {
	valid: () => ({ NUMBER }),
	stages: {
		1: () => undefined,
		2: async (bench) => {
			await add(bench);
		},
	},
	triggers: {
		[denied]: (bench) => bench.call(`${NAME}.add`, { NUMBER }, { webhook: bench.webhook }),
		'NUMBER should not be empty': (bench) => bench.call(`${NAME}.add`, { NAME: 'x' }),
		'Line already exists': async (bench) => {
			await add(bench);
			return bench.call(`${NAME}.add`, { NUMBER });
		},
		'DB error': (bench) => {
			bench.portal.control.setSettings({ linesBroken: true });
			return bench.call(`${NAME}.add`, { NUMBER });
		},
	},
	proofs: {
		'param:NUMBER': async (bench) => {
			await bench.ok(`${NAME}.add`, { NUMBER: '9'.repeat(60) });
			assert.equal(bench.portal.state.lines.at(-1)?.number, '9'.repeat(50));
			await add(bench);
			assert.ok((await bench.ok(`${NAME}.add`, { NUMBER }, { token: bench.tokenWith(['telephony']) })).ID);
		},
		'param:NAME': async (bench) => {
			await add(bench, { NAME: 'Main' });
			assert.equal(line(bench).name, 'Main');
		},
		'default:NAME': async (bench) => {
			await add(bench);
			assert.equal(line(bench).name, '');
		},
		'param:CRM_AUTO_CREATE': async (bench) => {
			await add(bench, { CRM_AUTO_CREATE: 'N' });
			assert.equal(line(bench).crmAutoCreate, false);
		},
		'default:CRM_AUTO_CREATE': async (bench) => {
			await add(bench);
			assert.equal(line(bench).crmAutoCreate, true);
		},
		'enum:CRM_AUTO_CREATE': async (bench) => {
			for (const [index, [value, expected]] of (
				[
					['Y', true],
					['N', false],
					['y', false],
					[1, false],
				] as const
			).entries()) {
				await bench.ok(`${NAME}.add`, { NUMBER: `1${index}`, CRM_AUTO_CREATE: value });
				assert.equal(bench.portal.state.lines.at(-1)?.crmAutoCreate, expected, String(value));
			}
		},
	},
};

export const lineUpdateChapter: Chapter = {
	valid: async (bench) => {
		if (line(bench).id === undefined) await add(bench);
		return { NUMBER, NAME: 'Support' };
	},
	stages: {
		1: async (bench) => {
			await add(bench);
		},
	},
	triggers: {
		[denied]: (bench) => bench.call(`${NAME}.update`, { NUMBER, NAME: 'x' }, { webhook: bench.webhook }),
		'There are no fields to update': async (bench) => {
			await add(bench);
			return bench.call(`${NAME}.update`, { NUMBER });
		},
		'NUMBER should not be empty': (bench) => bench.call(`${NAME}.update`, { NAME: 'x' }),
		'Could not find line with number {NUMBER}': (bench) => bench.call(`${NAME}.update`, { NUMBER: '0', NAME: 'x' }),
	},
	proofs: {
		'param:NUMBER': async (bench) => {
			await add(bench);
			assert.equal((await bench.ok(`${NAME}.update`, { NUMBER, NAME: 'x' })).ID, String(line(bench).id));
		},
		'param:NAME': async (bench) => {
			await add(bench, { NAME: 'Old', CRM_AUTO_CREATE: 'N' });
			await bench.ok(`${NAME}.update`, { NUMBER, NAME: 'New' });
			assert.deepEqual([line(bench).name, line(bench).crmAutoCreate], ['New', false]);
		},
		'param:CRM_AUTO_CREATE': async (bench) => {
			await add(bench, { NAME: 'Old' });
			await bench.ok(`${NAME}.update`, { NUMBER, CRM_AUTO_CREATE: 'N' });
			assert.deepEqual([line(bench).name, line(bench).crmAutoCreate], ['Old', false]);
		},
		'enum:CRM_AUTO_CREATE': async (bench) => {
			await add(bench, { CRM_AUTO_CREATE: 'N' });
			await bench.ok(`${NAME}.update`, { NUMBER, CRM_AUTO_CREATE: 'Y' });
			assert.equal(line(bench).crmAutoCreate, true);
			await bench.ok(`${NAME}.update`, { NUMBER, CRM_AUTO_CREATE: 'yes' });
			assert.equal(line(bench).crmAutoCreate, false);
		},
	},
};

export const lineGetChapter: Chapter = {
	valid: () => ({}),
	stages: { 1: () => undefined },
	triggers: { [denied]: (bench) => bench.call(`${NAME}.get`, {}, { webhook: bench.webhook }) },
	proofs: {},
};

export const lineDeleteChapter: Chapter = {
	valid: async (bench) => {
		if (line(bench).id === undefined) await add(bench);
		return { NUMBER };
	},
	stages: {
		1: async (bench) => {
			await add(bench);
		},
	},
	triggers: {
		[denied]: (bench) => bench.call(`${NAME}.delete`, { NUMBER }, { webhook: bench.webhook }),
		'NUMBER should not be empty': (bench) => bench.call(`${NAME}.delete`, {}),
		'Could not find line with number {NUMBER}': (bench) => bench.call(`${NAME}.delete`, { NUMBER: '0' }),
	},
	proofs: {
		'param:NUMBER': async (bench) => {
			await add(bench);
			assert.deepEqual(await bench.ok<unknown>(`${NAME}.delete`, { NUMBER }), []);
			assert.deepEqual(line(bench), {});
		},
	},
};
