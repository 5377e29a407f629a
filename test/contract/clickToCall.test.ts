import { startPortal, type Portal } from '../../sandbox/portal';
import { Client, read, startReceiver, type Receiver } from './support/client';

let portal: Portal;
let handler: Receiver;

beforeEach(async () => {
	portal = await startPortal();
	handler = await startReceiver();
});

afterEach(async () => {
	await portal.stop();
	await handler.stop();
});

async function connect(): Promise<Record<string, unknown>> {
	const application = portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/callback' });
	const page = await read(await fetch(`${portal.url}/oauth/authorize/?client_id=${application.clientId}&state=s1`));
	expect(page.text).toContain('Anna Vogel');
	const redirect = await fetch(
		`${portal.url}/oauth/authorize/?client_id=${application.clientId}&state=s1&redirect_uri=http://evil.example/&auto=1`,
		{ redirect: 'manual' },
	);
	const location = new URL(redirect.headers.get('location') ?? '');
	expect(location.origin).toBe('http://127.0.0.1:1');
	expect(Object.fromEntries(location.searchParams)).toMatchObject({
		state: 's1',
		domain: new URL(portal.url).host,
		server_domain: new URL(portal.authorizationUrl).host,
		member_id: portal.state.settings.memberId,
		scope: application.scopes.join(','),
	});
	const query = new URLSearchParams({
		grant_type: 'authorization_code',
		client_id: application.clientId,
		client_secret: application.clientSecret,
		code: location.searchParams.get('code') ?? '',
	});
	const answer = await read(await fetch(`${portal.authorizationUrl}/oauth/token/?${query.toString()}`));
	expect(answer.status).toBe(200);
	expect(answer.body).not.toHaveProperty('token_type');
	const again = await read(await fetch(`${portal.authorizationUrl}/oauth/token/`, { method: 'POST', body: query }));
	expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
	return answer.body;
}

test('a click travels from the page to the handler and ends in the history', async () => {
	const tokens = await connect();
	expect(tokens).toMatchObject({
		client_endpoint: `${portal.url}/rest/`,
		domain: new URL(portal.authorizationUrl).host,
		expires_in: 3600,
	});
	const client = new Client(portal, String(tokens.access_token));
	expect(await client.result('event.bind', { event: 'OnExternalCallStart', handler: `${handler.url}/hook?x=1` })).toBe(
		true,
	);
	expect(
		(await client.call('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${handler.url}/hook?x=1` })).body,
	).toEqual({
		error: 'ERROR_CORE',
		error_description: 'Unable to set event handler: Handler already binded',
	});

	const click = await read(
		await fetch(`${portal.url}/sandbox/click`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ userId: 2, phoneNumber: '+49 40 66969-442', entityType: 'CONTACT', entityId: 2 }),
		}),
	);
	expect(click.status).toBe(200);
	await portal.control.idle();
	const event = handler.received[0];
	const callId = event?.fields.get('data[CALL_ID]') ?? '';
	expect(event?.body).toMatch(
		/^event=ONEXTERNALCALLSTART&event_handler_id=\d+&data%5BPHONE_NUMBER%5D=%2B49\+40\+66969-442&data%5BPHONE_NUMBER_INTERNATIONAL%5D=%2B494066969442&/,
	);
	expect(Object.fromEntries(event?.fields ?? [])).toMatchObject({
		'data[USER_ID]': '2',
		'data[CRM_ENTITY_TYPE]': 'CONTACT',
		'data[CRM_ENTITY_ID]': '2',
		'data[LINE_NUMBER]': '',
		'data[CALL_LIST_ID]': '0',
		'data[IS_MOBILE]': '0',
		'auth[user_id]': '2',
		'auth[member_id]': portal.state.settings.memberId,
		'auth[status]': 'L',
	});
	expect(event?.fields.has('auth[refresh_token]')).toBe(false);
	expect(portal.state.cards).toEqual([expect.objectContaining({ callId, userId: 2 })]);
	expect(portal.state.deliveries).toEqual([
		expect.objectContaining({ state: 'answered', status: 200, body: event?.body }),
	]);

	const finished = await client.result('telephony.externalCall.finish', {
		CALL_ID: callId,
		USER_ID: 2,
		DURATION: 31,
		STATUS_CODE: '200',
	});
	expect(finished).toMatchObject({
		CALL_ID: callId,
		INCOMING: '1',
		CALL_START_DATE: {},
		CALL_STATUS: 1,
		CRM_ENTITY_ID: 2,
		REST_APP_ID: '3',
	});
	expect(portal.state.cards).toEqual([]);
	expect((await client.call('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 2 })).body).toEqual({
		error: '',
		error_description: 'Call is not found (call should be registered prior to finishing',
	});
});

test('a click without a bound application fails', async () => {
	expect(() => portal.control.click({ userId: 2, phoneNumber: '+494066969442' })).toThrow('publish a workflow');
	expect(portal.state.calls.size).toBe(0);
});

test('commands of a batch see each other', async () => {
	const client = Client.of(portal);
	const answer = await client.result('batch', {
		halt: 0,
		cmd: { me: 'profile', who: 'user.get?ID=$result[me][ID]', bad: 'no.such.method' },
	});
	expect(answer).toMatchObject({
		result: { me: { ID: '1', ADMIN: true }, who: [{ ID: '1' }] },
		result_error: { bad: { error: 'ERROR_METHOD_NOT_FOUND' } },
		result_total: { who: 1 },
		result_next: [],
	});
});
