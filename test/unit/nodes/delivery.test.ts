import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { markOf, sign, type HandlerIdentity } from '../../../bitrix24/handlerSignature';
import { encodeForm } from '../../../bitrix24/phpForm';
import { receive, type Delivery, type Expected } from '../../../nodes/Bitrix24TelephonyTrigger/delivery';

const identity: HandlerIdentity = { workflowId: 'w1', webhookPath: 'id/bitrix24', mode: 'production' };
const signature = sign('secret', identity);
const expected: Expected = {
	signatureMark: markOf(signature),
	memberId: 'a223c6b9410f85df78e9377d6c4f7213',
	applicationTokenMark: '',
	events: ['ONEXTERNALCALLSTART'],
};

const contract = JSON.parse(readFileSync(`${__dirname}/../../../contract/bitrix24.json`, 'utf8')) as {
	eventDelivery: Record<'rawSample' | 'rawSampleWithoutUser' | 'rawSampleInstall', { body: string }>;
};
const sample = contract.eventDelivery.rawSample.body;
const delivery = (body: string): Delivery => ({ signature, body: Buffer.from(body) });

describe('a genuine delivery', () => {
	it('becomes one typed item', () => {
		expect(receive(delivery(sample), expected)).toEqual({
			item: {
				CALL_ID: 'externalCall.89350264e026dace3f2b14d1f438257c.1773236989',
				PHONE_NUMBER: '+494951234567',
				PHONE_NUMBER_INTERNATIONAL: '+494951234567',
				EXTENSION: '',
				USER_ID: 1269,
				LINE_NUMBER: '7',
				CRM_ENTITY_TYPE: 'CONTACT',
				CRM_ENTITY_ID: 797,
				CALL_LIST_ID: null,
				IS_MOBILE: false,
				event: 'ONEXTERNALCALLSTART',
				time: '2026-03-11T13:49:49.000Z',
				portal: {
					domain: 'example.bitrix24.com',
					member_id: expected.memberId,
					status: 'L',
					scope: 'crm,telephony,user',
				},
			},
		});
	});

	it('holds no token of any kind', () => {
		const text = JSON.stringify(
			receive(delivery(`${sample}&auth[refresh_token]=4s386p3q0tr8dy89xvmt96234v3dljg8`), expected),
		);
		for (const token of [
			's7p6eclrvim9da28dt9ch94ekreb52sv',
			'51610fefc120af94b628cc82d6298cce',
			'4s386p3q0tr8dy89xvmt96234v3dljg8',
			'token"',
		]) {
			expect(text).not.toContain(token);
		}
	});

	it('works without a user token', () => {
		expect(receive(delivery(contract.eventDelivery.rawSampleWithoutUser.body), expected)).toMatchObject({
			item: { USER_ID: 1269, portal: { domain: 'example.bitrix24.com', status: null, scope: null } },
		});
	});

	it('works with the fewer keys of an older portal, and passes further ones on', () => {
		const body = encodeForm({
			event: 'OnExternalCallStart',
			data: {
				PHONE_NUMBER: '1',
				CALL_ID: 'x',
				IS_MOBILE: '1',
				CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: 3 }],
				NEW_KEY: 'n',
			},
			auth: { member_id: expected.memberId },
		});
		expect(receive(delivery(body), expected)).toMatchObject({
			item: {
				PHONE_NUMBER: '1',
				PHONE_NUMBER_INTERNATIONAL: null,
				USER_ID: null,
				CRM_ENTITY_ID: null,
				IS_MOBILE: true,
				CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: 3 }],
				NEW_KEY: 'n',
				event: 'ONEXTERNALCALLSTART',
			},
		});
	});
});

