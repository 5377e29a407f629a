import fc from 'fast-check';
import qs from 'qs';
import { decodeForm, encodeForm } from '../../../bitrix24/phpForm';

describe('encodeForm', () => {
	it('writes nested keys as PHP reads them', () => {
		expect(encodeForm({ FILTER: { ID: 7, ACTIVE: true }, USER_ID: [1, 2], EMPTY: '', GONE: undefined, NONE: null })).toBe(
			'FILTER%5BID%5D=7&FILTER%5BACTIVE%5D=1&USER_ID%5B0%5D=1&USER_ID%5B1%5D=2&EMPTY=',
		);
	});

	it('is read back by another implementation', () => {
		const text = fc.string({ unit: 'binary', minLength: 1 });
		fc.assert(
			fc.property(fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 5 }))), (values) => {
				expect(qs.parse(encodeForm(values))).toEqual({ ...values });
			}),
		);
	});
});

describe('decodeForm', () => {
	it('decodes a delivery', () => {
		const decoded = decodeForm('event=ONEXTERNALCALLSTART&data%5BPHONE_NUMBER%5D=%2B494951234567&data%5BEXTENSION%5D=&auth[user_id]=7&list[]=a&list[]=b');
		expect(JSON.parse(JSON.stringify(decoded))).toEqual({
			event: 'ONEXTERNALCALLSTART',
			data: { PHONE_NUMBER: '+494951234567', EXTENSION: '' },
			auth: { user_id: '7' },
			list: { 0: 'a', 1: 'b' },
		});
	});

	it('reads back what encodeForm wrote', () => {
		const leaf = fc.string({ unit: 'binary' });
		const key = fc.stringMatching(/^[A-Za-z_]{1,6}$/);
		fc.assert(
			fc.property(fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1 })), { maxKeys: 20, noNullPrototype: true }), (values) => {
				expect(JSON.parse(JSON.stringify(decodeForm(encodeForm(values))))).toEqual(JSON.parse(JSON.stringify(values)));
			}),
		);
	});

	it('survives anything, and reaches no prototype', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => void decodeForm(body)));
		decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('stops at a thousand pairs and at sixteen levels', () => {
		const wide = Array.from({ length: 1500 }, (_, index) => `k${index}=1`).join('&');
		expect(Object.keys(decodeForm(wide))).toHaveLength(1000);
		expect(Object.keys(decodeForm(`a${'[b]'.repeat(20)}=1`))).toHaveLength(0);
	});
});
