import { randomBytes } from 'node:crypto';
import { connect } from './oauth';
import { type Execution, type ExecutionDetail, hasEnded, type PackedExecution, unpack } from './runs';
import { Session } from './session';
import { until } from './until';
import { type Credential, fitWorkflow, type WorkflowFile } from './workflow';
import { type N8nVersion, usualVersion, type VersionName, VERSIONS } from '../versions';

/** n8n itself gives up on a trigger's registration; how late depends on its lease. Milliseconds. */
const PUBLICATION_MS = 280_000;

export { hasEnded, output } from './runs';
export type { Execution, ExecutionDetail } from './runs';
export type { WorkflowFile, WorkflowNode } from './workflow';
export { until } from './until';

/** Who owns the n8n. */
export interface Owner {
	email: string;
	password: string;
}

/** What starting a workflow by hand leads to: it runs, or its trigger listens for one event. */
export type ManualRun = { executionId: string } | { waitingForWebhook: true };

/** What to wait for. An execution fits when all given parts fit. */
export interface ExecutionFilter {
	workflowId?: string;
	id?: string;
	/** Without it any execution that has ended. */
	status?: string;
	where?: (execution: ExecutionDetail) => boolean;
}

interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

interface Publication {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: { nodeId: string; status: string; errorMessage: string | null }[];
}

/** n8n as its owner uses it in the browser, over the same internal REST interface as the editor (n8n 1.123 to 2.41). */
export class N8n {
	readonly session: Session;
	readonly owner: Owner;
	private readonly dialect: N8nVersion;

	/**
	 * @param url n8n's address
	 * @param owner without a password one is made up
	 * @param version which n8n it is
	 */
	constructor(url: string, owner: Partial<Owner> = {}, version: VersionName = usualVersion()) {
		this.dialect = VERSIONS[version];
		this.session = new Session(url);
		// n8n asks for eight characters, a digit and a capital letter.
		this.owner = { email: 'owner@example.com', password: `N8n-${randomBytes(6).toString('hex')}`, ...owner };
	}

	/** Creates the owner of a fresh n8n and logs in. */
	async setupOwner(): Promise<void> {
		await this.session.request('POST', '/rest/owner/setup', { ...this.owner, firstName: 'Demo', lastName: 'Owner' });
	}

	/** Logs in to an n8n that has its owner. */
	async login(): Promise<void> {
		await this.session.request('POST', '/rest/login', {
			emailOrLdapLoginId: this.owner.email,
			password: this.owner.password,
		});
	}

	/** Stores a credential. @returns its id */
	async createCredential(credential: { name: string; type: string; data: Record<string, unknown> }): Promise<string> {
		return (await this.session.request<Credential>('POST', '/rest/credentials', credential)).id;
	}

	/**
	 * Connects an OAuth2 credential by the real flow, in the name of a portal user.
	 * @throws Error with the text of the page at which the flow ended
	 */
	async connectOAuth(credentialId: string, options: { employee?: number } = {}): Promise<void> {
		await connect(this.session, credentialId, options.employee ?? 1);
	}

	/**
	 * Stores a workflow file, fitted to this n8n: its credentials become the given ones, by name or else by type.
	 * @param options.credentials ids of stored credentials
	 */
	async importWorkflow(
		file: WorkflowFile,
		options: { credentials?: string[] } = {},
	): Promise<{ id: string; versionId: string }> {
		const ids = options.credentials ?? [];
		const credentials = await Promise.all(
			ids.map((id) => this.session.request<Credential>('GET', `/rest/credentials/${id}`)),
		);
		const { name = 'Imported', nodes, connections, settings = {} } = fitWorkflow(file, credentials);
		const { id, versionId } = await this.session.request<StoredWorkflow>('POST', '/rest/workflows', {
			name,
			nodes,
			connections,
			settings,
			active: false,
		});
		return { id, versionId };
	}

	/** The workflows that are in production. */
	async activeWorkflows(): Promise<{ id: string; name: string }[]> {
		const filter = encodeURIComponent(JSON.stringify({ active: true }));
		return this.session.request('GET', `/rest/workflows?filter=${filter}`);
	}

	/** Reads a stored workflow, with the webhook ids it was given. */
	async workflow(id: string): Promise<StoredWorkflow> {
		return this.session.request('GET', `/rest/workflows/${id}`);
	}

