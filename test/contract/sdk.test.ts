import type * as Sdk from '@bitrix24/b24jssdk';
import { startPortal, type Portal } from '../../sandbox/portal';
import { startReceiver } from './support/client';
import { ApiVersion, connectSdk, failure, result } from './support/sdk';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';

let portal: Portal;

beforeEach(async () => {
	portal = await startPortal();
});

afterEach(() => portal.stop());

const connect = async (userId?: number, restrictions?: Partial<Sdk.RestrictionParams>): Promise<Sdk.B24OAuth> =>
	await connectSdk(portal, userId, restrictions);
const call = (phoneNumber: string): Record<string, unknown> => ({ USER_ID: 1, PHONE_NUMBER: phoneNumber, TYPE: 2 });

describe('OAuth', () => {
	test('the SDK learns who it is', async () => {
		const sdk = await connect();
		await sdk.initIsAdmin();
		expect(sdk.auth.isAdmin).toBe(true);
		const other = await connect(2);
		await other.initIsAdmin();
		expect(other.auth.isAdmin).toBe(false);
	});

	test('an expired token is renewed for many calls at once, and the refresh token changes each time', async () => {
		const sdk = await connect();
		const before = sdk.auth.getAuthData();
		const renewed: string[] = [];
		sdk.setCallbackRefreshAuth(({ b24OAuthParams }) => {
			renewed.push(b24OAuthParams.refreshToken);
			return Promise.resolve();
		});
		portal.control.expireTokens();
		const answers = await Promise.all(Array.from({ length: 20 }, () => result(sdk, 'profile')));
		expect(answers).toHaveLength(20);
		expect(new Set([...renewed, before && before.refresh_token]).size).toBe(renewed.length + 1);
		expect(portal.state.refreshTokens.has(renewed.at(-1) ?? '')).toBe(true);
		expect(sdk.auth.getAuthData()).toMatchObject({ member_id: portal.state.settings.memberId, expires_in: 3600 });
	});

	test('a refresh token that died is an error of the refresh', async () => {
		const sdk = await connect();
		portal.control.expireTokens();
		portal.control.revokeTokens('refresh');
		await expect(result(sdk, 'profile')).rejects.toMatchObject({
			originalError: { code: 'invalid_grant', status: 400 },
		});
	});

	test('a refresh token that came to its end is an error of the refresh, told once', async () => {
		const sdk = await connect();
		portal.control.advance(31 * 24 * 3600);
		const before = portal.state.requests.length;
		await expect(result(sdk, 'profile')).rejects.toMatchObject({
			originalError: { code: 'expired_token', status: 401 },
		});
		expect(portal.state.requests.length).toBeLessThanOrEqual(before + 1);
	});

	test('an unknown application is noticed although the status is 200', async () => {
		const sdk = await connect();
		portal.control.expireTokens();
		portal.control.setApplication({ clientId: 'local.00000000000000.00000000' });
		await expect(result(sdk, 'profile')).rejects.toThrow('wrong_client');
	});
});

describe('calls', () => {
	test('a call from its registration to its recording and transcript', async () => {
		const sdk = await connect();
		const handler = await startReceiver();
		expect(await result(sdk, 'event.bind', { event: 'ONVOXIMPLANTCALLEND', handler: handler.url })).toBe(true);
		const { CALL_ID: callId } = (await result(sdk, REGISTER, { ...call('+494066969441'), SHOW: 1 })) as {
			CALL_ID: string;
		};
		expect(await result(sdk, 'telephony.externalCall.show', { CALL_ID: callId, USER_ID: [2, 3] })).toBe(true);
		expect(portal.state.cards.map((card) => card.userId)).toEqual([1, 2, 3]);
		expect(await result(sdk, 'telephony.externalCall.hide', { CALL_ID: callId, USER_ID: [2, 3] })).toBe(true);
		expect(await result(sdk, FINISH, { CALL_ID: callId, USER_ID: 1, DURATION: 12 })).toMatchObject({
			CALL_DURATION: 12,
			CRM_ENTITY_TYPE: 'CONTACT',
		});
		const { FILE_ID: fileId } = (await result(sdk, 'telephony.externalCall.attachRecord', {
			CALL_ID: callId,
			FILENAME: 'a.mp3',
			FILE_CONTENT: 'SUQz',
		})) as { FILE_ID: number };
		expect(portal.state.recordings.get(fileId)?.content.toString()).toBe('ID3');
		await result(sdk, 'telephony.call.attachTranscription', {
			CALL_ID: callId,
			MESSAGES: [{ SIDE: 'User', START_TIME: 1, STOP_TIME: 2, MESSAGE: 'Hello' }],
		});
		expect(await result(sdk, 'voximplant.statistic.get', { FILTER: { CALL_ID: callId } })).toMatchObject([
			{ CALL_DURATION: '12', TRANSCRIPT_ID: '1' },
		]);
		await portal.control.idle();
		await handler.stop();
		expect(handler.received).toHaveLength(1);
	});
});

