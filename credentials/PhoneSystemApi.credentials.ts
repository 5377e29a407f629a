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
			options: [
				{ name: 'Asterisk (ARI)', value: 'asterisk' },
				{ name: 'Mango Office', value: 'mango' },
				{ name: 'MegaFon, Kcell and Relatives (crmapi/v1)', value: 'megafon' },
				{ name: 'Zadarma, Novofon 1.0', value: 'zadarma' },
			],
			default: 'asterisk',
		},
		property(['asterisk'], { displayName: 'Address', name: 'address', required: true, placeholder: 'http://127.0.0.1:8088', description: 'Address of Asterisk’s HTTP server, from http.conf' }),
		property(['asterisk'], { displayName: 'User', name: 'user', required: true, description: 'Name of the user in ari.conf' }),
		secret(['asterisk'], { displayName: 'Password', name: 'password', required: true }),
		property(['mango'], { displayName: 'Address', name: 'address', required: true, default: 'https://app.mango-office.ru/vpbx' }),
		secret(['mango'], { displayName: 'API Key', name: 'user', required: true, description: 'Unique code of your PBX, from the cabinet’s page of the API' }),
		secret(['mango'], { displayName: 'API Salt', name: 'password', required: true, description: 'Key for the signature, from the same page' }),
		property(['megafon'], { displayName: 'Address', name: 'address', required: true, placeholder: 'https://example.megapbx.ru/crmapi/v1' }),
		secret(['megafon'], { displayName: 'API Key', name: 'password', required: true, description: 'Key with which the phone system is asked' }),
		secret(['megafon'], { displayName: 'CRM Token', name: 'reportSecret', required: true, description: 'Key with which the phone system proves its reports' }),
		property(['zadarma'], { displayName: 'Address', name: 'address', required: true, default: 'https://api.zadarma.com' }),
		secret(['zadarma'], { displayName: 'Key', name: 'user', required: true, description: 'Of the API, from the personal account' }),
		secret(['zadarma'], { displayName: 'Secret', name: 'password', required: true, description: 'It belongs to the key, and signs the reports as well' }),
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
