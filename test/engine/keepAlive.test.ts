import { clock } from '../../nodes/common/clock';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const HOUR = 3_600_000;
let renewals = 0;

beforeAll(() => {
	holder.world.portal.changes.on('change', ({ kind, action, grant }) => {
		if (kind === 'token' && action === 'issued' && grant === 'refresh_token') renewals += 1;
	});
});
beforeEach(async () => {
	await holder.world.publish({ events: ['ONEXTERNALCALLSTART'] } as never);
	holder.world.asked();
	renewals = 0;
});

/** Waits for what goes on after the delivery was answered. */
async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const refreshToken = (): unknown =>
	(holder.world.credential.oauthTokenData as { refresh_token?: string }).refresh_token;

describe('a credential that only receives events', () => {
	it('is left alone while it is young', async () => {
		const { world } = holder;
		await clock.sleep(23 * HOUR);
		world.credentialReads = 0;
		await world.click();
		expect(world.started).toHaveLength(1);
		expect(world.credentialReads).toBe(0);
		expect(world.asked()).toEqual([]);
	});

	it('is used once a day, which renews it', async () => {
		const { world } = holder;
		const before = refreshToken();
		await clock.sleep(25 * HOUR);
		await world.click();
		expect(world.started).toHaveLength(1);
		await until(() => refreshToken() !== before);
		await until(() => world.portal.state.requests.some(({ method, error }) => method === 'profile' && error === null));
		expect(renewals).toBe(1);
		world.asked();
		world.credentialReads = 0;
		await world.click('+442079460111');
		expect(world.started).toHaveLength(2);
		expect(world.asked()).toEqual([]);
		expect(world.credentialReads).toBe(0);
	});

	it('is used once, however many events come', async () => {
		const { world } = holder;
		await clock.sleep(25 * HOUR);
		const numbers = Array.from({ length: 20 }, (_, index) => `+4420794601${index + 10}`);
		await Promise.all(numbers.map(async (number) => await world.click(number)));
		expect(world.started).toHaveLength(20);
		await until(() => world.portal.state.requests.some(({ method, error }) => method === 'profile' && error === null));
		expect(world.portal.state.requests.map(({ method, error }) => [method, error])).toEqual([
			['profile', 'expired_token'],
			['profile', null],
		]);
		expect(renewals).toBe(1);
	});

	it('that has died costs no event, and is tried once a day only', async () => {
		const { world } = holder;
		await clock.sleep(25 * HOUR);
		world.portal.state.refreshTokens.clear();
		await world.click();
		await until(() => world.portal.state.requests.some(({ method }) => method === 'profile'));
		await world.click('+442079460111');
		expect(world.started).toHaveLength(2);
		expect(world.thrown).toEqual([]);
		expect(world.asked()).toEqual(['profile']);
	});

	it('is not touched by strangers', async () => {
		const { world } = holder;
		await clock.sleep(25 * HOUR);
		world.credentialReads = 0;
		expect((await world.post('event=ONEXTERNALCALLSTART', `?signature=${'x'.repeat(43)}`)).status).toBe(403);
		expect(world.credentialReads).toBe(0);
		expect(world.asked()).toEqual([]);
	});
});
