import assert from 'node:assert/strict';
import { type Bench, type Chapter, type Proof, type Triggers } from '../bench';
import type { Reply } from '../../support/client';

const SEARCH = 'telephony.externalCall.searchCrmEntities';
const CALLBACK = 'voximplant.callback.start';

/** telephony.externalCall.searchCrmEntities */
export const searchChapter: Chapter = {
	valid: () => ({ PHONE_NUMBER: '+494066969441' }),
	stages: {
		1: (bench) => {
			bench.portal.control.addClient('COMPANY', { name: 'Daisy LLC', phones: ['19062195047'], assignedById: 99 });
			bench.portal.control.addClient('CONTACT', { name: 'John Doe', phones: ['+1 906 219-50-47'], assignedById: 99 });
		},
		2: () => undefined,
	},
	triggers: {
		'PHONE_NUMBER is empty': (bench) => bench.call(SEARCH, {}),
		'CRM is not installed.': (bench) => {
			bench.portal.control.setSettings({ crmInstalled: false });
			return bench.call(SEARCH, { PHONE_NUMBER: '1' });
		},
	},
	proofs: {
		'param:PHONE_NUMBER': async (bench) => {
			for (const type of ['COMPANY', 'LEAD', 'CONTACT'] as const)
				bench.portal.control.addClient(type, { phones: ['+49 30 23125-999'], assignedById: 3 });
			const found = await bench.ok<{ CRM_ENTITY_TYPE: string; ASSIGNED_BY: Record<string, unknown> }[]>(SEARCH, {
				PHONE_NUMBER: '493023125999',
			});
			assert.deepEqual(
				found.map((client) => client.CRM_ENTITY_TYPE),
				['CONTACT', 'LEAD', 'COMPANY'],
			);
			assert.deepEqual(
				[found[0]?.ASSIGNED_BY.TIMEMAN_STATUS, found[0]?.ASSIGNED_BY.USER_PHONE_INNER],
				['PAUSED', '103'],
			);
		},
	},
};

const callback = {
	FROM_LINE: 'reg150907',
	TO_NUMBER: '+19991234567',
	TEXT_TO_PRONOUNCE: 'A callback was requested',
	VOICE: 'internalfemale',
};
const knowLine = (bench: Bench): void =>
	bench.portal.control.setSettings({
		builtInLines: { ...bench.portal.state.settings.builtInLines, reg151083: 'Cloud PBX' },
	});
const ordered = (bench: Bench): Record<string, unknown> => ({ ...bench.portal.state.orderedCalls.at(-1) });
/** A parameter is stored with the ordered call. */
const stored =
	(method: string, valid: Record<string, unknown>, name: string, field: string): Proof =>
	async (bench) => {
		await bench.ok(method, valid);
		assert.equal(ordered(bench)[field], valid[name]);
	};
const withoutSettings = (bench: Bench, method: string, valid: Record<string, unknown>): Promise<Reply> => {
	bench.portal.control.setSettings({ linesWithoutSettings: ['reg150907'] });
	return bench.call(method, valid);
};

/** voximplant.callback.start */
export const callbackChapter: Chapter = {
	valid: () => callback,
	stages: { 1: knowLine },
	triggers: {
		'Could not find line {LINE_ID}': (bench) => bench.call(CALLBACK, { ...callback, FROM_LINE: 'nowhere' }),
		'Could not find config for number {LINE_ID}': (bench) => withoutSettings(bench, CALLBACK, callback),
		'Phone number is not correct': (bench) => bench.call(CALLBACK, { ...callback, TO_NUMBER: 'x' }),
		'Access denied!': (bench) => bench.call(CALLBACK, callback, { token: bench.tokenOf(5) }),
	},
	proofs: {
		'param:FROM_LINE': async (bench) => {
			const handler = await bench.handler('ONEXTERNALCALLBACKSTART');
			const { CALL_ID: callId } = await bench.ok(CALLBACK, { ...callback, FROM_LINE: '+4940669690' });
			assert.equal(callId, null);
			assert.equal((await bench.onlyEvent(handler))['data[LINE_NUMBER]'], '+4940669690');
			assert.match(String((await bench.ok(CALLBACK, callback)).CALL_ID), /^callback\.[0-9a-f]{32}\.\d+$/);
		},
		'param:TO_NUMBER': stored(CALLBACK, callback, 'TO_NUMBER', 'phoneNumber'),
		'param:TEXT_TO_PRONOUNCE': stored(CALLBACK, callback, 'TEXT_TO_PRONOUNCE', 'text'),
		'param:VOICE': stored(CALLBACK, callback, 'VOICE', 'voice'),
	},
};

function infocallChapter(method: string, valid: Record<string, unknown>, own: Chapter['proofs']): Chapter {
	const triggers: Triggers = {
		'Making infocall using LINK_BASE_NUMBER is not allowed': (bench) =>
			bench.call(method, { ...valid, FROM_LINE: 'LINK_BASE_NUMBER' }),
		'Could not find config for number {LINE_ID}': (bench) => bench.call(method, { ...valid, FROM_LINE: 'nowhere' }),
		'Infocall limit for this month is exceeded': (bench) => {
			bench.portal.control.setSettings({ infocallLimitReached: true });
			return bench.call(method, valid);
		},
		'Phone number is not correct': (bench) => bench.call(method, { ...valid, TO_NUMBER: '' }),
		'Infocall failure': (bench) => {
			bench.portal.control.setSettings({ infocallProviderRefuses: true });
			return bench.call(method, valid);
		},
		'Access denied!': (bench) => bench.call(method, valid, { token: bench.tokenOf(5) }),
	};
	return {
		valid: () => valid,
		stages: { 1: knowLine },
		triggers,
		proofs: {
			'param:FROM_LINE': stored(method, valid, 'FROM_LINE', 'line'),
			'param:TO_NUMBER': stored(method, valid, 'TO_NUMBER', 'phoneNumber'),
			...own,
		},
	};
}

const TEXT = 'voximplant.infocall.startwithtext';
const SOUND = 'voximplant.infocall.startwithsound';
const sound = { FROM_LINE: 'reg150907', TO_NUMBER: '1234567890', URL: 'https://example.com/notice.mp3' };

/** voximplant.infocall.startwithtext */
export const infocallTextChapter = infocallChapter(TEXT, callback, {
	'param:TEXT_TO_PRONOUNCE': stored(TEXT, callback, 'TEXT_TO_PRONOUNCE', 'text'),
	'param:VOICE': stored(TEXT, callback, 'VOICE', 'voice'),
});

/** voximplant.infocall.startwithsound */
export const infocallSoundChapter = infocallChapter(SOUND, sound, { 'param:URL': stored(SOUND, sound, 'URL', 'url') });

/** voximplant.tts.voices.get and voximplant.line.get */
export const voicesChapter: Chapter = { valid: () => ({}), stages: { 1: () => undefined }, proofs: {} };
export const lineGetChapter: Chapter = {
	valid: () => ({}),
	triggers: { 'Access denied!': (bench) => bench.call('voximplant.line.get', {}, { token: bench.tokenOf(2) }) },
	proofs: {
		result: async (bench) =>
			assert.deepEqual(await bench.ok('voximplant.line.get'), { reg150907: 'Reception', sip7: 'Workshop' }),
		'example:1': async (bench) => {
			const lines = { reg150907: 'SIP line', sip7: 'Office PBX 1', reg151083: 'Cloud PBX (9)' };
			bench.portal.control.setSettings({ builtInLines: lines });
			assert.deepEqual(await bench.ok('voximplant.line.get'), lines);
		},
	},
};
