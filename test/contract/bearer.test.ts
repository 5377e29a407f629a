import { startPortal, type Portal } from '../../sandbox/portal';
import { Client, read, type Reply } from './support/client';

let portal: Portal;
let client: Client;

beforeEach(async () => {
	portal = await startPortal({ switches: { bearerHeader: 'ignored' } });
	client = Client.of(portal);
});

afterEach(() => portal.stop());

const REFUSED = { error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data' };
const bearer = (): Record<string, string> => ({ authorization: `Bearer ${client.token}` });

/** Finishes a call and gives its upload address, asked for with the parameter `auth`. */
async function uploadAddress(): Promise<string> {
	const { CALL_ID: callId } = await client.result(
		'telephony.externalCall.register',
		{ USER_ID: 1, PHONE_NUMBER: '1', TYPE: 2 },
		{ auth: 'auth' },
	);
	await client.result('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 1, DURATION: 5 }, { auth: 'auth' });
	return String(
		(
			await client.result(
				'telephony.externalCall.attachRecord',
				{ CALL_ID: callId, FILENAME: 'a.mp3' },
				{ auth: 'auth' },
			)
		).uploadUrl,
	);
}

async function upload(address: string, headers: Record<string, string> = {}): Promise<Reply> {
	const body = new FormData();
	body.append('file', new Blob(['sound']), 'a.mp3');
	return read(await fetch(address, { method: 'POST', body, headers }));
}

test('a portal without the Bearer header answers as if no token had come', async () => {
	for (const method of ['profile', 'batch']) {
		const { status, body } = await client.call(method, { cmd: { me: 'profile' } });
		expect({ status, body }).toEqual({ status: 401, body: REFUSED });
	}
});

test('the authorisation server never reads the header, whatever the portal does', async () => {
	const address = `${portal.authorizationUrl}/rest/app.info`;
	for (const bearerHeader of ['ignored', 'accepted'] as const) {
		portal.control.setSwitch('bearerHeader', bearerHeader);
		const info = await read(await fetch(address, { headers: bearer() }));
		expect([info.status, info.body]).toEqual([401, REFUSED]);
		expect((await fetch(`${address}?auth=${client.token}`)).status).toBe(200);
	}
});

test.each(['auth', 'access_token'] as const)(
	'the parameter %s works there, in the body and in the address',
	async (auth) => {
		for (const encoding of ['json', 'form', 'query'] as const)
			expect((await client.call('profile', {}, { auth, encoding })).status).toBe(200);
	},
);

test('an upload needs the token in its address, and takes it with or without the header', async () => {
	const bare = new URL(await uploadAddress());
	bare.searchParams.delete('auth');
	const refused = await upload(bare.href, bearer());
	expect([refused.status, refused.body]).toEqual([401, REFUSED]);
	for (const headers of [{}, bearer()]) expect((await upload(await uploadAddress(), headers)).status).toBe(200);
});