describe('batches', () => {
	test('commands as a list, as objects and by name', async () => {
		const sdk = await connect();
		const list = await sdk.actions.v2.batch.make({
			calls: [
				['profile', {}],
				['user.get', { FILTER: { ID: 2 } }],
			],
			options: { isHaltOnError: true },
		});
		expect(list.getData()).toMatchObject([{ ID: '1' }, [{ ID: '2' }]]);
		const named = await sdk.actions.v2.batch.make({
			calls: {
				made: { method: REGISTER, params: { ...call('+49 40 66969-441'), EXTERNAL_CALL_ID: 'a&b=c+d #1' } },
				ended: { method: FINISH, params: { CALL_ID: '$result[made][CALL_ID]', USER_ID: 1, DURATION: 7 } },
			},
			options: { isHaltOnError: true },
		});
		expect(named.getData()).toMatchObject({
			ended: { EXTERNAL_CALL_ID: 'a&b=c+d #1', CALL_DURATION: 7, PHONE_NUMBER: '+494066969441' },
		});
	});

	test('more than 50 commands go out in chunks', async () => {
		const sdk = await connect();
		const answer = await sdk.actions.v2.batchByChunk.make({
			calls: Array.from(
				{ length: 120 },
				(_, index) => [REGISTER, call(`+1202555${1000 + index}`)] as [string, Record<string, unknown>],
			),
			options: { isHaltOnError: false },
		});
		expect(answer.isSuccess).toBe(true);
		expect(portal.state.calls.size).toBe(120);
		expect(portal.state.requests.filter((request) => request.method === 'batch')).toHaveLength(3);
	});

	test('a command that is unknown fails alone', async () => {
		const sdk = await connect();
		const answer = await sdk.actions.v2.batch.make({
			calls: { bad: ['no.such.method', {}], good: ['profile', {}] },
			options: { isHaltOnError: false, returnAjaxResult: true },
		});
		const rows = answer.getData() as Record<string, Sdk.AjaxResult>;
		expect([rows.bad?.isSuccess, rows.good?.isSuccess]).toEqual([false, true]);
		expect(rows.bad?.getErrorMessages().join()).toContain('Method not found!');
	});
});

describe('lists', () => {
	test('five thousand employees arrive complete, all at once and page by page', async () => {
		portal.control.addEmployees(5000);
		const sdk = await connect();
		const all = await sdk.actions.v2.callList.make<{ ID: string }>({ method: 'user.get', params: {} });
		const ids = (all.getData() ?? []).map((user) => Number(user.ID));
		expect(new Set(ids)).toEqual(new Set(portal.state.employees.keys()));
		expect(ids).toHaveLength(portal.state.employees.size);
		let fetched = 0;
		for await (const page of sdk.actions.v2.fetchList.make<{ ID: string }>({
			method: 'user.get',
			params: { filter: { '<=ID': 120 } },
		}))
			fetched += page.length;
		expect(fetched).toBe(120);
	});

	test('the reader of next and total gets along with pages of 50', async () => {
		portal.control.addEmployees(60);
		const sdk = await connect();
		const first = await sdk.actions.v2.call.make({ method: 'user.get', params: {} });
		expect([first.isMore(), first.getTotal()]).toEqual([true, portal.state.employees.size]);
		const second = await first.getNext(sdk.getHttpClient(ApiVersion.v2));
		expect(second !== false && [second.isMore(), (second.getData()?.result as unknown[]).length]).toEqual([
			false,
			portal.state.employees.size - 50,
		]);
	});
});

