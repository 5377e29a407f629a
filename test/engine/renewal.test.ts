import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useWorld } from './world';

const world = useWorld();
let server: Server;
/** What the authorization server answers: status and body; undefined for a broken connection. */
let answer: [status: number, body: unknown] | undefined;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (!answer) return void request.socket.destroy();
		const [status, body] = answer;
		response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
});

/** Hides the card of a call. @returns what the error output got */
async function hide(callId: string) {
	const run = await world.run('call', 'hide', { callId, employees: {} }, [{}], { onError: 'continueErrorOutput' });
	return run.items(1)[0]?.json as { error: string; details: { hint: string } };
}

/** A call, and a token that has expired since. @returns its CALL_ID */
async function expired(): Promise<string> {
	const callId = await world.registered();
	world.credential.accessTokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/token/`;
	world.portal.control.expireTokens();
	return callId;
}

describe('a token that cannot be renewed', () => {
	const refused = (error: string, error_description?: string): [number, unknown] => [401, { error, error_description }];

	it.each<[string, [number, unknown] | undefined, string, string]>([
		[
			'not installed',
			refused('NOT_INSTALLED', 'Application not installed'),
			'Application not installed [NOT_INSTALLED]',
			'“API only” ticked',
		],
		[
			'not paid',
			refused('PAYMENT_REQUIRED', 'Payment required'),
			'Payment required [PAYMENT_REQUIRED]',
			'connecting again does not help',
		],
		[
			'unused for too long',
			refused('expired_token', 'The refresh token provided has expired.'),
			'The refresh token provided has expired. [expired_token]',
			'not used for so long',
		],
		[
			'secret wrong',
			refused('invalid_client'),
			'Bitrix24 does not take the Client Secret of the credential [invalid_client]',
			'Copy it once more',
		],
		[
			'connection unknown',
			refused('invalid_grant'),
			'The credential "Portal" needs to be reconnected.',
			'no longer knows this connection',
		],
		[
			'a fault of the server',
			[503, '<html>'],
			'The authorization server answered with status 503 when the token was to be renewed',
			'Try again in a minute',
		],
		[
			'another page',
			[404, '<html>'],
			'The authorization server answered with status 404 when the token was to be renewed',
			'check Authorization Server in the credential',
		],
		[
			'silence',
			undefined,
			'The authorization server could not be reached to renew the token',
			'check Authorization Server in the credential',
		],
	])('%s', async (_name, given, message, advice) => {
		answer = given;
		const { error, details } = await hide(await expired());
		expect(error).toEqual(message);
		expect(details.hint).toContain(advice);
		expect(details.hint).toMatch(/\(telephony\.externalCall\.hide\)$/);
		expect(world.cards()).toEqual([2]);
	});

	it('is refused with status 200, which n8n takes for a renewal', async () => {
		answer = [200, { error: 'wrong_client', error_description: 'Unknown client' }];
		const callId = await expired();
		for (const _again of [1, 2]) {
			const { error, details } = await hide(callId);
			expect(error).toBe('Unknown client [wrong_client]');
			expect(details.hint).toContain('does not know the application');
		}
		expect(world.cards()).toEqual([2]);
	});
});

describe('an application that is not active', () => {
	const hint = 'The application is not installed on the portal. Open its settings in Bitrix24';

	afterEach(() => {
		world.portal.control.setApplication({ active: true });
	});

	it('is told to whoever calls', async () => {
		const callId = await world.registered();
		world.portal.control.setApplication({ active: false });
		const { error, details } = await hide(callId);
		expect(error).toBe('Application not installed [NOT_INSTALLED]');
		expect(details.hint).toContain(hint);
	});

	it('is told by Check Setup', async () => {
		world.portal.control.setApplication({ active: false });
		const { json } = await world.run('setup', 'check', { checkDeliveries: false });
		expect(json.find(({ CHECK }) => CHECK === 'Application')).toMatchObject({
			RESULT: 'problem',
			DETAIL: 'Application not installed',
			ADVICE: expect.stringContaining(hint) as string,
		});
	});
});
