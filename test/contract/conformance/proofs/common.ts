import assert from 'node:assert/strict';
import { contract } from '../contract';
import { assertReply, Bench, type Chapter, type Proof } from '../bench';
import type { Reply } from '../../support/client';

type Cause = (bench: Bench) => Promise<Reply>;

const setApplication =
	(changes: Parameters<Bench['portal']['control']['setApplication']>[0]): Cause =>
	(bench) => {
		bench.portal.control.setApplication(changes);
		return bench.call('profile');
	};
const setSettings =
	(changes: Parameters<Bench['portal']['control']['setSettings']>[0]): Cause =>
	(bench) => {
		bench.portal.control.setSettings(changes);
		return bench.call('profile');
	};
const onDemand =
	(code: string): Cause =>
	(bench) => {
		bench.portal.control.addFault({ kind: 'error', target: 'profile', code });
		return bench.call('profile');
	};

/** As many calls as one batch can register and finish, to use up a method's time with few requests. */
const MANY_FINISHES = Object.fromEntries(
	Array.from({ length: 25 }, (_, index) => [
		[`r${index}`, `telephony.externalCall.register?USER_ID=1&TYPE=2&SHOW=0&PHONE_NUMBER=4420${index}`],
		[`f${index}`, `telephony.externalCall.finish?USER_ID=1&CALL_ID=$result[r${index}][CALL_ID]`],
	]).flat(),
);

/** How each common error comes about, by its code and text. */
const CAUSES: Record<string, Cause> = {
	'ERROR_METHOD_NOT_FOUND:Method not found!': async (bench) => {
		assertReply(await bench.call('no.such.method', {}, { auth: 'none' }), 404, { error: 'ERROR_METHOD_NOT_FOUND' });
		return bench.call('voximplant.sip.get');
	},
	'NO_AUTH_FOUND:Wrong authorization data': async (bench) => {
		assertReply(await bench.call('profile', {}, { webhook: '1/unknown' }), 401, { error: 'NO_AUTH_FOUND' });
		return bench.call('profile', {}, { auth: 'none' });
	},
	'expired_token:The access token provided has expired': (bench) => {
		bench.portal.control.expireTokens();
		return bench.call('profile');
	},
	'invalid_token:Unable to get application by token': (bench) =>
		bench.call('profile', {}, { token: 'nobody-knows-it' }),
	'APPLICATION_NOT_FOUND:Application not found': (bench) => {
		bench.portal.control.removeApplication();
		return bench.call('profile');
	},
	'NOT_INSTALLED:Application not installed': setApplication({ active: false }),
	'PAYMENT_REQUIRED:Payment required': setApplication({ paymentExpired: true }),
	'authorization_error:Unable to authorize user': (bench) => bench.call('profile', {}, { token: bench.tokenOf(6) }),
	'insufficient_scope:The request requires higher privileges than provided by the access token': async (bench) => {
		const webhook = bench.portal.state.webhooks[0];
		assert.ok(webhook);
		webhook.scopes = [];
		const reply = await bench.call('user.get', {}, { webhook: bench.webhook });
		assert.equal(
			reply.body.error_description,
			'The request requires higher privileges than provided by the webhook token',
		);
		return bench.call('user.get', {}, { token: bench.tokenWith(['crm']) });
	},
	'user_access_error:The user does not have access to the application.': setApplication({ allowedUsers: [2] }),
	'ACCESS_DENIED:REST is available only on commercial plans.': setSettings({ restAvailable: false }),
	'ACCESS_DENIED:Access denied!': (bench) => bench.call('voximplant.line.get', {}, { token: bench.tokenOf(2) }),
	'WRONG_AUTH_TYPE:Current authorization type is denied for this method': (bench) =>
		bench.call('event.get', {}, { webhook: bench.webhook }),
	'INVALID_CREDENTIALS:Invalid request credentials': (bench) =>
		bench.call('profile', {}, { webhook: bench.webhook.replace(/^1/, '2') }),
	'ERROR_CORE:SQL query error!': onDemand('ERROR_CORE'),
	'METHOD_CONFIRM_WAITING:Waiting for confirmation': onDemand('METHOD_CONFIRM_WAITING'),
	'METHOD_CONFIRM_DENIED:Method call denied': onDemand('METHOD_CONFIRM_DENIED'),
	'QUERY_LIMIT_EXCEEDED:Too many requests': (bench) => {
		bench.portal.control.setLimits({ intensity: true, bucket: 0 });
		return bench.call('profile');
	},
	'OPERATION_TIME_LIMIT:Method is blocked due to operation time limit.': async (bench) => {
		bench.portal.control.setLimits({ operating: true });
		for (;;) {
			const reply = await bench.call('telephony.externalCall.finish', {
				CALL_ID: await bench.registered({ PHONE_NUMBER: String(Math.random()) }),
				USER_ID: 1,
			});
			if (reply.status !== 200) return reply;
			await bench.ok('batch', { cmd: MANY_FINISHES });
		}
	},
	'OVERLOAD_LIMIT:REST API is blocked due to overload': setSettings({ overload: true }),
	'INVALID_REQUEST:Https required.': onDemand('INVALID_REQUEST'),
	'INTERNAL_SERVER_ERROR:Internal server error': onDemand('INTERNAL_SERVER_ERROR'),
	'ERROR_UNEXPECTED_ANSWER:Server returned an unexpected response': onDemand('ERROR_UNEXPECTED_ANSWER'),
	'PORTAL_DELETED:Portal was deleted': setSettings({ portalDeleted: true }),
	'CONNECTION_ERROR:Error connecting to authorization server': onDemand('CONNECTION_ERROR'),
};

