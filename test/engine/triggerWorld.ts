import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeType,
	type IRun,
	type IWebhookData,
	type IWebhookFunctions,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { knownEmployees } from '../../nodes/Bitrix24TelephonyTrigger/knownEmployees';
import { startPortal, type Portal } from '../../sandbox/portal';
import { connectedCredential } from '../support/connect';
import { hasten } from '../support/hasten';
import { Engine } from './engine';

const NODE = 'Events';
type Mode = 'test' | 'production';
type StaticData = Record<string, unknown>;

/**
 * A published workflow with the trigger, as n8n keeps it: hooks and webhook calls run in n8n's own contexts, and the
 * portal delivers over HTTP. Static data is stored and loaded as n8n does it (live-webhooks.js, test-webhooks.js).
 */
export class TriggerWorld {
	/** Parameters of the trigger. */
	parameters: IDataObject = {};
	credential: ICredentialDataDecryptedObject = {};
	/** Static data of the workflow as it stands in n8n's database. */
	stored = '{}';
	/** Items that started the workflow. */
	started: IDataObject[] = [];
	/** What webhook() threw: n8n would store each as a failed execution. */
	thrown: unknown[] = [];
	/** How often a credential was read. */
	credentialReads = 0;
	workflowId = 'w1';
	/** Version of the trigger's node. */
	version = 1;
	/** n8n cannot store an execution, because its database or its queue is gone. */
	storesNothing = false;
	/** Public address of n8n, when it is not where it really listens. */
	publicUrl = '';
	private listening: StaticData | undefined;
	private port = 0;
	private readonly serving = new Set<Promise<void>>();
	private readonly server = createServer((request, response) => {
		const served = this.serve(request, response).finally(() => this.serving.delete(served));
		this.serving.add(served);
	});

	private constructor(
		readonly engine: Engine,
		readonly portal: Portal,
	) {}

	static async start(): Promise<TriggerWorld> {
		const world = new TriggerWorld(new Engine(), await startPortal());
		hasten(world.portal);
		await new Promise<void>((resolve) => world.server.listen(0, '127.0.0.1', resolve));
		world.port = (world.server.address() as AddressInfo).port;
		return world;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await Promise.all([this.portal.stop(), new Promise((resolve) => this.server.close(resolve))]);
	}

	/** Nothing is published, and the credential is connected anew. */
	async reset(): Promise<void> {
		this.portal.control.reset();
		this.portal.state.handlers.splice(0);
		knownEmployees.clear();
		Object.assign(this, {
			credential: await connectedCredential(this.portal),
			parameters: {},
			stored: '{}',
			started: [],
			thrown: [],
			credentialReads: 0,
			workflowId: 'w1',
			version: 1,
			storesNothing: false,
			publicUrl: '',
			listening: undefined,
		});
	}

	/** n8n's static data of the trigger, as stored. */
	get staticData(): StaticData {
		return ((JSON.parse(this.stored) as StaticData)[`node:${NODE}`] ?? {}) as StaticData;
	}

	set staticData(data: StaticData) {
		this.stored = JSON.stringify({ [`node:${NODE}`]: data });
	}

	/** Publishes as n8n does: checkExists, then create when it is not there; what create threw, after delete. */
	async publish(parameters: IDataObject = {}): Promise<void> {
		this.parameters = parameters;
		try {
			if (!(await this.hook('checkExists'))) await this.hook('create');
		} catch (error) {
			await this.hook('delete').catch(() => undefined);
			throw error;
		}
	}

	async unpublish(): Promise<void> {
		await this.hook('delete');
	}