describe('limits and trouble', () => {
	test('calls that meet a full bucket are repeated until they pass', async () => {
		const sdk = await connect();
		portal.control.addFault({ kind: 'error', target: 'profile', code: 'QUERY_LIMIT_EXCEEDED', count: 4 });
		const answers = await Promise.all(Array.from({ length: 12 }, () => result(sdk, 'profile')));
		expect(answers).toHaveLength(12);
		expect(portal.state.requests.filter((request) => request.error === 'QUERY_LIMIT_EXCEEDED')).toHaveLength(4);
	});

	test('used-up operating time is an error with its own code', async () => {
		const sdk = await connect(1, { maxRetries: 1 });
		portal.control.addFault({ kind: 'error', target: FINISH, code: 'OPERATION_TIME_LIMIT' });
		expect(await failure(sdk, FINISH, { CALL_ID: 'x', USER_ID: 1 })).toMatchObject({
			code: 'OPERATION_TIME_LIMIT',
			status: 429,
		});
	});

	test('codes and texts of errors arrive', async () => {
		const sdk = await connect(5);
		expect(await failure(sdk, 'no.such.method')).toMatchObject({ code: 'ERROR_METHOD_NOT_FOUND', status: 404 });
		expect(await failure(sdk, 'voximplant.statistic.get')).toMatchObject({
			code: 'ACCESS_DENIED',
			status: 403,
			message: expect.stringContaining('Access denied!') as string,
		});
		expect(await failure(sdk, 'event.bind', {})).toMatchObject({ code: 'ERROR_ARGUMENT', status: 400 });
	});
});

describe('where the SDK and the sandbox disagree (see docs/sandbox-sdk.md)', () => {
	test('the SDK loses the text of a telephony failure, because its code is empty', async () => {
		const sdk = await connect();
		expect(await failure(sdk, FINISH, { CALL_ID: 'x', USER_ID: 1 })).toMatchObject({
			code: 'ERR_BAD_REQUEST',
			status: 400,
			message: expect.not.stringContaining('Call is not found') as string,
		});
		portal.control.setSwitch('telephonyErrorCode', 'ERROR_CORE');
		expect(await failure(sdk, FINISH, { CALL_ID: 'x', USER_ID: 1 })).toMatchObject({
			code: 'ERROR_CORE',
			message: expect.stringContaining('Call is not found') as string,
		});
	});

	test('inside a batch the SDK takes such a failure for a success', async () => {
		const sdk = await connect();
		const answer = await sdk.actions.v2.batch.make({
			calls: { a: [FINISH, { CALL_ID: 'x', USER_ID: 1 }] },
			options: { isHaltOnError: false, returnAjaxResult: true },
		});
		expect((answer.getData() as Record<string, Sdk.AjaxResult>).a?.isSuccess).toBe(true);
		portal.control.setSwitch('telephonyErrorCode', 'ERROR_CORE');
		const other = await sdk.actions.v2.batch.make({
			calls: { a: [FINISH, { CALL_ID: 'x', USER_ID: 1 }] },
			options: { isHaltOnError: false, returnAjaxResult: true },
		});
		expect((other.getData() as Record<string, Sdk.AjaxResult>).a?.isSuccess).toBe(false);
	});

	test('the SDK repeats a call whose answer was lost, so a finish that worked ends as a failure', async () => {
		const sdk = await connect();
		const { CALL_ID: callId } = (await result(sdk, REGISTER, call('+494066969441'))) as { CALL_ID: string };
		portal.control.addFault({ kind: 'resetAfterWork', target: FINISH });
		expect(await failure(sdk, FINISH, { CALL_ID: callId, USER_ID: 1 })).toMatchObject({ status: 400 });
		expect(portal.state.history).toHaveLength(1);
	});

	test('the SDK adds its own parameters to every request, and the method sees them', async () => {
		const handler = await startReceiver();
		const sdk = await connect();
		await result(sdk, 'event.bind', { event: 'ONAPPTEST', handler: handler.url });
		await result(sdk, 'event.test', { a: 1 });
		await portal.control.idle();
		await handler.stop();
		const names = [...(handler.received[0]?.fields.keys() ?? [])].filter((name) => name.startsWith('data[QUERY]'));
		expect(names).toEqual(expect.arrayContaining(['data[QUERY][a]', 'data[QUERY][bx24_sdk_ver]']));
	});
});
