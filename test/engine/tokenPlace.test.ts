import type { IDataObject } from 'n8n-workflow';
import { connectedCredential } from '../support/connect';
import { byId, useWorld } from './world';

const world = useWorld();
let portals = 0;

// What a process knows of a portal it knows by its id, so each test has a portal of its own.
beforeEach(async () => {
	world.portal.state.settings.memberId = `portal ${++portals}`;
	world.portal.control.setSwitches({ bearerHeader: 'ignored' });
	world.credential = await connectedCredential(world.portal);
	world.portal.state.requests.splice(0);
	renewals = 0;
});
afterEach(() => {
	world.portal.control.setSwitches({ bearerHeader: 'accepted' });
});

let renewals = 0;
beforeAll(() => {
	world.portal.changes.on('change', ({ kind, action, grant }) => {
		if (kind === 'token' && action === 'issued' && grant === 'refresh_token') renewals += 1;
	});
});

const REGISTER = (phoneNumber: string): IDataObject => ({
	employee: byId(2),
	phoneNumber,
	type: 2,
	externalCallId: phoneNumber,
	show: false,
});
const register = async (phoneNumber: string) => await world.run('call', 'register', REGISTER(phoneNumber));
const many = async (count: number) =>
	await Promise.all(Array.from({ length: count }, async (_, index) => await register(`+4930${100_000 + index}`)));
const requests = () => world.portal.state.requests.filter(({ inBatch }) => !inBatch);
const unseen = () => requests().filter(({ error }) => error === 'NO_AUTH_FOUND');
const tokens = (): string[] => [...world.portal.state.accessTokens.keys(), ...world.portal.state.refreshTokens.keys()];
const errors = (runs: { error?: Error }[]): (string | undefined)[] =>
	runs.flatMap(({ error }) => (error ? [error.message] : []));
const attach = async (callId: string, size = 40_000) => {
	const data = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(size)]).toString('base64');
	const item = {
		json: {},
		binary: { data: { data, mimeType: 'audio/wav', fileName: 'a.wav' } },
	} as unknown as IDataObject;
	return await world.run('call', 'attachRecording', { callId, recordingFrom: 'binary', binaryProperty: 'data' }, [
		item,
	]);
};

describe('a portal that ignores the header Authorization', () => {
	it('gets the token in the body: one request is repeated, then none, and no token is renewed', async () => {
		expect(errors([await register('+49301'), await register('+49302')])).toEqual([]);
		expect(requests().map(({ error }) => error)).toEqual(['NO_AUTH_FOUND', null, null]);
		expect(renewals).toBe(0);
	});

	it('is learned by one of 200', async () => {
		expect(errors(await many(200))).toEqual([]);
		expect(world.portal.state.calls.size).toBe(200);
		expect(unseen()).toHaveLength(1);
		expect(renewals).toBe(0);
	});

	it('gets batches so as well', async () => {
		const run = await world.run(
			'call',
			'register',
			{ ...REGISTER('={{ $json.number }}') },
			Array.from({ length: 120 }, (_, index) => ({ number: `+4930${100_000 + index}` })),
		);
		expect(run.error).toBeUndefined();
		expect(requests().some(({ method }) => method === 'batch')).toBe(true);
		expect(world.portal.state.calls.size).toBe(120);
	});

	it('gets recordings, from the address that holds the token', async () => {
		const callId = await world.finished();
		expect((await attach(callId)).json[0]).toMatchObject({ ATTACHED: true });
		expect([...world.portal.state.recordings.values()]).toMatchObject([{ callId }]);
		expect(unseen()).toHaveLength(1);
	});

	it('gets a recording whose token expires between address and upload', async () => {
		const callId = await world.finished();
		let isExpired = false;
		const onChange = (): void => {
			if (isExpired || !requests().some(({ method }) => /attachrecord/i.test(method))) return;
			isExpired = true;
			world.portal.control.expireTokens();
		};
		world.portal.changes.on('change', onChange);
		const run = await attach(callId);
		world.portal.changes.off('change', onChange);
		expect(run.error).toBeUndefined();
		expect(requests().some(({ method, error }) => method === 'upload' && error === 'expired_token')).toBe(true);
		expect(world.portal.state.recordings.size).toBe(1);
		expect(renewals).toBe(1);
	});

	it('tells Check Setup', async () => {
		const { json } = await world.run('setup', 'check', { checkDeliveries: false });
		expect(json.find(({ CHECK }) => CHECK === 'Token')).toMatchObject({
			RESULT: 'ok',
			DETAIL: expect.stringContaining('as auth') as string,
		});
	});
});

describe('renewal with the token in the body', () => {
	it('stays n8n’s: 20 executions with an expired token renew it once, and the old refresh token is dead', async () => {
		await register('+49300');
		world.portal.control.expireTokens();
		world.portal.state.requests.splice(0);
		expect(errors(await many(20))).toEqual([]);
		expect(renewals).toBe(1);
		expect(world.portal.state.calls.size).toBe(21);
		expect(unseen()).toEqual([]);
	});

	it('happens at the first contact, too', async () => {
		world.portal.control.expireTokens();
		expect(errors(await many(20))).toEqual([]);
		expect(renewals).toBe(1);
		expect(unseen()).toHaveLength(1);
	});

	it.each([true, false])(
		'that is refused says to connect again, and shows no token (place known: %s)',
		async (isKnown) => {
			if (isKnown) await register('+49300');
			const known = tokens();
			world.portal.control.expireTokens();
			world.portal.state.refreshTokens.clear();
			const runs = await many(5);
			for (const { error } of runs) {
				expect(error?.message).toMatch(/needs to be reconnected/);
				expect(error?.description).toMatch(/connect it again/);
			}
			for (const { stored } of runs) for (const token of known) expect(stored).not.toContain(token);
			expect(renewals).toBe(0);
		},
	);
});

describe('a portal that changes its mind', () => {
	it('is followed, from the body to the header', async () => {
		await register('+49300');
		world.portal.control.setSwitches({ bearerHeader: 'accepted' });
		world.portal.control.addFault({ kind: 'error', code: 'NO_AUTH_FOUND', target: 'telephony.externalCall.register' });
		expect(errors([await register('+49301')])).toEqual([]);
		const { json } = await world.run('setup', 'check', { checkDeliveries: false });
		expect(json.find(({ CHECK }) => CHECK === 'Token')).toMatchObject({
			DETAIL: 'Bitrix24 takes it in the header Authorization',
		});
		expect(renewals).toBe(0);
	});

	it('is followed, from the header to the body', async () => {
		world.portal.control.setSwitches({ bearerHeader: 'accepted' });
		await register('+49300');
		world.portal.control.setSwitches({ bearerHeader: 'ignored' });
		expect(errors([await register('+49301'), await register('+49302')])).toEqual([]);
		expect(unseen()).toHaveLength(1);
		expect(renewals).toBe(0);
	});

	it('is told of when it finds the token nowhere', async () => {
		world.portal.control.addFault({ kind: 'error', code: 'NO_AUTH_FOUND', target: '*', count: 99 });
		const { error, stored } = await register('+49300');
		world.portal.control.clearFaults();
		expect(error?.message).toContain('NO_AUTH_FOUND');
		expect(error?.description).toMatch(/No token of this portal arrived/);
		for (const token of tokens()) expect(stored).not.toContain(token);
	});
});
