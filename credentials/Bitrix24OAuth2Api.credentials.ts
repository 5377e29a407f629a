import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { origin } from './address';

/** What an administrator does in Bitrix24, in its own words (b24 documentation, serverside-local-app-with-no-ui). */
const STEPS = [
	'Choose Server, and tick “Application uses API only”.',
	'Handler path and Initial installation path: the OAuth Redirect URL above.',
	'Permissions: Telephony, Users and CRM; Calls as well for callbacks and automatic calls.',
	'Save. Application ID (client_id) and Application key (client_secret) then belong below.',
];

/** Of HTML, n8n's notices show links and lists (N8nNotice, 2.41). */
const NOTICE = `In Bitrix24, open Applications > Developer resources > Other > Local application:<ul>${STEPS.map((step) => `<li>${step}</li>`).join('')}</ul>`;

/** Bitrix24 OAuth2 through n8n's own flow: its refresh on 401 is single-flight and survives rotating refresh tokens. */
export class Bitrix24OAuth2Api implements ICredentialType {
	name = 'bitrix24OAuth2Api';

	displayName = 'Bitrix24 OAuth2 API';

	/** What to do in Bitrix24 and the portal's address come first, then n8n's own fields. */
	extends = ['bitrix24PortalApi', 'oAuth2Api'];

	icon = {
		light: 'file:../nodes/Bitrix24Telephony/telephony.svg',
		dark: 'file:../nodes/Bitrix24Telephony/telephony.dark.svg',
	} as const;

	documentationUrl = 'https://repository.invalid/docs/connect-bitrix24.md';

	properties: INodeProperties[] = [
		// In the place of the parent's, which stands first.
		{ displayName: NOTICE, name: 'steps', type: 'notice', default: '' },
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. local.5f0c0a1b2c3d4e.12345678',
			description: 'Application ID that Bitrix24 shows once the local application is saved',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Application key that Bitrix24 shows beside the application ID',
			hint: 'Wrong or cut off, when connecting ends with “Client authentication failed” (invalid_client)',
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
			placeholder: 'e.g. https://oauth.example.com',
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
