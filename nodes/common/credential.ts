import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import { hostOf, isPrivateHost } from '../../bitrix24/address';
import { recordOf } from '../../bitrix24/failure';
import { hintFor } from '../../bitrix24/hints';
import { endOf } from '../../bitrix24/tokenEnd';
import { CREDENTIAL, type RequestContext } from './requests';

/** What the nodes need to know of a connected credential. */
export interface Connection {
	/** REST address of the portal with a trailing slash. */
	endpoint: string;
	memberId: string;
	clientId: string;
	clientSecret: string;
	/** What n8n sends with a call, as long as it has not expired. */
	accessToken: string;
	/** Application token that the user put in; empty when none. */
	applicationToken: string;
	/** Whether the portal has the larger request limit of the Enterprise plan. */
	isEnterprise: boolean;
	/** Whether its authorization server is in a private network, as only a sandbox's is. */
	isLocal: boolean;
}

/**
 * Reads the credential.
 *
 * @param isUndoing see Manner.
 * @returns the REST address from `client_endpoint` of the token answer, which names a renamed portal too; `domain` of
 *   that answer is the authorisation server (b24 documentation, settings/oauth/index.md).
 * @throws NodeOperationError when the credential is not connected, or to another portal than it names.
 */
export async function readConnection(
	context: Pick<RequestContext, 'getCredentials' | 'getNode'>,
	isUndoing = false,
): Promise<Connection> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const token = recordOf(credentials.oauthTokenData);
	const endpoint = text(token.client_endpoint);
	const memberId = text(token.member_id);
	if (!URL.canParse(endpoint) || !memberId) throw notConnected(context.getNode(), text(token.error));
	if (!isUndoing) refuseOther(context.getNode(), text(credentials.portal).trim(), token);
	return {
		endpoint: endpoint.endsWith('/') ? endpoint : `${endpoint}/`,
		memberId,
		clientId: text(credentials.clientId),
		clientSecret: text(credentials.clientSecret),
		accessToken: text(token.access_token),
		applicationToken: text(credentials.applicationToken).trim(),
		isEnterprise: credentials.requestLimit === 'enterprise',
		isLocal: [token.server_endpoint, credentials.accessTokenUrl].some(isPrivate),
	};
}

/**
 * Says when the connection ends: with its refresh token, and each renewal brings a new one.
 *
 * @returns milliseconds since 1970; undefined when that is not known. Never throws.
 */
export async function endsAt(context: RequestContext): Promise<number | undefined> {
	const { oauthTokenData } = await context.getCredentials(CREDENTIAL).catch((): IDataObject => ({}));
	return endOf(recordOf(oauthTokenData).refresh_token, Date.now());
}

function notConnected(node: INode, code: string): NodeOperationError {
	const why = code && hintFor({ kind: 'credential', status: 0, code, text: '', method: '' });
	return new NodeOperationError(node, 'The Bitrix24 credential is not connected', {
		description: `Nothing was sent. ${why || 'Open the credential and press Connect. If it says that it is connected, connect it again.'}`,
	});
}

/**
 * The token answer names the authorization server, and the credential says where it came from; a stand-in may name the
 * real one.
 */
function isPrivate(authorizationServer: unknown): boolean {
	const address = text(authorizationServer);
	return URL.canParse(address) && isPrivateHost(new URL(address).hostname);
}

/**
 * Refuses a credential whose address was changed and which was not connected since: its calls would still go to the
 * portal of before. A renamed portal is known by its new name from `client_endpoint`, and by the old one from `domain`
 * of the redirect with which it was connected, which n8n keeps (oauth2-credential.controller.js).
 */
function refuseOther(
	node: INode,
	address: string,
	{ client_endpoint, callbackQueryString }: Record<string, unknown>,
): void {
	const endpoint = text(client_endpoint);
	const { domain } = recordOf(callbackQueryString);
	const named = hostOf(address);
	if (!address || (named && [endpoint, text(domain)].map(hostOf).includes(named))) return;
	const connected = hostOf(endpoint) ?? endpoint;
	throw new NodeOperationError(
		node,
		`The Portal Address of the Bitrix24 credential is ${named ?? address}, but it is connected to ${connected}`,
		{
			description: `Nothing was sent. Open the Bitrix24 credential and connect it again. If both are the same portal, put ${connected} into Portal Address.`,
		},
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
