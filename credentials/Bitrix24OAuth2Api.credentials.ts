import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Takes a host or a pasted address and gives scheme, host and port. No scheme means https. */
function origin(field: string): string {
	const given = `($self["${field}"] || "").trim()`;
	return `(${given}.match(/^https?:\\/\\//i) ? "" : "https://") + ${given}.replace(/^((?:https?:\\/\\/)?[^\\/?#\\s]*).*$/i, "$1")`;
}

/** Bitrix24 OAuth2 through n8n's own flow: its refresh on 401 is single-flight and survives rotating refresh tokens. */
export class Bitrix24OAuth2Api implements ICredentialType {
	name = 'bitrix24OAuth2Api';

	displayName = 'Bitrix24 OAuth2 API';

	extends = ['oAuth2Api'];

	icon = {
		light: 'file:../nodes/Bitrix24Telephony/telephony.svg',
		dark: 'file:../nodes/Bitrix24Telephony/telephony.dark.svg',
	} as const;

	documentationUrl = 'https://repository.invalid/docs/connect-bitrix24.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Portal Address',
			name: 'portal',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'example.bitrix24.com',
			description: 'Address of your Bitrix24, as you see it in the browser. A pasted path is ignored.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'local.5f0c0a1b2c3d4e.12345678',
			description: 'Application ID (client_id) that Bitrix24 shows once the local application is saved',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Application key (client_secret), shown beside the application ID',
		},
		{
			displayName: 'Authorization Server',
			name: 'authorizationServer',
			type: 'options',
			options: [
				{ name: 'International', value: 'https://oauth.bitrix.info' },
				{ name: 'Russia (.ru)', value: 'https://oauth.bitrix24.tech' },
				{ name: 'Custom Address', value: 'custom' },
			],
			default: 'https://oauth.bitrix.info',
			description: 'Where Bitrix24 issues tokens. International suits every portal but those in Russia.',
		},
		{
			displayName: 'Authorization Server Address',
			name: 'customAuthorizationServer',
			type: 'string',
			required: true,
			displayOptions: { show: { authorizationServer: ['custom'] } },
			default: '',
			placeholder: 'https://oauth.example.com',
			description: 'Address of the authorization server, without a path',
		},
		{
			displayName: 'Application Token',
			name: 'applicationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Optional. When set, the trigger also refuses every event that does not carry this token. Events are verified without it, too.',
		},
		{
			displayName: 'Bitrix24 Plan',
			name: 'requestLimit',
			type: 'options',
			options: [
				{ name: 'Enterprise', value: 'enterprise', description: '250 requests at once, then 5 a second' },
				{ name: 'Standard', value: 'standard', description: '50 requests at once, then 2 a second' },
			],
			default: 'standard',
			description:
				'How many requests your portal takes; many calls at once are sent as fast as that. Choose Standard unless your portal has the Enterprise plan.',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${origin('portal')} + "/oauth/authorize/" }}`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ($self["authorizationServer"] === "custom" ? ${origin('customAuthorizationServer')} : $self["authorizationServer"]) + "/oauth/token/" }}`,
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