	/** Saves changes of a workflow; they take effect for production when it is activated again. */
	async saveWorkflow(id: string, changes: Partial<WorkflowFile>): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.session.request('PATCH', `/rest/workflows/${id}`, { ...changes, versionId });
	}

	/**
	 * Publishes the saved version and waits until its triggers are registered.
	 * @throws Error with the message of every trigger that failed; older versions name the first one only
	 */
	async activate(id: string): Promise<void> {
		const { versionId, nodes } = await this.workflow(id);
		await this.session.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		if (!this.dialect.publishesLater) return;
		// n8n reads the publication and its triggers side by side: between the two neither may be there, or the failure
		// of the time before still is.
		const isSettled = ({ status }: Publication) => status !== 'in_progress' && status !== 'not_published';
		if ((await this.publication(id, isSettled)).status === 'published') return;
		const { status, triggers } = await this.publication(id, isSettled);
		if (status === 'published') return;
		const failures = triggers
			.filter((trigger) => trigger.status === 'failed')
			.map((trigger) => {
				const name = nodes.find((node) => node.id === trigger.nodeId)?.name ?? trigger.nodeId;
				return `"${name}": ${trigger.errorMessage ?? 'no reason given'}`;
			});
		throw new Error(`The workflow is not active (${status}). ${failures.join('; ')}`);
	}

	/** Takes a workflow out of production and waits until its triggers are unregistered. */
	async deactivate(id: string): Promise<void> {
		await this.session.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await this.unpublished(id);
	}

	/** Removes a workflow; n8n wants it archived first, which also takes it out of production. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.session.request('POST', `/rest/workflows/${id}/archive`, {});
		await this.unpublished(id);
		await this.session.request('DELETE', `/rest/workflows/${id}`);
	}

	/**
	 * Runs the saved workflow by hand, as "Execute workflow" does.
	 * @param options.destinationName node after which to stop; without it the whole workflow runs
	 */
	async runManually(id: string, options: { triggerName: string; destinationName?: string }): Promise<ManualRun> {
		const { triggerName, destinationName } = options;
		const destination = destinationName ? { destinationNode: { nodeName: destinationName, mode: 'inclusive' } } : {};
		const workflow = this.dialect.runTakesWorkflow ? { workflowData: await this.workflow(id) } : {};
		return this.session.request('POST', `/rest/workflows/${id}/run`, {
			...workflow,
			triggerToStartFrom: { name: triggerName },
			...destination,
		});
	}

	/** Ends the listening that `runManually` began. */
	async stopListening(id: string): Promise<void> {
		await this.session.request('DELETE', `/rest/test-webhook/${id}`);
	}

	/** Stored executions, the newest first. */
	async executions(filter: { workflowId?: string; status?: string } = {}): Promise<Execution[]> {
		const { workflowId, status } = filter;
		const query = encodeURIComponent(
			JSON.stringify({ ...(workflowId && { workflowId }), ...(status && { status: [status] }) }),
		);
		const { results } = await this.session.request<{ results: Execution[] }>(
			'GET',
			`/rest/executions?limit=100&filter=${query}`,
		);
		return results;
	}

	/** One execution with everything its nodes did. */
	async execution(id: string): Promise<ExecutionDetail> {
		return unpack(await this.session.request<PackedExecution>('GET', `/rest/executions/${id}`));
	}

	/**
	 * Waits for an execution that fits.
	 * @throws Error when time is up; it lists the executions that were there
	 */
	async waitForExecution(filter: ExecutionFilter, timeoutMs?: number): Promise<ExecutionDetail> {
		let listed: Execution[] = [];
		const wanted = JSON.stringify({ ...filter, where: filter.where && String(filter.where) });
		return until(
			async () => {
				listed = await this.executions({ workflowId: filter.workflowId });
				const candidates = listed.filter(
					(one) =>
						(filter.id ? one.id === filter.id : true) && (filter.status ? one.status === filter.status : hasEnded(one)),
				);
				for (const { id } of candidates) {
					const detail = await this.execution(id);
					if (!filter.where || filter.where(detail)) return detail;
				}
				return undefined;
			},
			() =>
				`no execution fits ${wanted}. Executions: ${listed.map(({ id, status, mode }) => `${id} ${status} (${mode})`).join(', ') || 'none'}`,
			timeoutMs,
		);
	}

	/** Names of all node types that n8n loaded, such as `n8n-nodes-bitrix24-telephony.bitrix24Telephony`. */
	async nodeTypes(): Promise<string[]> {
		return (await this.session.request<{ name: string }[]>('GET', '/types/nodes.json')).map(({ name }) => name);
	}

	/** Names of all credential types that n8n loaded. */
	async credentialTypes(): Promise<string[]> {
		return (await this.session.request<{ name: string }[]>('GET', '/types/credentials.json')).map(({ name }) => name);
	}

	private async unpublished(id: string): Promise<void> {
		if (this.dialect.publishesLater) await this.publication(id, ({ status }) => status === 'not_published');
	}

	private async publication(id: string, settled: (publication: Publication) => boolean): Promise<Publication> {
		let last: Publication | undefined;
		return until(
			async () => {
				last = await this.session.request<Publication>('GET', `/rest/workflows/${id}/publication-status`);
				return settled(last) ? last : undefined;
			},
			() => `the publication of workflow ${id} does not settle: ${JSON.stringify(last)}`,
			PUBLICATION_MS,
		);
	}
}
