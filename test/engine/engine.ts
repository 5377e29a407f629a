import {
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
} from 'n8n-workflow';
import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import { resolve } from 'node:path';

/** n8n's own engine in this process: its package loader, its WorkflowExecute, its OAuth2 renewal. */
const PACKAGE = 'n8n-nodes-bitrix24-telephony';

/** Starts a workflow with given items. */
class Items implements INodeType {
	description = {
		displayName: 'Items',
		name: 'items',
		group: ['trigger' as const],
		version: 1,
		description: 'Test items',
		defaults: { name: 'Items' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Items', name: 'items', type: 'json' as const, default: [] }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getNodeParameter('items', 0) as IDataObject[];
		return await Promise.resolve([items.map((item, index) => ({ ...(isItem(item) ? item : { json: item }), pairedItem: { item: index } }))]);
	}
}

/** Tests give plain data, or whole items where these carry files. */
function isItem(item: IDataObject): item is IDataObject & INodeExecutionData {
	return 'json' in item;
}

/** Loads the built package once with the loader that n8n itself uses. */
export class Engine {
	private constructor(private readonly loader: PackageDirectoryLoader) {}

	static async load(): Promise<Engine> {
		const loader = new PackageDirectoryLoader(resolve(__dirname, '../..'));
		await loader.loadAll();
		return new Engine(loader);
	}

	/** The loaded types, for tests on their descriptions. */
	get types() {
		return { nodes: this.loader.nodeTypes, credentials: this.loader.credentialTypes };
	}

	/**
	 * Runs `Items -> node` and returns what the node put out.
	 *
	 * @param credential decrypted data of the credential; renewals are written back into it.
	 */
	async run(credential: ICredentialDataDecryptedObject, node: Partial<INode>, items: IDataObject[] = [{}], settings: IDataObject = {}): Promise<NodeRun> {
		const workflow = new Workflow({
			id: 'w1',
			active: false,
			nodeTypes: this.nodeTypes(),
			settings: { executionOrder: 'v1', ...settings },
			nodes: [
				{ id: 'items', name: 'Items', type: 'test.items', typeVersion: 1, position: [0, 0], parameters: { items } as unknown as INode['parameters'] },
				{
					id: 'node',
					name: 'Node',
					type: `${PACKAGE}.bitrix24Telephony`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
					credentials: { bitrix24OAuth2Api: { id: 'c1', name: 'Portal' } },
					...node,
				},
			],
			connections: { Items: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
		});
		const run = await new WorkflowExecute(this.additionalData(credential), 'trigger', createRunExecutionData()).run({ workflow, startNode: workflow.getNode('Items') ?? undefined });
		return new NodeRun(run);
	}

	private nodeTypes(): INodeTypes {
		const find = (type: string): INodeType | IVersionedNodeType => {
			if (type === 'test.items') return new Items();
			const found = this.loader.getNode(type.slice(PACKAGE.length + 1));
			return found.type;
		};
		return {
			getByName: find,
			getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(find(type), version),
			getKnownTypes: () => ({}),
		};
	}

	private additionalData(credential: ICredentialDataDecryptedObject): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: new Credentials(credential, this.loader),
			currentNodeExecutionIndex: 0,
			variables: {},
			executionId: '1',
			restApiUrl: 'http://127.0.0.1:5678/restApiUrl',
			instanceBaseUrl: 'http://127.0.0.1:5678/instanceBaseUrl',
			formBaseUrl: 'http://127.0.0.1:5678/formBaseUrl',
			formWaitingBaseUrl: 'http://127.0.0.1:5678/formWaitingBaseUrl',
			formTestBaseUrl: 'http://127.0.0.1:5678/formTestBaseUrl',
			webhookBaseUrl: 'http://127.0.0.1:5678/webhookBaseUrl',
			webhookWaitingBaseUrl: 'http://127.0.0.1:5678/webhookWaitingBaseUrl',
			webhookTestBaseUrl: 'http://127.0.0.1:5678/webhookTestBaseUrl',
			mcpBaseUrl: 'http://127.0.0.1:5678/mcpBaseUrl',
			mcpTestBaseUrl: 'http://127.0.0.1:5678/mcpTestBaseUrl',
			logAiEvent: () => undefined,
			hooks: new ExecutionLifecycleHooks('trigger', '1', { id: 'w1', name: 'Test' } as never),
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

/** What one run of the node brought. */
export class NodeRun {
	constructor(private readonly run: IRun) {}

	get error() {
		return this.run.data.resultData.error as (Error & { description?: string; context?: { itemIndex?: number }; httpCode?: string }) | undefined;
	}

	/** Items of an output: 0 is the first, 1 the error output. */
	items(output = 0): INodeExecutionData[] {
		return this.run.data.resultData.runData.Node?.[0]?.data?.main?.[output] ?? [];
	}

	get json(): IDataObject[] {
		return this.items().map(({ json }) => json);
	}

	get hints() {
		return this.run.data.resultData.runData.Node?.[0]?.hints ?? [];
	}

	/** Everything that n8n would store of this execution. */
	get stored(): string {
		return JSON.stringify(this.run.data);
	}
}

/** Keeps one credential in memory, as n8n keeps it in its database. */
class Credentials extends ICredentialsHelper {
	constructor(
		private readonly credential: ICredentialDataDecryptedObject,
		private readonly loader: PackageDirectoryLoader,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return name === 'bitrix24OAuth2Api' ? ['oAuth2Api'] : [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(_credentials: ICredentialDataDecryptedObject, _type: string, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return await Promise.resolve(options);
	}

	async preAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async runPreAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async getCredentials(): Promise<never> {
		return await Promise.reject(new Error('not used'));
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return await Promise.resolve(structuredClone(this.credential));
	}

	async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}

	async updateCredentialsOauthTokenData(_details: unknown, _type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		this.credential.oauthTokenData = structuredClone(data.oauthTokenData ?? {});
		await Promise.resolve();
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.loader.getCredential(type).type.properties;
	}
}
