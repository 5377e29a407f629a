import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { loginOf, signed } from '../nodes/common/phoneSystem';
import { needToken, takeToken } from '../nodes/common/phoneToken';

const property = (
	system: string[],
	more: Omit<INodeProperties, 'type' | 'default'> & { default?: string },
): INodeProperties => ({
	type: 'string',
	default: '',
	...more,
	displayOptions: { show: { system } },
});
const secret = (system: string[], more: Omit<INodeProperties, 'type' | 'default'>): INodeProperties =>
	property(system, { ...more, typeOptions: { password: true } });

/** What the credential test asks for. FreeSWITCH answers it with how originate is used, and does nothing. */
const PROBES = `{
	asterisk: "/ari/asterisk/info",
	freeswitch: "/txtapi/originate",
	mango: "/config/users/request",
	megafon: "/users",
	twilio: "/2010-04-01/Accounts/" + $credentials.user + ".json",
	yeastar: "/openapi/v1.0/system/information",
	zadarma: "/v1/info/balance/",
}`;

/**
 * A phone system: where it is, and what proves requests to it and reports of it. One type for all, so that examples
 * look alike.
 */
export class PhoneSystemApi implements ICredentialType {
	name = 'phoneSystemApi';

	displayName = 'Phone System API';

	icon = {
		light: 'file:../nodes/PhoneSystemTrigger/phoneSystem.svg',
		dark: 'file:../nodes/PhoneSystemTrigger/phoneSystem.dark.svg',
	} as const;

	documentationUrl = 'https://repository.invalid/examples/README.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Phone System',
			name: 'system',
			type: 'options',
			options: [
				{ name: 'Asterisk (ARI)', value: 'asterisk' },
				{ name: 'FreeSWITCH', value: 'freeswitch' },
				{ name: 'Mango Office', value: 'mango' },
				{ name: 'MegaFon, Kcell and Relatives (crmapi/v1)', value: 'megafon' },
				{ name: 'Twilio', value: 'twilio' },
				{ name: 'Yeastar P-Series', value: 'yeastar' },
				{ name: 'Zadarma, Novofon 1.0', value: 'zadarma' },
			],
			default: 'asterisk',
			description: 'The phone system (PBX) that takes calls for you. What follows differs by system.',
		},
		property(['asterisk'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:8088',
			description: 'Address of Asterisk’s HTTP server, from http.conf, as n8n reaches it',
		}),
		property(['asterisk'], {
			displayName: 'User',
			name: 'user',
			required: true,
			placeholder: 'e.g. n8n',
			description: 'Name of the user in ari.conf, which stands there in square brackets',
		}),
		secret(['asterisk'], {
			displayName: 'Password',
			name: 'password',
			required: true,
			description: 'Its password in ari.conf',
		}),
		property(['mango'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			default: 'https://app.mango-office.ru/vpbx',
			placeholder: 'e.g. https://app.mango-office.ru/vpbx',
			description: 'Keep it, unless Mango Office gave you another',
		}),
		secret(['mango'], {
			displayName: 'API Key',
			name: 'user',
			required: true,
			description: 'Unique code of your phone system, from the page of the API in the personal account',
		}),
		secret(['mango'], {
			displayName: 'API Salt',
			name: 'password',
			required: true,
			description: 'Key for the signature, from the same page',
		}),
		property(['megafon'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			placeholder: 'e.g. https://example.megapbx.ru/crmapi/v1',
			description:
				'Address of your phone system with /crmapi/v1 behind it; at Kcell it ends with vpbx.kcell.kz/crmapi/v1',
		}),
		secret(['megafon'], {
			displayName: 'API Key',
			name: 'password',
			required: true,
			description: 'Key for requests to your phone system, from its settings of the integration with a CRM',
		}),
		secret(['megafon'], {
			displayName: 'CRM Token',
			name: 'reportSecret',
			required: true,
			description: 'Key that stands in each report as crm_token, from the same settings',
		}),
		property(['zadarma'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			default: 'https://api.zadarma.com',
			placeholder: 'e.g. https://api.zadarma.com',
			description: 'Keep it for Zadarma; for Novofon put in its own',
		}),
		secret(['zadarma'], {
			displayName: 'Key',
			name: 'user',
			required: true,
			description: 'Key of the API, from the personal account',
		}),
		secret(['zadarma'], {
			displayName: 'Secret',
			name: 'password',
			required: true,
			description: 'Shown beside the key. It proves the reports as well.',
		}),
		property(['freeswitch'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:8080',
			description: 'Address of mod_xml_rpc, from xml_rpc.conf.xml, as n8n reaches it',
		}),
		property(['freeswitch'], {
			displayName: 'User',
			name: 'user',
			required: true,
			placeholder: 'e.g. n8n@pbx.example.com',
			description: 'User of mod_xml_rpc, or of the directory with http-allowed-api',
		}),
		secret(['freeswitch'], {
			displayName: 'Password',
			name: 'password',
			required: true,
			description: 'Of this user',
		}),
		property(['twilio'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			default: 'https://api.twilio.com',
			placeholder: 'e.g. https://api.twilio.com',
			description: 'Keep it, unless your account is in another region',
		}),
		property(['twilio'], {
			displayName: 'Account SID',
			name: 'user',
			required: true,
			placeholder: 'e.g. AC0123…',
			description: 'From the first page of Twilio’s console',
		}),
		secret(['twilio'], {
			displayName: 'Auth Token',
			name: 'password',
			required: true,
			description: 'Shown below the Account SID. It proves the reports as well.',
		}),
		property(['yeastar'], {
			displayName: 'Address',
			name: 'address',
			required: true,
			placeholder: 'e.g. https://pbx.example.com:8088',
			description: 'Address of the phone system’s web interface, as n8n reaches it',
		}),
		property(['yeastar'], {
			displayName: 'Client ID',
			name: 'user',
			required: true,
			placeholder: 'e.g. kT7Yb2QpX9',
			description: 'From Integrations > API of the phone system',
		}),
		secret(['yeastar'], {
			displayName: 'Client Secret',
			name: 'password',
			required: true,
			description: 'Shown beside the Client ID',
		}),
		secret(['yeastar'], {
			displayName: 'Webhook Secret',
			name: 'reportSecret',
			description: 'Secret of the webhook in Integrations > API. It proves the reports.',
		}),
		// n8n asks for a token while this is empty, and when one has become too old.
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** Fetches the token of a system that gives one; n8n keeps what this returns in the credential. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		return await takeToken(this, credentials.system, loginOf(credentials), String(credentials.token ?? ''), Date.now());
	}

	/** Signs what n8n's HTTP Request node sends, and this package's own requests. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const login = loginOf(credentials);
		needToken(credentials.system, login, String(credentials.token ?? ''), Date.now());
		return await Promise.resolve(signed(request, credentials.system, login));
	};

	test: ICredentialTestRequest = {
		request: {
			method: '={{ $credentials.system === "mango" ? "POST" : "GET" }}' as 'GET',
			url: `={{ $credentials.address.replace(/\\/+$/, "") + (${PROBES})[$credentials.system] }}`,
			body: { json: '={{ $credentials.system === "mango" ? "{}" : undefined }}' },
		},
	};
}