	/** Begins to fetch, as n8n does at publishing and at each of its starts. @returns ends it */
	async fetching(): Promise<() => Promise<void>> {
		const workflow = this.workflow(JSON.parse(this.stored) as StaticData);
		const emit: TriggerContext['emit'] = (data, _answer, done) => {
			this.started.push(...data.flat().map(({ json }) => json));
			// Nobody looks at the run itself.
			done?.resolve({} as IRun);
		};
		const fail = (error: unknown): void => void this.thrown.push(error);
		const context = new TriggerContext(
			workflow,
			this.node(workflow),
			this.additionalData(),
			'trigger',
			'init',
			emit,
			fail,
			fail,
		);
		const { closeFunction } = (await this.type().trigger?.call(context)) ?? {};
		return async () => await closeFunction?.();
	}

	/** Calls one of the hooks. Test listening ends in the mode `internal`, as n8n does it. */
	async hook(
		name: 'checkExists' | 'create' | 'delete',
		mode: Mode = 'production',
		activation: WorkflowActivateMode = 'activate',
	): Promise<boolean> {
		const isTest = mode === 'test';
		const workflow = this.workflow(isTest ? {} : (JSON.parse(this.stored) as StaticData));
		if (isTest && this.listening) workflow.staticData = this.listening as never;
		const additional = this.additionalData();
		const runs = isTest && name !== 'delete' ? 'manual' : isTest ? 'internal' : 'trigger';
		const context = new HookContext(
			workflow,
			this.node(workflow),
			additional,
			runs,
			isTest ? 'manual' : activation,
			this.webhookData(additional, isTest),
		);
		const method = this.type().webhookMethods?.default?.[name];
		try {
			return (await method?.call(context)) ?? false;
		} finally {
			if (isTest) this.listening = name === 'delete' ? undefined : workflow.staticData;
			else this.stored = JSON.stringify(workflow.staticData);
		}
	}

	/** n8n ended while it listened. */
	forgetTest(): void {
		this.listening = undefined;
	}

