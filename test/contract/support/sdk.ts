import type * as Sdk from '@bitrix24/b24jssdk';
import type { Portal } from '../../../sandbox/portal';

/** The SDK's own bundle for all environments; its CommonJS files need a module that Jest cannot load on Node 20. */
const { ApiVersion, B24OAuth, AjaxError } = jest.requireActual<typeof Sdk>(
	'../../../node_modules/@bitrix24/b24jssdk/dist/umd/index.js',
);

/** The SDK's own pauses, made short; its limits are wide, so that the portal's limits are met first. */
const FAST: Partial<Sdk.RestrictionParams> = {
	rateLimit: { burstLimit: 100_000, drainRate: 100_000, adaptiveEnabled: false },
	adaptiveConfig: { enabled: false, thresholdPercent: 100, coefficient: 0, maxDelay: 0 },
	maxRetries: 3,
	retryDelay: 5,
};

/** Logs in through the authorisation page of a portal and hands the token answer to the SDK. */
export async function connectSdk(
	portal: Portal,
	userId = 1,
	restrictions: Partial<Sdk.RestrictionParams> = {},
): Promise<Sdk.B24OAuth> {
	const application = portal.control.setApplication({ handlerUrl: 'http://127.0.0.1:1/callback' });
	const redirect = await fetch(`${portal.url}/oauth/authorize/?client_id=${application.clientId}&auto=${userId}`, {
		redirect: 'manual',
	});
	const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const query = new URLSearchParams({
		grant_type: 'authorization_code',
		client_id: application.clientId,
		client_secret: application.clientSecret,
		code,
	});
	const answer = (await (await fetch(`${portal.authorizationUrl}/oauth/token/?${query.toString()}`)).json()) as Record<
		string,
		string
	>;
	const sdk = new B24OAuth(
		{
			applicationToken: application.applicationToken,
			userId,
			memberId: answer.member_id ?? '',
			accessToken: answer.access_token ?? '',
			refreshToken: answer.refresh_token ?? '',
			expires: Number(answer.expires),
			expiresIn: Number(answer.expires_in),
			scope: answer.scope ?? '',
			domain: answer.domain ?? '',
			clientEndpoint: answer.client_endpoint ?? '',
			serverEndpoint: answer.server_endpoint ?? '',
			status: 'L',
		},
		{ clientId: application.clientId, clientSecret: application.clientSecret },
		{ restrictionParams: { ...FAST, ...restrictions } as Sdk.RestrictionParams },
	);
	sdk.offClientSideWarning();
	return sdk;
}

/** The result of a call, which must go well. */
export async function result(
	sdk: Sdk.B24OAuth,
	method: string,
	params: Record<string, unknown> = {},
): Promise<unknown> {
	const answer = await sdk.actions.v2.call.make({ method, params });
	expect(answer.getErrorMessages()).toEqual([]);
	return answer.getData()?.result;
}

/** The error that a call ends with. */
export async function failure(
	sdk: Sdk.B24OAuth,
	method: string,
	params: Record<string, unknown> = {},
): Promise<{ code: string; status: number; message: string }> {
	try {
		await sdk.actions.v2.call.make({ method, params });
	} catch (error) {
		if (error instanceof AjaxError) return { code: error.code, status: error.status, message: error.message };
		throw error;
	}
	throw new Error('It succeeded');
}

export { ApiVersion };
