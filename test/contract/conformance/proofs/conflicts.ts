import assert from 'node:assert/strict';
import { SWITCHES } from '../../../../sandbox/portal';
import type { Bench, Chapter } from '../bench';
import { accessConflicts } from './accessConflicts';
import { both, status } from './bothWays';
import { callbackChapter } from './voximplant';
import { eventConflicts } from './eventConflicts';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';

const errorText = async (bench: Bench, method: string, parameters: Record<string, unknown>): Promise<unknown> =>
	(await bench.call(method, parameters)).body.error_description;

/** C01 to C35: both ways of every conflict that can be seen on the wire. */
export const conflictsChapter: Chapter = {
	reasons: {
		C19: 'only a call from a logged-in browser, which the sandbox has not, is refused so',
		C27: 'only old portals sent this event to an outgoing webhook, which the sandbox has not; the verdict is to bind through an application',
	},
	proofs: {
		...accessConflicts,
		...eventConflicts,
		C01: both(
			'telephonyErrorCode',
			'ERROR_CORE',
			async (bench) => (await bench.call(REGISTER, {})).body.error,
			'',
			'ERROR_CORE',
		),
		C02: both(
			'webhookInTelephony',
			'allowed',
			async (bench) => {
				const { status: code, body } = await bench.call(
					REGISTER,
					{ USER_ID: 1, PHONE_NUMBER: '1', TYPE: 2 },
					{ webhook: bench.webhook },
				);
				const callId = (body.result as { CALL_ID?: string } | undefined)?.CALL_ID;
				return [code, bench.portal.state.calls.get(callId ?? '')?.portalNumber];
			},
			[403, undefined],
			[200, 'REST_APP:'],
		),
		C03: both(
			'finishAddToChatDefault',
			'on',
			async (bench) => {
				await bench.finished();
				return bench.portal.state.chatMessages.length;
			},
			0,
			1,
		),
		C04: both(
			'registerCallList',
			'stored',
			async (bench) => bench.portal.state.calls.get(await bench.registered({ CALL_LIST_ID: 1 }))?.callListId,
			null,
			1,
		),
		C05: both(
			'registerAddToChat',
			'used',
			async (bench) => {
				await bench.finished({ ADD_TO_CHAT: 1 });
				return bench.portal.state.chatMessages.length;
			},
			0,
			1,
		),
		C06: both(
			'lineAutoCreateInRegister',
			'used',
			async (bench) => {
				const result = await bench.ok(REGISTER, {
					USER_ID: 1,
					PHONE_NUMBER: '+12025550199',
					TYPE: 1,
					CRM_CREATE: 1,
					LINE_NUMBER: '+442079460500',
				});
				return result.CRM_CREATED_LEAD !== null;
			},
			true,
			false,
		),
		C12: both(
			'callbackScope',
			'telephony',
			async (bench) => {
				const parameters = (await callbackChapter.valid?.(bench)) ?? {};
				return (await bench.call('voximplant.callback.start', parameters, { token: bench.tokenWith(['telephony']) }))
					.status;
			},
			401,
			200,
		),
		C13: status(
			'portalDeletedStatus',
			500,
			(bench) => {
				bench.portal.control.setSettings({ portalDeleted: true });
				return bench.call('profile');
			},
			403,
			500,
		),
		C14: status(
			'scopeErrorStatus',
			403,
			(bench) => bench.call('user.get', {}, { token: bench.tokenWith([]) }),
			401,
			403,
		),
		C15: status(
			'plainHttpStatus',
			400,
			(bench) => {
				bench.portal.control.addFault({ kind: 'error', target: 'profile', code: 'INVALID_REQUEST' });
				return bench.call('profile');
			},
			401,
			400,
		),
		C16: both(
			'callLogInStatistic',
			'present',
			async (bench) => {
				await bench.finished();
				return 'CALL_LOG' in ((await bench.ok<object[]>('voximplant.statistic.get'))[0] ?? {});
			},
			false,
			true,
		),
		C17: both(
			'nestedBatch',
			'run',
			async (bench) => {
				const { result } = await bench.ok<{ result: Record<string, unknown> | [] }>('batch', {
					cmd: { a: 'batch?cmd[x]=profile' },
				});
				return 'a' in result;
			},
			false,
			true,
		),
		C21: both(
			'errorTexts',
			'docs',
			async (bench) => [
				await errorText(bench, FINISH, { CALL_ID: 'x', USER_ID: 1 }),
				await errorText(bench, ATTACH, {}),
				await errorText(bench, ATTACH, { CALL_ID: 'x', FILENAME: 'a' }),
			],
			[
				'Call is not found (call should be registered prior to finishing',
				'Required parameters are not set. Request should contain or URL or FILENAME parameter',
				'Call is not found in the statistic table. Looks like it is not finished yet.',
			],
			[
				'Call is not found (call should be registered prior to finishing)',
				'Required parameters are not set. Request should contain either URL or FILENAME parameter',
				'Call is not found in the statistic table. It looks like it is not finished yet.',
			],
		),
		C22: both(
			'recordingExtension',
			'any',
			async (bench) =>
				(await bench.call(ATTACH, { CALL_ID: await bench.finished(), FILENAME: 'a.MP3', FILE_CONTENT: 'AAAA' })).status,
			400,
			200,
		),
		C23: async (bench) => {
			const bounds = SWITCHES.operatingLimitSeconds;
			assert.deepEqual([bounds.server, bounds.docs, bench.portal.switches.operatingLimitSeconds], [420, 480, 420]);
			bench.portal.control.setLimits({ operating: true });
			bench.portal.limits.count('key', 450);
			assert.equal(bench.portal.limits.isBlocked('key'), true);
			bench.portal.control.setSwitch('operatingLimitSeconds', 480);
			assert.equal(bench.portal.limits.isBlocked('key'), false);
		},
		C26: status(
			'webhookErrorStatus',
			403,
			(bench) => bench.call('profile', {}, { webhook: bench.webhook.replace(/^1/, '2') }),
			401,
			403,
		),
		C29: both(
			'lineUpdateId',
			'number',
			async (bench) => {
				await bench.ok('telephony.externalLine.add', { NUMBER: '1' });
				return typeof (await bench.ok('telephony.externalLine.update', { NUMBER: '1', NAME: 'x' })).ID;
			},
			'string',
			'number',
		),
	},
};
