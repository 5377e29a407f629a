import fc from 'fast-check';
import { isPrivateHost } from '../../../bitrix24/address';
import { looksSigned, sameText, sign, type HandlerIdentity } from '../../../bitrix24/handlerSignature';
import { hintFor } from '../../../bitrix24/hints';

describe('handler signature', () => {
	const identity: HandlerIdentity = { workflowId: 'w', webhookPath: 'p/bitrix24', mode: 'production' };

	it('fits one trigger, one mode and one secret only', () => {
		const others: [string, HandlerIdentity][] = [
			['other', identity],
			['secret', { ...identity, workflowId: 'w2' }],
			['secret', { ...identity, webhookPath: 'p2/bitrix24' }],
			['secret', { ...identity, mode: 'test' }],
			['secret', { workflowId: 'wp/', webhookPath: 'bitrix24', mode: 'production' }],
		];
		const all = [sign('secret', identity), ...others.map(([secret, other]) => sign(secret, other))];
		expect(new Set(all).size).toBe(all.length);
		expect(all[0]).toMatch(/^[\w-]{43}$/);
	});

	it('is told from rubbish by its form', () => {
		expect(
			[sign('secret', identity), undefined, '', ['a'], 'x'.repeat(42), `${'x'.repeat(42)}!`].map(looksSigned),
		).toEqual([true, false, false, false, false, false]);
	});

	it('compares only texts', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string(), (given, expected) => sameText(given, expected) === (given === expected)),
		);
		expect(sameText(['a'], 'a')).toBe(false);
		expect(sameText(undefined, '')).toBe(false);
	});
});

describe('isPrivateHost', () => {
	it.each([
		'localhost',
		'127.0.0.1',
		'10.1.2.3',
		'192.168.0.4',
		'172.16.0.1',
		'172.31.9.9',
		'169.254.1.1',
		'[::1]',
		'[fd00::1]',
		'[fe80::1]',
		'n8n',
		'n8n.local',
		'0.0.0.0',
		'172.20.0.1',
		'172.19.255.255',
		'10.0.12.34',
		'a.b.lan',
		'N8N.LOCAL',
		'my-n8n',
	])('%s', (host) => {
		expect(isPrivateHost(host)).toBe(true);
	});

	it.each([
		'example.bitrix24.com',
		'8.8.8.8',
		'172.32.0.1',
		'192.169.0.1',
		'[2a00::1]',
		'11.0.0.1',
		'10.example.com',
		'2.192.168.1',
		'1.169.254.1',
		'5.172.16.9',
		'[2a00::fd00]',
		'[2a00::fe80:1]',
		'n8n.local.example.com',
		'10.0.0.1.example.com',
		'10.x.1.2.3.4',
		'110.0.0.1',
	])('not %s', (host) => {
		expect(isPrivateHost(host)).toBe(false);
	});
});

describe('hintFor', () => {
	it('says what to do by code, by text, or by kind', () => {
		const base = { kind: 'refused', status: 400, code: '', text: '', method: 'm' } as const;
		expect(hintFor({ ...base, text: 'Call is not found (call should be registered prior to finishing' })).toContain(
			'once only',
		);
		expect(
			hintFor({ ...base, text: 'Call is not found in the statistic table. Looks like it is not finished yet.' }),
		).toContain('Finish first');
		expect(hintFor({ ...base, code: 'insufficient_scope', method: 'crm.status.list' })).toContain(
			'permission CRM (crm).',
		);
		expect(hintFor({ ...base, kind: 'unknown' })).toContain('not known');
	});
});
