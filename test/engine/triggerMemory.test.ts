import { createHash } from 'node:crypto';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const CLICK = ['ONEXTERNALCALLSTART'];
const wrong = `?signature=${'x'.repeat(43)}`;
const publishClick = async (): Promise<void> => await holder.world.publish({ events: CLICK });

describe('while nothing is kept', () => {
	it('a signed delivery is judged by the credential', async () => {
		const { world } = holder;
		await publishClick();
		world.staticData = {};
		world.credentialReads = 0;
		await world.click();
		expect(world.started).toHaveLength(1);
		expect(world.credentialReads).toBe(1);
		expect((await world.post(world.delivery.body, wrong)).status).toBe(403);
		expect((await world.post(world.delivery.body)).status).toBe(403);
		expect(world.credentialReads).toBe(2);
	});

	it('and the credential is not connected, it is refused', async () => {
		const { world } = holder;
		await publishClick();
		world.staticData = {};
		delete world.credential.oauthTokenData;
		await world.click();
		expect(world.delivery).toMatchObject({
			status: 403,
			answer: '{"message":"The Bitrix24 credential of this trigger is not connected"}',
		});
		expect(world.thrown).toEqual([]);
	});

	it('and the credential has no client secret, anybody could sign, so it is refused', async () => {
		const { world } = holder;
		await publishClick();
		world.staticData = {};
		world.credential.clientSecret = '';
		await world.click();
		expect(world.delivery.status).toBe(403);
	});

	it('an activation of version 0.1.0 is brought up to date by its first genuine delivery', async () => {
		const { world } = holder;
		await publishClick();
		const kept = world.staticData;
		const elsewhere = {
			event: 'ONAPPUNINSTALL',
			handler: `https://old.example.com/webhook/hook/bitrix24${world.query}`,
		};
		world.staticData = { bindings: [...world.handlers, elsewhere] };
		expect((await world.post('', wrong)).status).toBe(403);
		expect(world.staticData).toHaveProperty('bindings');
		await world.click();
		expect(world.started).toHaveLength(1);
		const { subscription } = kept as { subscription: { signatureMark: string } };
		expect(world.staticData).toEqual({
			subscription: kept.subscription,
			leftovers: [
				{
					address: 'https://old.example.com/webhook/hook/bitrix24',
					signatureMark: subscription.signatureMark,
					events: ['ONAPPUNINSTALL'],
				},
			],
		});
		world.credentialReads = 0;
		await world.click('+4930555');
		expect(world.started).toHaveLength(2);
		expect(world.credentialReads).toBe(0);
	});
});

describe('what is stored', () => {
	it('knows the signature by its hash only', async () => {
		const { world } = holder;
		world.credential.applicationToken = 'my token';
		await publishClick();
		const signature = new URLSearchParams(world.query).get('signature') ?? '';
		const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
		expect(world.staticData).toEqual({
			subscription: {
				workflowId: 'w1',
				address: world.handlers[0]?.handler.split('?')[0],
				signatureMark: hash(signature),
				events: CLICK,
				memberId: world.portal.state.settings.memberId,
				applicationTokenMark: hash('my token'),
			},
			leftovers: [],
		});
		for (const secret of [signature, 'my token', String(world.credential.clientSecret)])
			expect(world.stored).not.toContain(secret);
	});

	it('is renewed when the binding is there already', async () => {
		const { world } = holder;
		await publishClick();
		const before = world.staticData;
		world.staticData = { bindings: world.handlers };
		expect(await world.hook('checkExists')).toBe(true);
		expect(world.staticData).toEqual(before);
	});
});
