import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { sign, type HandlerIdentity } from '../../../bitrix24/handlerSignature';
import { encodeForm } from '../../../bitrix24/phpForm';
import { receive, type Delivery, type Expected } from '../../../nodes/Bitrix24TelephonyTrigger/delivery';

const identity: HandlerIdentity = { workflowId: 'w1', webhookPath: 'id/bitrix24', mode: 'production' };
const expected: Expected = {
	clientSecret: 'secret',
	identity,
	memberId: 'a223c6b9410f85df78e9377d6c4f7213',
	applicationToken: '',
	eventCodes: ['ONEXTERNALCALLSTART'],
};
const signature = sign('secret', identity);

const contract = JSON.parse(readFileSync(`${__dirname}/../../../sandbox/contract/bitrix24-contract.json`, 'utf8')) as {
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
				portal: { domain: 'example.bitrix24.com', member_id: expected.memberId, status: 'L', scope: 'crm,telephony,user' },
			},
		});
	});

	it('holds no token of any kind', () => {
		const text = JSON.stringify(receive(delivery(`${sample}&auth[refresh_token]=4s386p3q0tr8dy89xvmt96234v3dljg8`), expected));
		for (const token of ['s7p6eclrvim9da28dt9ch94ekreb52sv', '51610fefc120af94b628cc82d6298cce', '4s386p3q0tr8dy89xvmt96234v3dljg8', 'token"']) {
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
			data: { PHONE_NUMBER: '1', CALL_ID: 'x', IS_MOBILE: '1', CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: 3 }], NEW_KEY: 'n' },
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
		['the signature of the test address', { signature: sign('secret', { ...identity, mode: 'test' }) }, {}, /signature/],
		['two signatures', { signature: [signature, signature] }, {}, /signature/],
		['a credential without secret', { signature: sign('', identity) }, { clientSecret: '' }, /signature/],
		['no readable body', { body: undefined }, {}, /form/],
		['another portal', {}, { memberId: 'ffffffffffffffffffffffffffffffff' }, /another portal/],
		['another application token', {}, { applicationToken: 'other' }, /application token/],
		['an event that was not chosen', {}, { eventCodes: ['ONAPPTEST'] }, /does not listen/],
		['an install event', { body: Buffer.from(contract.eventDelivery.rawSampleInstall.body) }, {}, /does not listen/],
		['an empty body', { body: Buffer.from('') }, {}, /another portal/],
	])('%s', (_name, change, other, reason) => {
		expect(receive({ ...delivery(sample), ...change }, { ...expected, ...other })).toEqual({ refused: expect.stringMatching(reason) as string });
	});

	it('without decoding a byte of an unsigned body', () => {
		const body = new Proxy(Buffer.from(sample), {
			get: () => {
				throw new Error('the body was touched');
			},
		});
		expect(receive({ signature: 'wrong', body }, expected)).toHaveProperty('refused');
	});

	it('whatever the body is, without a throw', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => 'refused' in receive({ signature, body: Buffer.from(bytes) }, expected)),
		);
	});

	it('accepts the right application token', () => {
		expect(receive(delivery(sample), { ...expected, applicationToken: '51610fefc120af94b628cc82d6298cce' })).toHaveProperty('item');
	});
});
