import assert from 'node:assert/strict';
import { SWITCHES, type Switches } from '../../../../sandbox/portal';
import { Bench, type Chapter, type Proof } from '../bench';
import { callbackChapter } from './voximplant';
import { purged } from './offlineQueue';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';

/** Looks at the same thing on a bench with the server's switch, and on one with the other value. */
function both<Name extends keyof Switches>(name: Name, other: Switches[Name], look: (bench: Bench) => Promise<unknown>, server: unknown, changed: unknown): Proof {
	return async (bench) => {
		assert.deepEqual(await look(bench), server);
		const second = await Bench.open({ [name]: other } as Partial<Switches>);
		try {
			assert.deepEqual(await look(second), changed);
		} finally {
			await second.close();
		}
	};
}

const status = (name: keyof Switches, other: never, look: (bench: Bench) => Promise<{ status: number }>, server: number, changed: number): Proof => both(name, other, async (bench) => (await look(bench)).status, server, changed);
const eventKeys = async (bench: Bench): Promise<string[]> => {
	const handler = await bench.handler('ONEXTERNALCALLSTART');
	bench.portal.control.click({ userId: 2, phoneNumber: '+494066969442' });
	return Object.keys(await bench.onlyEvent(handler));
};
const errorText = async (bench: Bench, method: string, parameters: Record<string, unknown>): Promise<unknown> => (await bench.call(method, parameters)).body.error_description;