	/** Sends a request to the trigger as a stranger would. @returns status and answer */
	async post(
		body: string,
		query = '',
		headers: Record<string, string> = {},
		base = 'webhook',
	): Promise<{ status: number; text: string }> {
		const answer = await fetch(`http://127.0.0.1:${this.port}/${base}/hook/bitrix24${query}`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		});
		return { status: answer.status, text: await answer.text() };
	}

	/** Addresses that the portal has for events, in order. */
	get handlers(): { event: string; handler: string }[] {
		return this.portal.state.handlers.map(({ event, handler }) => ({ event, handler: String(handler) }));
	}

	/** The query of the address that the portal has, with its signature. */
	get query(): string {
		return new URL(this.handlers[0]?.handler ?? '').search;
	}

	/** Settles when no delivery is under way, and no webhook call works on. */
	async settled(): Promise<void> {
		await this.portal.control.idle();
		await Promise.all(this.serving);
	}

	/** An employee clicks a number. @returns the call's id, once the click was delivered and dealt with */
	async click(phoneNumber = '+494066969441', userId = 2): Promise<string> {
		const { callId } = this.portal.control.click({ userId, phoneNumber });
		await this.settled();
		return callId;
	}

	/** The portal's last delivery. */
	get delivery(): { status: number | null; answer: string | null; body: string; url: string } {
		const last = this.portal.state.deliveries.at(-1);
		if (!last) throw new Error('Nothing was delivered');
		return last;
	}

	/** Methods that the portal was asked for, since the last time. */
	asked(): string[] {
		return this.portal.state.requests.splice(0).map(({ method }) => method);
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const url = new URL(request.url ?? '', 'http://n8n');
		const isTest = url.pathname.startsWith('/webhook-test/');
		const workflow = this.workflow(JSON.parse(this.stored) as StaticData);
		if (isTest && this.listening) workflow.setTestStaticData(this.listening as never);
		const query: Record<string, unknown> = {};
		for (const name of new Set(url.searchParams.keys()))
			query[name] =
				url.searchParams.getAll(name).length > 1 ? url.searchParams.getAll(name) : url.searchParams.get(name);
		const additional = this.additionalData();
		Object.assign(additional, {
			httpRequest: { headers: request.headers, query, params: {}, body: {}, rawBody: Buffer.concat(chunks) },
			httpResponse: answering(response),
		});
		const context = new WebhookContext(
			workflow,
			this.node(workflow),
			additional,
			isTest ? 'manual' : 'webhook',
			this.webhookData(additional, isTest),
			[],
			null,
		);
		await this.answer(context, workflow, response, isTest);
	}

	private async answer(
		context: IWebhookFunctions,
		workflow: Workflow,
		response: ServerResponse,
		isTest: boolean,
	): Promise<void> {
		try {
			const { noWebhookResponse = false, workflowData } = (await this.type().webhook?.call(context)) ?? {};
			// n8n loses what webhook() wrote when it answers for the node and starts an execution.
			if (!isTest && (noWebhookResponse || !workflowData)) this.stored = JSON.stringify(workflow.staticData);
			if (workflowData && this.storesNothing) throw new Error('The database is gone');
			// n8n answers for the node once the execution is stored (webhook-helpers.js, shouldDeferOnReceivedResponse).
			if (!noWebhookResponse) response.end();
			this.started.push(...(workflowData?.flat() ?? []).map(({ json }) => json));
		} catch (error) {
			this.thrown.push(error);
			if (!response.headersSent) response.writeHead(500);
			response.end();
		}
	}

	private workflow(staticData: StaticData): Workflow {
		return new Workflow({
			id: this.workflowId,
			active: true,
			nodeTypes: this.engine.nodeTypes(),
			connections: {},
			staticData: staticData as never,
			nodes: [this.plainNode()],
		});
	}

	private plainNode(): INode {
		return {
			id: 'n',
			name: NODE,
			type: 'n8n-nodes-bitrix24-telephony.bitrix24TelephonyTrigger',
			typeVersion: this.version,
			position: [0, 0],
			webhookId: 'hook',
			parameters: this.parameters as INode['parameters'],
			credentials: { bitrix24OAuth2Api: { id: 'c1', name: 'Portal' } },
		};
	}

	private node(workflow: Workflow): INode {
		return workflow.getNode(NODE) ?? this.plainNode();
	}

	private type(): INodeType {
		return this.engine.nodeTypes().getByNameAndVersion(this.plainNode().type, this.version);
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const base = this.publicUrl || `http://127.0.0.1:${this.port}`;
		const additional = this.engine.additionalData(this.credential);
		Object.assign(additional, { webhookBaseUrl: `${base}/webhook`, webhookTestBaseUrl: `${base}/webhook-test` });
		const read = additional.credentialsHelper.getDecrypted.bind(additional.credentialsHelper);
		additional.credentialsHelper.getDecrypted = async (...asked) => {
			this.credentialReads += 1;
			return await read(...asked);
		};
		return additional;
	}

	private webhookData(additional: IWorkflowExecuteAdditionalData, isTest: boolean): IWebhookData {
		const [webhookDescription] = this.type().description.webhooks ?? [];
		return {
			httpMethod: 'POST',
			node: NODE,
			path: 'hook/bitrix24',
			webhookDescription,
			workflowId: this.workflowId,
			workflowExecuteAdditionalData: additional,
			isTest,
		} as IWebhookData;
	}
}

/** The part of Express's response that nodes use. */
function answering(response: ServerResponse): object {
	return {
		status: (code: number) => {
			response.statusCode = code;
			return {
				end: () => response.end(),
				json: (data: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(data)),
			};
		},
	};
}

/** Sets the world up around the tests of a file, fresh for each. */
export function useTriggerWorld(): { world: TriggerWorld } {
	const holder = {} as { world: TriggerWorld };
	beforeAll(async () => {
		holder.world = await TriggerWorld.start();
	});
	afterAll(async () => {
		await holder.world.stop();
	});
	beforeEach(async () => {
		await holder.world.reset();
	});
	return holder;
}
