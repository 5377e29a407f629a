import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
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

/**
 * The first part of the form of Bitrix24 OAuth2 API, never used by itself. n8n shows the fields of parents first, in
 * their
 * order (mergeNodeProperties), so that this is the only way to bring a field before n8n's own Client ID.
 */
export class Bitrix24PortalApi implements ICredentialType {
	name = 'bitrix24PortalApi';

	displayName = 'Bitrix24 Portal Address API';

	/** Not offered when somebody adds a credential. n8n up to 2.20 offers it all the same. */
	hidden = true;

	icon = {
		light: 'file:../nodes/Bitrix24Telephony/telephony.svg',
		dark: 'file:../nodes/Bitrix24Telephony/telephony.dark.svg',
	} as const;

	documentationUrl = 'https://repository.invalid/docs/connect-bitrix24.md';

	properties: INodeProperties[] = [
		{ displayName: NOTICE, name: 'steps', type: 'notice', default: '' },
		{
			displayName: 'Portal Address',
			name: 'portal',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.bitrix24.com',
			description: 'Address of your Bitrix24, as you see it in the browser. A pasted path is ignored.',
		},
	];

	/** The page that asks for the access: anybody may see that it is there. */
	test: ICredentialTestRequest = {
		request: { url: `={{ ${origin('portal', '$credentials')} + "/oauth/authorize/" }}` },
	};
}
