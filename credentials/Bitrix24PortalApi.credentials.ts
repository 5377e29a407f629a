import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { origin } from './address';

/**
 * The first part of the form of Bitrix24 OAuth2 API, never used by itself. n8n shows the fields of parents first, in
 * their order (mergeNodeProperties), so that this is the only way to bring a field before n8n's own Client ID.
 */
export class Bitrix24PortalApi implements ICredentialType {
	name = 'bitrix24PortalApi';

	/** Without Bitrix24: n8n up to 2.20 lists hidden types, and a search for Bitrix24 shall find the right one alone. */
	displayName = 'Portal Address API';

	/** Not offered when somebody adds a credential, in n8n that knows this property. */
	hidden = true;

	icon = {
		light: 'file:../nodes/Bitrix24Telephony/telephony.svg',
		dark: 'file:../nodes/Bitrix24Telephony/telephony.dark.svg',
	} as const;

	documentationUrl = 'https://repository.invalid/docs/connect-bitrix24.md';

	properties: INodeProperties[] = [
		// The child puts its own in this place. Only who has chosen this type by mistake reads it.
		{
			displayName:
				'No node uses this credential, it is only a part of another one. Close it, and choose <b>Bitrix24 OAuth2 API</b>.',
			name: 'steps',
			type: 'notice',
			default: '',
		},
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