describe('anything else is refused', () => {
	it.each<[string, Partial<Delivery>, Partial<Expected>, RegExp]>([
		['no signature', { signature: undefined }, {}, /signature/],
		[
			'the signature of the test address',
			{ signature: sign('secret', { ...identity, mode: 'test' }) },
			{},
			/signature/,
		],
		['two signatures', { signature: [signature, signature] }, {}, /signature/],
		['another signature', { signature: sign('other', identity) }, {}, /signature/],
		['the mark in place of the signature', { signature: markOf(signature) }, {}, /signature/],
		['no readable body', { body: undefined }, {}, /form/],
		['another portal', {}, { memberId: 'ffffffffffffffffffffffffffffffff' }, /another portal/],
		['another application token', {}, { applicationTokenMark: markOf('other') }, /application token/],
		['an event that was not chosen', {}, { events: ['ONAPPUNINSTALL'] }, /does not listen/],
		['an install event', { body: Buffer.from(contract.eventDelivery.rawSampleInstall.body) }, {}, /does not listen/],
		['an empty body', { body: Buffer.from('') }, {}, /another portal/],
	])('%s', (_name, change, other, reason) => {
		expect(receive({ ...delivery(sample), ...change }, { ...expected, ...other })).toEqual({
			refused: expect.stringMatching(reason) as string,
			status: 403,
		});
	});

	it.each(['wrong', markOf('wrong')])('without decoding a byte of a body that is signed as %s', (wrong) => {
		expect(receive({ signature: wrong, body: untouchable(sample.length) }, expected)).toHaveProperty('refused');
	});

	it('without hashing or decoding a body past 64 kB, genuine or not', () => {
		const refused = { refused: expect.stringContaining('65536 bytes') as string, status: 413 };
		expect(receive({ signature, body: untouchable(65_537) }, expected)).toEqual(refused);
		expect(receive({ signature: undefined, body: untouchable(65_537) }, expected)).toEqual(refused);
		const padded = (length: number) => delivery(sample.padEnd(length, '&'));
		expect(receive(padded(65_536), expected)).toHaveProperty('item');
		expect(receive(padded(65_537), expected)).toEqual(refused);
	});

	it('whatever the body is, without a throw', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 400 }),
				(bytes) => 'refused' in receive({ signature, body: Buffer.from(bytes) }, expected),
			),
		);
	});

	it('accepts the right application token', () => {
		const applicationTokenMark = markOf('51610fefc120af94b628cc82d6298cce');
		expect(receive(delivery(sample), { ...expected, applicationTokenMark })).toHaveProperty('item');
	});
});

it('knows a test event, whatever the trigger listens to', () => {
	const body = encodeForm({ event: 'onAppTest', auth: { member_id: expected.memberId } });
	expect(receive(delivery(body), { ...expected, events: [] })).toEqual({ test: true });
});

describe('names that every object of JavaScript has', () => {
	const names = Object.getOwnPropertyNames(Object.prototype);
	const bodyWith = (key: string) =>
		`event=ONEXTERNALCALLSTART&auth[member_id]=${expected.memberId}&data[CALL_ID]=x&${key}`;
	const item = (key: string) => (receive(delivery(bodyWith(key)), expected) as { item: Record<string, unknown> }).item;

	it.each(names)('%s is left out, at every depth', (name) => {
		const forms = [
			`data[${name}]=1`,
			`data[${name}][a]=1`,
			`data[MORE][${name}]=1`,
			`data[CRM_CREATED_ENTITIES][0][${name}]=1`,
			`data[CRM_CREATED_ENTITIES][${name}]=1`,
			`${name}=1`,
			`auth[${name}]=1`,
		];
		for (const form of forms) {
			const made = item(form);
			expect(Object.hasOwn(made, name)).toBe(false);
			expect(made.CALL_ID).toBe('x');
			expect(Array.isArray(made.MORE)).toBe(false);
			expect(Object.hasOwn((made.MORE ?? {}) as object, name)).toBe(false);
			expect(() => `${JSON.stringify(made)} ${String(made)} ${String(made.MORE)}`).not.toThrow();
		}
	});

	it('pollute nothing, whatever they are combined with', () => {
		const part = fc.constantFrom(
			...names,
			'prototype',
			'CRM_CREATED_ENTITIES',
			'CRM_CREATED_LEAD',
			'ENTITY_ID',
			'ENTITY_TYPE',
			'CALL_ID',
			'IS_MOBILE',
			'0',
			'',
		);
		const key = fc
			.array(part, { minLength: 1, maxLength: 5 })
			.map((parts) => `data${parts.map((one) => `[${one}]`).join('')}=polluted`);
		const before = names.map((name) => (Object.prototype as unknown as Record<string, unknown>)[name]);
		fc.assert(
			fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), (keys) => {
				expect(item(keys.join('&')).event).toBe('ONEXTERNALCALLSTART');
				expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names);
				expect(names.map((name) => (Object.prototype as unknown as Record<string, unknown>)[name])).toEqual(before);
			}),
		);
	});
});

