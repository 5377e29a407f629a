import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
	hasMark,
	looksSigned,
	markOf,
	partsOf,
	sameText,
	sign,
	signedAddress,
	type HandlerIdentity,
} from '../../../bitrix24/handlerSignature';

const identity: HandlerIdentity = { workflowId: 'w1', webhookPath: 'id/bitrix24', mode: 'production' };

it('signs for one secret, workflow, path and mode only', () => {
	const signatures = [
		sign('secret', identity),
		sign('other', identity),
		sign('secret', { ...identity, workflowId: 'w2' }),
		sign('secret', { ...identity, webhookPath: 'other' }),
		sign('secret', { ...identity, mode: 'test' }),
	];
	expect(new Set(signatures).size).toBe(5);
	expect(signatures.every(looksSigned)).toBe(true);
});

it.each([
	undefined,
	7,
	'',
	'x'.repeat(42),
	'x'.repeat(44),
	`${'x'.repeat(42)}!`,
	`${'x'.repeat(43)}\n`,
	['x'.repeat(43)],
])('%j does not look signed', (text) => {
	expect(looksSigned(text)).toBe(false);
});

it('knows a secret by its mark, and the mark is its SHA-256', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
			expect(markOf(one)).toBe(createHash('sha256').update(one).digest('base64url'));
			expect(hasMark(one, markOf(one))).toBe(true);
			expect(hasMark(one, markOf(other))).toBe(one === other);
			expect(hasMark(markOf(one), markOf(one))).toBe(false);
			expect(sameText(one, other)).toBe(one === other);
		}),
	);
	for (const none of [undefined, null, 7, ['a']]) {
		expect(hasMark(none, markOf('a'))).toBe(false);
		expect(sameText(none, 'a')).toBe(false);
	}
});

describe('a signed address', () => {
	it('comes apart into what it was made of', () => {
		for (const address of [
			'https://n8n.example.com/webhook/id/bitrix24',
			'http://127.0.0.1:5678/n8n/webhook/id/bitrix24',
			'https://n8n.example.com/webhook/id/bitrix24?key=a',
		]) {
			const handler = signedAddress({ address, signature: 'S-_9' });
			expect(handler).toBe(`${address}${address.includes('?') ? '&' : '?'}signature=S-_9`);
			expect(partsOf(handler)).toEqual({ address, signature: 'S-_9' });
		}
	});

	it.each(['https://n8n.example.com/webhook', 'no address', ''])('%j is none', (text) => {
		expect(partsOf(text)).toBeUndefined();
	});
});
