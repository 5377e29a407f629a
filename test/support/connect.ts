import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Portal } from '../../sandbox/portal';

/**
 * Connects a credential to the sandbox portal as n8n does: authorize page, code, token endpoint.
 *
 * @param employee id of the employee who allows the access; 1 is the administrator.
 * @returns decrypted credential data with the real token answer.
 */
export async function connectedCredential(portal: Portal, employee = 1): Promise<ICredentialDataDecryptedObject> {
	const application = portal.control.setApplication({
		handlerUrl: 'http://127.0.0.1:5678/rest/oauth2-credential/callback',
	});
	const authorize = await fetch(
		`${portal.url}/oauth/authorize/?client_id=${application.clientId}&state=s&auto=${employee}`,
		{ redirect: 'manual' },
	);
	const code = new URL(authorize.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const accessTokenUrl = `${portal.authorizationUrl}/oauth/token/`;
	const answer = await fetch(accessTokenUrl, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			client_id: application.clientId,
			client_secret: application.clientSecret,
			code,
		}),
	});
	return {
		portal: portal.url,
		clientId: application.clientId,
		clientSecret: application.clientSecret,
		grantType: 'authorizationCode',
		authentication: 'body',
		accessTokenUrl,
		oauthTokenData: (await answer.json()) as ICredentialDataDecryptedObject['oauthTokenData'],
	} as ICredentialDataDecryptedObject;
}