describe('values that are not what the catalogue says', () => {
	const item = (data: string) =>
		receive(delivery(`event=ONEXTERNALCALLSTART&auth[member_id]=${expected.memberId}&${data}`), expected);

	it.each([
		['data[USER_ID]=', { USER_ID: null }],
		['data[USER_ID]=0', { USER_ID: null }],
		['data[USER_ID]=x', { USER_ID: null }],
		['data[USER_ID][]=7', { USER_ID: null }],
		['data=7', { CALL_ID: null, IS_MOBILE: false }],
		['data[IS_MOBILE]=Y', { IS_MOBILE: true }],
		['data[IS_MOBILE]=true', { IS_MOBILE: true }],
		['data[IS_MOBILE]=0', { IS_MOBILE: false }],
		['data[PHONE_NUMBER][a]=1', { PHONE_NUMBER: { a: '1' } }],
		['data[PHONE_NUMBER][]=1&data[PHONE_NUMBER][]=2', { PHONE_NUMBER: ['1', '2'] }],
		['data[PHONE_NUMBER][1]=1', { PHONE_NUMBER: { 1: '1' } }],
		['data[CRM_CREATED_ENTITIES]=LEAD', { CRM_CREATED_ENTITIES: [] }],
		['data[CRM_CREATED_ENTITIES][]=LEAD', { CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD' }] }],
		['data[CRM_CREATED_ENTITIES][0][ENTITY_ID]=3', { CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: '', ENTITY_ID: 3 }] }],
		['data[CRM_CREATED_LEAD]=9', { CRM_CREATED_LEAD: 9 }],
		['data[FURTHER][CRM_CREATED_LEAD]=9', { FURTHER: { CRM_CREATED_LEAD: '9' } }],
		['ts=1773236989', { time: '2026-03-11T13:49:49.000Z' }],
		['ts=0', { time: '1970-01-01T00:00:00.000Z' }],
	])('%s', (data, fields) => {
		expect(item(data)).toMatchObject({ item: fields });
	});

	it.each(['', 'ts=', 'ts=17732369890000', 'ts=-1', 'ts=1.5', 'ts[]=1773236989'])(
		'takes now for the time %j',
		(data) => {
			const before = Date.now();
			const { item: made } = item(data) as { item: { time: string } };
			expect(Date.parse(made.time)).toBeGreaterThanOrEqual(before);
			expect(Date.parse(made.time)).toBeLessThanOrEqual(Date.now());
		},
	);

	it('reads a call that ended: numbers as numbers, nothing as null', () => {
		const body = encodeForm({
			event: 'ONVOXIMPLANTCALLEND',
			data: { CALL_DURATION: '0', COST: '0.15', CALL_TYPE: 'x', CRM_ACTIVITY_ID: '' },
			auth: { member_id: expected.memberId },
		});
		expect(receive(delivery(body), { ...expected, events: ['ONVOXIMPLANTCALLEND'] })).toMatchObject({
			item: {
				CALL_DURATION: 0,
				COST: 0.15,
				CALL_TYPE: null,
				CRM_ACTIVITY_ID: null,
				COST_CURRENCY: null,
				event: 'ONVOXIMPLANTCALLEND',
			},
		});
	});
});

/** A body that tells nothing but its length. */
function untouchable(length: number): Buffer {
	return new Proxy(Buffer.alloc(0), {
		get: (_, name) => {
			if (name === 'length') return length;
			throw new Error('the body was touched');
		},
	});
}
