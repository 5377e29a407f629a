import type { IBinaryData, IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { fakePortal, type Method } from './fakePortal';

export const NODE: INode = {
	id: 'n',
	name: 'Node',
	type: 'bitrix24Telephony',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { bitrix24OAuth2Api: { id: 'c1', name: 'Portal' } },
};

/** What one execution is made of; everything has a default. */
export interface Setting {
	/** Parameters of each item. One that is an error cannot be read. */
	items?: Record<string, unknown>[];
	binary?: Record<string, Partial<IBinaryData>>[];
	methods?: Record<string, Method>;
	node?: Partial<INode>;
	continueOnFail?: boolean;
	/** Decrypted credential data in place of a connected one. */
	credentials?: IDataObject;
	signal?: AbortSignal;
	/** What n8n's request helpers shall do besides. */
	helpers?: object;
	/** Comes before each answer of the portal. */
	before?: (method: string, body: IDataObject) => Promise<void> | void;
}

let portals = 0;

/** A credential connected to a portal of its own, so that no test meets the dispatcher of another. */
export function connectedTo(more: IDataObject = {}): IDataObject {
	portals += 1;
	return {
		oauthTokenData: { client_endpoint: `https://portal-${portals}.example.com/rest/`, member_id: `portal ${portals}` },
		clientSecret: 's',
		...more,
	};
}

/** n8n's side of an execution by hand, with a fake portal behind its request helper. */
export function execution({
	items = [{}],
	binary = [],
	methods = {},
	node,
	continueOnFail = false,
	credentials = connectedTo(),
	signal,
	helpers,
	before,
}: Setting) {
	const fake = fakePortal(methods);
	const { transport } = fake.portal().means.sender;
	const hints: unknown[] = [];
	const requests: { type: string; called: string; url: string; body: IDataObject; timeout: number }[] = [];
	const request = async (type: string, options: { url: string; body: IDataObject; timeout: number }) => {
		const method = options.url.split('/rest/')[1] ?? '';
		requests.push({ ...options, type, called: method });
		await before?.(method, options.body);
		const answer = (await transport.send(options)) as { status: number; body: unknown };
		if (answer.status >= 400)
			throw Object.assign(new Error('refused'), { httpCode: String(answer.status), context: { data: answer.body } });
		return { statusCode: answer.status, body: answer.body };
	};
	const context = {
		getInputData: () => items.map((_, index) => ({ json: { index }, binary: binary[index] })),
		getNode: () => ({ ...NODE, ...node }),
		getTimezone: () => 'Europe/Berlin',
		getMode: () => 'manual',
		getNodeParameter: (name: string, item: number, fallback: unknown) => {
			const value = Object.hasOwn(items[item] ?? {}, name) ? items[item]?.[name] : fallback;
			if (value instanceof Error) throw value;
			return value;
		},
		continueOnFail: () => continueOnFail,
		getExecutionCancelSignal: () => signal,
		addExecutionHints: (...more: unknown[]) => hints.push(...more),
		getCredentials: async () => await Promise.resolve(credentials),
		evaluateExpression: () => 'https://n8n.example.com/webhook-waiting/1',
		logger: {},
		helpers: { httpRequestWithAuthentication: request, ...helpers },
	} as unknown as IExecuteFunctions;
	return { context, hints, requests, asked: fake.asked };
}
