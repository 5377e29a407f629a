import assert from 'node:assert/strict';
import type { CheckArguments } from '../../../check/arguments';
import { connect, type Entry } from '../../../check/access/connect';
import type { Secrets } from '../../../check/access/secrets';
import { check, type CheckOptions, type Findings } from '../../../check/check';
import { sendByFetch, type Send } from '../../../check/wire';
import { startPortal, type Portal, type Switches } from '../../../sandbox/portal';
import { Client } from './client';

/** How a check gets in. */
export type Way = 'both' | 'application' | 'webhook';

/** What a check of the sandbox is made with. */
export interface Setting {
	way?: Way;
	switches?: Partial<Switches>;
	write?: boolean;
	/**
	 * Permissions of the application and the webhook; without `call` unless said otherwise, so that one can be refused.
	 */
	scopes?: string[];
	/** The employee; 1 is an administrator, 2 is none. */
	userId?: number;
	/** Stands between the check and the sandbox. */
	between?: (send: Send) => Send;
}

export const NUMBER = '+12025550123';
export const HANDLER = 'https://handler.example.com/portal-check';

/** A sandbox that has something to show in every list, and a way into it. */
export class CheckedSandbox {
	requests = 0;

	private constructor(
		readonly portal: Portal,
		readonly entry: Entry,
		private readonly options: CheckArguments,
		readonly send: Send,
	) {}

	/** Starts one and connects to it, by a code where an application is wanted. */
	static async open(setting: Setting = {}): Promise<CheckedSandbox> {
		const portal = await startPortal({ switches: setting.switches ?? {} });
		try {
			return await CheckedSandbox.connect(portal, setting);
		} catch (error) {
			await portal.stop();
			throw error;
		}
	}

	private static async connect(portal: Portal, setting: Setting): Promise<CheckedSandbox> {
		const { way = 'both', write = false, scopes = ['crm', 'telephony', 'user'], userId = 1, between } = setting;
		const application = portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/callback', scopes });
		const [webhook] = portal.state.webhooks;
		assert.ok(webhook);
		Object.assign(webhook, { scopes, userId });
		await furnish(portal);

		const authorise = async (): Promise<string> => {
			const address = `${portal.url}/oauth/authorize/?client_id=${application.clientId}&state=state&auto=${userId}`;
			return (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? '';
		};
		const secrets: Secrets = {
			...(way === 'webhook'
				? {}
				: { BITRIX24_CLIENT_ID: application.clientId, BITRIX24_CLIENT_SECRET: application.clientSecret }),
			...(way === 'application' ? {} : { BITRIX24_WEBHOOK: `${portal.url}/rest/${userId}/${webhook.code}/` }),
		};
		const options = {
			portal: portal.url,
			authServer: portal.authorizationUrl,
			write,
			renew: false,
			...(write ? { number: NUMBER, handler: HANDLER } : {}),
		};
		const send = between?.(sendByFetch) ?? sendByFetch;
		let advanced = 0;
		const entry = await connect(options, secrets, {
			send,
			ask: authorise,
			tell: () => undefined,
			now: () => Date.now() + advanced,
			state: 'state',
		});
		// A check of a real portal takes its time; then the code is older than a code lives.
		portal.control.advance(31);
		advanced = 31_000;
		return new CheckedSandbox(portal, entry, options, send);
	}

	/** Makes the check. */
	check(changes: Partial<CheckOptions> = {}): Promise<Findings> {
		const counted: Send = (request) => {
			this.requests += 1;
			return this.send(request);
		};
		const { portal, connection } = this.entry;
		return check({
			portal: portal.through(counted),
			...(connection === undefined
				? {}
				: { connection: { ...connection, server: connection.server.through(counted) } }),
			allowed: this.options,
			mark: 'mark',
			stopped: new AbortController().signal,
			...changes,
		});
	}

	/** Stops the sandbox. */
	close(): Promise<void> {
		return this.portal.stop();
	}
}

/** Checks a sandbox that stands only for it. */
export async function checkSandbox(setting: Setting = {}): Promise<Findings & { requests: number }> {
	const sandbox = await CheckedSandbox.open(setting);
	try {
		return { ...(await sandbox.check()), requests: sandbox.requests };
	} finally {
		await sandbox.close();
	}
}

/** Handlers, a finished call and an event that waits in the queue. */
async function furnish(portal: Portal): Promise<void> {
	const client = Client.of(portal);
	const sending = { auth: 'auth' } as const;
	await client.result('event.bind', { event: 'ONVOXIMPLANTCALLSTART', event_type: 'offline' }, sending);
	await client.result('event.bind', { event: 'ONAPPUPDATE', handler: 'https://other.example.com/' }, sending);
	const { CALL_ID: callId } = await client.result(
		'telephony.externalCall.register',
		{ USER_ID: 1, PHONE_NUMBER: '+494066969441', TYPE: 2, SHOW: 0 },
		sending,
	);
	await client.result('telephony.externalCall.finish', { USER_ID: 1, CALL_ID: callId, DURATION: 5 }, sending);
}