/**
 * Statuses that documentation and server state differently are the server's, and with the docs switches the
 * documentation's.
 */
function proof(cause: Cause, status: number, serverStatus: number, code: string, text: string): Proof {
	return async (bench) => {
		const reply = await cause(bench);
		assertReply(reply, serverStatus, { error: code, error_description: text });
		assert.ok(!('time' in reply.body));
		if (status === serverStatus) return;
		const docs = await Bench.open({
			scopeErrorStatus: 403,
			portalDeletedStatus: 500,
			webhookErrorStatus: 403,
			plainHttpStatus: 400,
		});
		try {
			assert.equal((await cause(docs)).status, status);
		} finally {
			await docs.close();
		}
	};
}

const proofs: Record<string, Proof> = {};
for (const error of contract.commonErrors) {
	const name = `${error.code ?? ''}:${error.description ?? ''}`;
	const cause = CAUSES[name];
	if (cause)
		proofs[`error:${name}`] = proof(
			cause,
			error.httpStatus ?? 0,
			error.statusInServer ?? error.httpStatus ?? 0,
			error.code ?? '',
			error.description ?? '',
		);
}
proofs['error:ERROR_ARGUMENT:text of the argument exception'] = async (bench) => {
	assert.deepEqual((await bench.call('event.bind', {})).body, {
		error: 'ERROR_ARGUMENT',
		error_description: "Argument 'EVENT' is null or empty",
		argument: 'EVENT',
	});
};
proofs['error:ERROR_CORE:text of the exception'] = async (bench) => {
	const handler = { event: 'ONAPPTEST', handler: 'https://a.example/' };
	await bench.ok('event.bind', handler);
	assertReply(await bench.call('event.bind', handler), 400, { error: 'ERROR_CORE' });
};
const inBatch =
	(command: Record<string, string>, code: string): Proof =>
	async (bench) => {
		const { result_error: errors } = await bench.ok<{ result_error: Record<string, { error: string }> }>('batch', {
			cmd: command,
		});
		assert.ok(Object.values(errors).every((error) => error.error === code) && Object.keys(errors).length === 1);
	};
proofs['error:ERROR_BATCH_METHOD_NOT_ALLOWED:Method is not allowed for batch usage'] = inBatch(
	{ a: 'upload' },
	'ERROR_BATCH_METHOD_NOT_ALLOWED',
);
proofs['error:ERROR_BATCH_LENGTH_EXCEEDED:Max batch length exceeded'] = inBatch(
	Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, 'profile'])),
	'ERROR_BATCH_LENGTH_EXCEEDED',
);

proofs['error:wrong_client:'] = async (bench) => {
	const application = [...bench.portal.state.applications.values()][0];
	assert.ok(application);
	assertReply(await bench.call('profile', {}, { token: application.applicationToken }), 401, { error: 'wrong_client' });
	assertReply(await onDemand('wrong_client')(bench), 401, { error: 'wrong_client' });
	bench.portal.control.addFault({ kind: 'error', target: 'upload', code: 'wrong_client' });
	assertReply(await bench.call('upload', { token: 'x' }, { encoding: 'query' }), 401, { error: 'wrong_client' });
};

/** Errors that any method can answer with. */
export const commonChapter: Chapter = {
	proofs,
	reasons: {
		'error:ERROR_MANIFEST_IS_NOT_AVAILABLE:Manifest is not available':
			'belongs to the import and export of settings, of which the sandbox has nothing',
	},
};
