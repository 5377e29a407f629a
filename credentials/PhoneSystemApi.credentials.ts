import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { loginOf, signed } from '../nodes/common/phoneSystem';

const property = (system: string[], more: Omit<INodeProperties, 'type' | 'default'> & { default?: string }): INodeProperties => ({
	type: 'string',
	default: '',
	...more,
	displayOptions: { show: { system } },
});
const secret = (system: string[], more: Omit<INodeProperties, 'type' | 'default'>): INodeProperties =>
	property(system, { ...more, typeOptions: { password: true } });

/** A phone system: where it is, and what proves requests to it and reports of it. One type for all, so that examples look alike. */
export class PhoneSystemApi implements ICredentialType {
	name = 'phoneSystemApi';

	displayName = 'Phone System API';

	icon = { light: 'file:../nodes/Bitrix24Telephony/telephony.svg', dark: 'file:../nodes/Bitrix24Telephony/telephony.dark.svg' } as const;

	documentationUrl = 'https://repository.invalid/examples/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Phone System',
			name: 'system',
			type: 'options',
			options: [{ name: 'Asterisk (ARI)', value: 'asterisk' }],
			default: 'asterisk',
		},
		property(['asterisk'], { displayName: 'Address', name: 'address', required: true, placeholder: 'http://127.0.0.1:8088', description: 'Address of Asterisk’s HTTP server, from http.conf' }),
		property(['asterisk'], { displayName: 'User', name: 'user', required: true, description: 'Name of the user in ari.conf' }),
		secret(['asterisk'], { displayName: 'Password', name: 'password', required: true }),
	];

	/** Signs what n8n's HTTP Request node sends, and this package's own requests. */
	authenticate = async (credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> =>
		await Promise.resolve(signed(request, credentials.system, loginOf(credentials)));

	test: ICredentialTestRequest = {
		request: {
			url: '={{ $credentials.address.replace(/\\/+$/, "") + ({ asterisk: "/ari/asterisk/info" })[$credentials.system] }}',
		},
	};
}
