import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { origin } from './address';

/** Bitrix24's own words for what to do there, from top to bottom of its form (b24 documentation, serverside-local-app-with-no-ui). */
const STEPS = [
	'In Bitrix24, an administrator opens <b>Applications &gt; Developer resources &gt; Other &gt; Local application</b>, and:',
	'1. chooses <b>Server</b> and ticks <b>Application uses API only</b>',
	'2. pastes the OAuth Redirect URL above into <b>Handler path</b> and <b>Initial installation path</b>',
	'3. ticks the permissions <b>Telephony</b> (telephony), <b>Users</b> (user) and <b>CRM</b> (crm), and <b>Calls</b> (call) for callbacks and automatic calls',
	'4. saves, and copies <b>Application ID</b> (client_id) and <b>Application key</b> (client_secret) into this form',
].join('<br>');

/**
 * The first part of the form of Bitrix24 OAuth2 API, never used by itself. n8n shows the fields of parents first, in their
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
		{ displayName: STEPS, name: 'steps', type: 'notice', default: '' },
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