/** C01 to C29: both ways of every conflict that can be seen on the wire. */
export const conflictsChapter: Chapter = {
	reasons: {
		C07: 'about the meaning of a word in the documentation; its own example agrees with the server',
		C15: 'the sandbox itself speaks plain http',
		C19: 'needs a browser session, which the sandbox has not',
		C24: 'the authorisation server has the address that the sandbox gives it',
		C27: 'the sandbox has no outgoing webhooks; the verdict is to bind through an application',
	},
	proofs: {
		C01: both('telephonyErrorCode', 'ERROR_CORE', async (bench) => (await bench.call(REGISTER, {})).body.error, '', 'ERROR_CORE'),
		C02: both('webhookInTelephony', 'allowed', async (bench) => {
			const { status: code, body } = await bench.call(REGISTER, { USER_ID: 1, PHONE_NUMBER: '1', TYPE: 2 }, { webhook: bench.webhook });
			const callId = (body.result as { CALL_ID?: string } | undefined)?.CALL_ID;
			return [code, bench.portal.state.calls.get(callId ?? '')?.portalNumber];
		}, [403, undefined], [200, 'REST_APP:']),
		C03: both('finishAddToChatDefault', 'on', async (bench) => {
			await bench.finished();
			return bench.portal.state.chatMessages.length;
		}, 0, 1),
		C04: both('registerCallList', 'stored', async (bench) => bench.portal.state.calls.get(await bench.registered({ CALL_LIST_ID: 1 }))?.callListId, null, 1),
		C05: both('registerAddToChat', 'used', async (bench) => {
			await bench.finished({ ADD_TO_CHAT: 1 });
			return bench.portal.state.chatMessages.length;
		}, 0, 1),
		C06: both('lineAutoCreateInRegister', 'used', async (bench) => {
			const result = await bench.ok(REGISTER, { USER_ID: 1, PHONE_NUMBER: '+12025550199', TYPE: 1, CRM_CREATE: 1, LINE_NUMBER: '+442079460500' });
			return result.CRM_CREATED_LEAD !== null;
		}, true, false),
		C08: both('refreshTokenInEvents', 'present', async (bench) => (await eventKeys(bench)).includes('auth[refresh_token]'), false, true),
		C09: async (bench) => {
			const keys = await eventKeys(bench);
			assert.ok(keys.includes('auth[server_endpoint]') && keys.includes('event_handler_id'));
			const other = await Bench.open({ serverEndpointInEvents: 'absent', handlerIdInEvents: 'absent' });
			try {
				const fewer = await eventKeys(other);
				assert.ok(!fewer.includes('auth[server_endpoint]') && !fewer.includes('event_handler_id'));
			} finally {
				await other.close();
			}
		},
		C10: both('unbindWithoutHandler', 'all', async (bench) => {
			for (const path of ['a', 'b']) await bench.ok('event.bind', { event: 'ONAPPTEST', handler: `https://a.example/${path}` });
			const { body } = await bench.call('event.unbind', { event: 'ONAPPTEST' });
			return body.error ?? body.result;
		}, 'ERROR_ARGUMENT', { count: 2 }),
		C11: both('offlineClearLooksAt', 'id', async (bench) => {
			for (const event of ['ONVOXIMPLANTCALLINIT', 'ONVOXIMPLANTCALLSTART']) await bench.ok('event.bind', { event, event_type: 'offline' });
			await bench.registered();
			const { process_id: process, events } = await bench.ok<{ process_id: string; events: { ID: string; MESSAGE_ID: string }[] }>('event.offline.get', { clear: 0 });
			await bench.ok('event.offline.clear', { process_id: process, id: [events[0]?.ID], message_id: [events[1]?.MESSAGE_ID] });
			return (await bench.ok<{ EVENT_NAME: string }[]>('event.offline.list')).map((row) => row.EVENT_NAME);
		}, ['ONVOXIMPLANTCALLINIT'], ['ONVOXIMPLANTCALLSTART']),
		C12: both('callbackScope', 'telephony', async (bench) => {
			const parameters = (await callbackChapter.valid?.(bench)) ?? {};
			return (await bench.call('voximplant.callback.start', parameters, { token: bench.tokenWith(['telephony']) })).status;
		}, 401, 200),
		C13: status('portalDeletedStatus', 500 as never, (bench) => {
			bench.portal.control.setSettings({ portalDeleted: true });
			return bench.call('profile');
		}, 403, 500),
		C14: status('scopeErrorStatus', 403 as never, (bench) => bench.call('user.get', {}, { token: bench.tokenWith([]) }), 401, 403),
		C16: both('callLogInStatistic', 'present', async (bench) => {
			await bench.finished();
			return 'CALL_LOG' in ((await bench.ok<object[]>('voximplant.statistic.get'))[0] ?? {});
		}, false, true),
		C17: both('nestedBatch', 'run', async (bench) => {
			const { result } = await bench.ok<{ result: Record<string, unknown> | [] }>('batch', { cmd: { a: 'batch?cmd[x]=profile' } });
			return 'a' in result;
		}, false, true),
		C18: both('updateRemovesHandlers', 'all', async (bench) => {
			for (const event of ['ONAPPTEST', 'ONAPPINSTALL']) await bench.ok('event.bind', { event, handler: 'https://a.example/' });
			bench.portal.control.updateApplication();
			return (await bench.ok<{ event: string }[]>('event.get')).map((handler) => handler.event);
		}, ['ONAPPTEST'], []),
		C20: async (bench) => {
			await purged(bench, 34);
			const other = await Bench.open({ offlinePurgeDays: 30 });
			try {
				await purged(other, 30);
			} finally {
				await other.close();
			}
		},
		C21: both('errorTexts', 'docs', async (bench) => [
			await errorText(bench, FINISH, { CALL_ID: 'x', USER_ID: 1 }), await errorText(bench, ATTACH, {}), await errorText(bench, ATTACH, { CALL_ID: 'x', FILENAME: 'a' }),
		], [
			'Call is not found (call should be registered prior to finishing', 'Required parameters are not set. Request should contain or URL or FILENAME parameter', 'Call is not found in the statistic table. Looks like it is not finished yet.',
		], [
			'Call is not found (call should be registered prior to finishing)', 'Required parameters are not set. Request should contain either URL or FILENAME parameter', 'Call is not found in the statistic table. It looks like it is not finished yet.',
		]),
		C22: both('recordingExtension', 'any', async (bench) => (await bench.call(ATTACH, { CALL_ID: await bench.finished(), FILENAME: 'a.MP3', FILE_CONTENT: 'AAAA' })).status, 400, 200),
		C23: async (bench) => {
			const bounds = SWITCHES.operatingLimitSeconds;
			assert.deepEqual([bounds.server, bounds.docs, bench.portal.switches.operatingLimitSeconds], [420, 480, 420]);
			bench.portal.control.setLimits({ operating: true });
			bench.portal.limits.count('key', 450);
			assert.equal(bench.portal.limits.isBlocked('key'), true);
			bench.portal.control.setSwitch('operatingLimitSeconds', 480);
			assert.equal(bench.portal.limits.isBlocked('key'), false);
		},
		C25: both('eventScopeSeparator', 'space', async (bench) => {
			const handler = await bench.handler('ONAPPTEST');
			await bench.ok('event.test');
			return (await bench.onlyEvent(handler))['auth[scope]'];
		}, 'crm,telephony,user,call', 'crm telephony user call'),
		C26: status('webhookErrorStatus', 403 as never, (bench) => bench.call('profile', {}, { webhook: bench.webhook.replace(/^1/, '2') }), 401, 403),
		C28: both('offlineErrorMessageId', 'optional', async (bench) => (await bench.call('event.offline.error', { process_id: 'x' })).status, 400, 200),
		C29: both('lineUpdateId', 'number', async (bench) => {
			await bench.ok('telephony.externalLine.add', { NUMBER: '1' });
			return typeof (await bench.ok('telephony.externalLine.update', { NUMBER: '1', NAME: 'x' })).ID;
		}, 'string', 'number'),
	},
};
