import {
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
	createRunExecutionData,
	type ExecutionStatus,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Bitrix24OAuth2Api } from '../../credentials/Bitrix24OAuth2Api.credentials';
import { Bitrix24PortalApi } from '../../credentials/Bitrix24PortalApi.credentials';
import { PhoneSystemApi } from '../../credentials/PhoneSystemApi.credentials';
import { Bitrix24Telephony } from '../../nodes/Bitrix24Telephony/Bitrix24Telephony.node.js';
import { Bitrix24TelephonyTrigger } from '../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node.js';
import { PhoneSystemTrigger } from '../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node.js';

const PACKAGE = 'n8n-nodes-bitrix24-telephony';
const WORKFLOW_ID = 'w1';

/** What sets one execution apart from the next. */
export interface RunSettings {
	/** Cancels the execution as the editor's stop button does. */
	signal?: AbortSignal;
	/** Without it each execution has one of its own. */
	executionId?: string;
	workflowId?: string;
	/** Id of the credential, which n8n also renews tokens by: each of several credentials needs its own. */
	credentialId?: string;
	/** Time zone of the workflow. */
	timezone?: string;
	/** Decrypted data of the phone system's credential; the node has none without it. */
	phoneSystem?: ICredentialDataDecryptedObject;
}

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
		return await Promise.resolve([
			items.map((item, index) => ({ ...(isItem(item) ? item : { json: item }), pairedItem: { item: index } })),
		]);
	}
}

/** Tests give plain data, or whole items where these carry files. */
function isItem(item: IDataObject): item is IDataObject & INodeExecutionData {
	return 'json' in item;
}

/**
 * n8n's own engine in this process, its WorkflowExecute and its OAuth2 renewal, around the nodes and the credential as
 * they stand in the sources. It holds no state of an execution, so that any number may run at once.
 */
export class Engine {
	private readonly nodes: Record<string, INodeType> = {};
	private readonly credentials: Record<string, ICredentialType> = {};
	private executions = 0;
	/** Address at which this n8n is reached from outside. */
	publicUrl = 'http://127.0.0.1:5678';

	constructor() {
		for (const node of [new Bitrix24Telephony(), new Bitrix24TelephonyTrigger(), new PhoneSystemTrigger()])
			this.nodes[node.description.name] = node;
		for (const credential of [new Bitrix24OAuth2Api(), new Bitrix24PortalApi(), new PhoneSystemApi()])
			this.credentials[credential.name] = credential;
	}

	/** The node and credential types by name, for tests on their descriptions. */
	get types() {
		return { nodes: this.nodes, credentials: this.credentials };
	}

	/**
	 * Runs `Items -> node` and returns what the node put out.
	 *
	 * @param credential decrypted data of the credential; renewals are written back into it.
	 * @param node what the node has beyond the action node of this package, its `id` for example
	 * @returns also when the execution failed or was cancelled
	 */
	async run(
		credential: ICredentialDataDecryptedObject,
		node: Partial<INode>,
		items: IDataObject[] = [{}],
		settings: RunSettings = {},
	): Promise<NodeRun> {
		const {
			signal,
			executionId = String(++this.executions),
			workflowId = WORKFLOW_ID,
			credentialId = 'c1',
			timezone,
			phoneSystem,
		} = settings;
		const workflow = new Workflow({
			id: workflowId,
			active: false,
			nodeTypes: this.nodeTypes(),
			settings: { executionOrder: 'v1', ...(timezone ? { timezone } : {}) },
			nodes: [
				{
					id: 'items',
					name: 'Items',
					type: 'test.items',
					typeVersion: 1,
					position: [0, 0],
					parameters: { items } as unknown as INode['parameters'],
				},
				{
					id: 'node',
					name: 'Node',
					type: `${PACKAGE}.bitrix24Telephony`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
					credentials: {
						bitrix24OAuth2Api: { id: credentialId, name: 'Portal' },
						...(phoneSystem && { phoneSystemApi: { id: 'p1', name: 'PBX' } }),
					},
					...node,
				},
			],
			connections: { Items: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] } },
		});
		const execution = new WorkflowExecute(
			this.additionalData(credential, executionId, workflowId, phoneSystem),
			'trigger',
			createRunExecutionData(),
		);
		const running = execution.run({ workflow, startNode: workflow.getNode('Items') ?? undefined });
		const cancel = () => running.cancel();
		signal?.addEventListener('abort', cancel);
		try {
			if (signal?.aborted) cancel();
			return new NodeRun(await running);
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	}

	/** The node types as n8n's workflows look them up. */
	nodeTypes(): INodeTypes {
		const find = (type: string): INodeType => {
			const found = type === 'test.items' ? new Items() : this.nodes[type.slice(PACKAGE.length + 1)];
			if (!found) throw new Error(`No node type ${type}`);
			return found;
		};
		return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
	}

	/** What n8n's contexts need besides the workflow. */
	additionalData(
		credential: ICredentialDataDecryptedObject,
		executionId = '1',
		workflowId = 'w1',
		phoneSystem: ICredentialDataDecryptedObject = {},
	): IWorkflowExecuteAdditionalData {
		return {
			credentialsHelper: new Credentials(credential, this.credentials, phoneSystem),
			currentNodeExecutionIndex: 0,
			variables: {},
			executionId,
			restApiUrl: 'http://127.0.0.1:5678/restApiUrl',
			instanceBaseUrl: 'http://127.0.0.1:5678/instanceBaseUrl',
			formBaseUrl: 'http://127.0.0.1:5678/formBaseUrl',
			formWaitingBaseUrl: 'http://127.0.0.1:5678/formWaitingBaseUrl',
			formTestBaseUrl: 'http://127.0.0.1:5678/formTestBaseUrl',
			webhookBaseUrl: 'http://127.0.0.1:5678/webhookBaseUrl',
			webhookWaitingBaseUrl: `${this.publicUrl}/webhook-waiting`,
			webhookTestBaseUrl: 'http://127.0.0.1:5678/webhookTestBaseUrl',
			mcpBaseUrl: 'http://127.0.0.1:5678/mcpBaseUrl',
			mcpTestBaseUrl: 'http://127.0.0.1:5678/mcpTestBaseUrl',
			logAiEvent: () => undefined,
			hooks: new ExecutionLifecycleHooks('trigger', executionId, { id: workflowId, name: 'Test' } as never),
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

/** What one run of the node brought. */
export class NodeRun {
	constructor(private readonly run: IRun) {}

	/** How n8n lists the execution: success, error or canceled. */
	get status(): ExecutionStatus {
		return this.run.status;
	}

	get error() {
		return this.run.data.resultData.error as
			(Error & { description?: string; context?: { itemIndex?: number }; httpCode?: string }) | undefined;
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
		private readonly types: Record<string, ICredentialType>,
		private readonly phoneSystem: ICredentialDataDecryptedObject,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.types[name]?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types[type] ?? {};
		return typeof authenticate === 'function' ? await authenticate(credentials, options) : options;
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

	async getDecrypted(_data: unknown, _credential: unknown, type: string): Promise<ICredentialDataDecryptedObject> {
		return await Promise.resolve(structuredClone(type === 'phoneSystemApi' ? this.phoneSystem : this.credential));
	}

	async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}

	async updateCredentialsOauthTokenData(
		_details: unknown,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.credential.oauthTokenData = structuredClone(data.oauthTokenData ?? {});
		await Promise.resolve();
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types[type]?.properties ?? [];
	}
}
