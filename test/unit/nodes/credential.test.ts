import { readConnection } from '../../../nodes/common/connection';
import { execution } from '../../support/execution';

const TOKEN = { client_endpoint: 'https://a.example.com/rest/', member_id: 'm', access_token: 'a' };
const connection = async (credentials: object) =>
	await readConnection(execution({ credentials: { ...credentials } }).context);

describe('a credential', () => {
	it('tells where the portal is and what it may', async () => {
		expect(
			await connection({
				oauthTokenData: TOKEN,
				clientId: 'c',
				clientSecret: 's',
				applicationToken: ' t ',
				requestLimit: 'enterprise',
			}),
		).toEqual({
			endpoint: 'https://a.example.com/rest/',
			memberId: 'm',
			clientId: 'c',
			clientSecret: 's',
			accessToken: 'a',
			applicationToken: 't',
			isEnterprise: true,
			isLocal: false,
		});
		expect(
			await connection({
				oauthTokenData: { ...TOKEN, client_endpoint: 'https://a.example.com/rest' },
				requestLimit: 'standard',
			}),
		).toEqual({
			endpoint: 'https://a.example.com/rest/',
			memberId: 'm',
			clientId: '',
			clientSecret: '',
			accessToken: 'a',
			applicationToken: '',
			isEnterprise: false,
			isLocal: false,
		});
	});

	it.each([
		[{}],
		[{ oauthTokenData: null }],
		[{ oauthTokenData: { member_id: 'm' } }],
		[{ oauthTokenData: { ...TOKEN, client_endpoint: 'a.example.com' } }],
		[{ oauthTokenData: { ...TOKEN, member_id: '' } }],
		[{ oauthTokenData: { ...TOKEN, member_id: 7 } }],
	])('is not connected with %j', async (credentials) => {
		await expect(connection(credentials)).rejects.toMatchObject({
			message: 'The Bitrix24 credential is not connected',
			description:
				'Nothing was sent. Open the credential and press Connect. If it says that it is connected, connect it again.',
		});
	});

	it.each([
		['wrong_client', /^Nothing was sent\. Bitrix24 does not know the application\. Check Client ID/],
		['something_new', /^Nothing was sent\. Open the Bitrix24 credential and connect it again\.$/],
	])('that was refused when it was connected says why: %s', async (error, description) => {
		await expect(connection({ oauthTokenData: { error } })).rejects.toMatchObject({
			message: 'The Bitrix24 credential is not connected',
			description: expect.stringMatching(description) as string,
		});
	});

	const renamed = {
		client_endpoint: 'https://new.example.com/rest/',
		member_id: 'm',
		callbackQueryString: { domain: 'old.example.com' },
	};

	it.each([
		'a.example.com',
		' https://A.example.com/company/ ',
		'http://a.example.com',
		'a.example.com:443',
		'http://a.example.com:80/',
		'a.example.com/?x',
		'',
	])('names its portal: %s', async (portal) => {
		expect(await connection({ oauthTokenData: TOKEN, portal })).toMatchObject({
			endpoint: 'https://a.example.com/rest/',
		});
	});

	it.each(['old.example.com', 'new.example.com', 'https://old.example.com/'])(
		'names its portal, which was renamed: %s',
		async (portal) => {
			expect(await connection({ oauthTokenData: renamed, portal })).toMatchObject({
				endpoint: 'https://new.example.com/rest/',
			});
		},
	);

	it.each([
		['b.example.com', 'b.example.com', TOKEN, 'a.example.com'],
		['127.0.0.1:9', '127.0.0.1:9', { ...TOKEN, client_endpoint: 'http://127.0.0.1:8000/rest/' }, '127.0.0.1:8000'],
		['a.example.com:8443', 'a.example.com:8443', TOKEN, 'a.example.com'],
		['other.example.com', 'other.example.com', renamed, 'new.example.com'],
		['not a host', 'not', TOKEN, 'a.example.com'],
		['https://', 'https://', TOKEN, 'a.example.com'],
	])(
		'that names another portal than it is connected to is refused: %s',
		async (portal, shown, oauthTokenData, connected) => {
			await expect(connection({ oauthTokenData, portal })).rejects.toMatchObject({
				message: `The Portal Address of the Bitrix24 credential is ${shown}, but it is connected to ${connected}`,
				description: `Nothing was sent. Open the Bitrix24 credential and connect it again. If both are the same portal, put ${connected} into Portal Address.`,
			});
		},
	);

	it('is asked for by its name', async () => {
		const { context } = execution({});
		const asked: string[] = [];
		const { getCredentials } = context;
		context.getCredentials = async (name) => {
			asked.push(name);
			return await getCredentials(name);
		};
		await readConnection(context);
		expect(asked).toEqual(['bitrix24OAuth2Api']);
	});
});
