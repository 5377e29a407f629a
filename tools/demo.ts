import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AskExecutions, startSandbox, type Portal } from '../sandbox';
import { executionsOf } from './executions';
import { N8n, type WorkflowFile } from './n8n/driver';
import { type RunningN8n, startN8n, type StartOptions } from './n8n/run';
import { ROOT } from './programs';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** What a demonstration is made of; all parts are optional. */
export interface DemoOptions {
	/** Options of the sandbox. */
	sandbox?: Parameters<typeof startSandbox>[0];
	/** Options of n8n; the package is placed in it in any case. */
	n8n?: StartOptions;
	/** Starts n8n; `startN8n` unless given. */
	start?: (options: StartOptions) => Promise<RunningN8n>;
	/** Portal user in whose name the credential is connected; without it the first, an administrator. */
	employee?: number;
	/** False leaves the click-to-call example out. */
	example?: boolean;
}

/** A sandbox and an n8n that are connected with each other. */
export interface Demo {
	sandbox: Sandbox;
	/** n8n's process. */
	server: RunningN8n;
	/** n8n as its owner uses it. */
	n8n: N8n;
	/** Ids of n8n's credentials. */
	credentials: { bitrix24: string; pbx: string };
	/** Id of the active click-to-call example; empty without it. */
	workflowId: string;
	/** Ends everything; nothing is left. */
	stop(): Promise<void>;
}

/**
 * Starts sandbox portal, PBX and n8n, connects n8n's credential by the real OAuth flow and activates the click-to-call
 * example. `npm start`, the tests and the bench all use it. The package must be built.
 * @throws Error of the part that did not start; the others are stopped
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
	const { packages = [], ...serverOptions } = options.n8n ?? {};
	// The page may be open before n8n is there to be asked.
	const asked: { executions?: AskExecutions } = {};
	const [sandboxStart, serverStart] = await Promise.allSettled([
		startSandbox({ executions: async (since) => (await asked.executions?.(since)) ?? [], ...options.sandbox }),
		(options.start ?? startN8n)({ ...serverOptions, packages: [ROOT, ...packages] }),
	]);
	const stop = async () => {
		const running = [sandboxStart, serverStart].filter((start) => start.status === 'fulfilled');
		await Promise.all(running.map(({ value }) => value.stop()));
	};
	try {
		if (sandboxStart.status === 'rejected') throw sandboxStart.reason;
		if (serverStart.status === 'rejected') throw serverStart.reason;
		const sandbox = sandboxStart.value;
		const server = serverStart.value;
		const n8n = new N8n(server.url, {}, server.version);
		await n8n.setupOwner();
		asked.executions = executionsOf(n8n);
		const credentials = {
			bitrix24: await connectPortal(n8n, sandbox.portal, options.employee),
			pbx: await addPbx(n8n, sandbox),
		};
		const workflowId = options.example === false ? '' : await activateExample(n8n, sandbox, Object.values(credentials));
		return { sandbox, server, n8n, credentials, workflowId, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * Does what the documentation tells a user to do: handler path into the application, id and secret into n8n, Connect.
 * @param employee id of the portal user in whose name; the first is an administrator
 * @returns the id of n8n's credential
 * @throws Error with the text of the page at which the OAuth flow ended
 */
export async function connectPortal(n8n: N8n, portal: Portal, employee = 1): Promise<string> {
	const { clientId, clientSecret } = portal.control.setApplication({
		handlerUrl: `${n8n.session.url}/rest/oauth2-credential/callback`,
	});
	const id = await n8n.createCredential({
		name: 'Bitrix24 account',
		type: 'bitrix24OAuth2Api',
		data: {
			portal: portal.url,
			clientId,
			clientSecret,
			authorizationServer: 'custom',
			customAuthorizationServer: portal.authorizationUrl,
		},
	});
	await n8n.connectOAuth(id, { employee });
	return id;
}

/** Address of Asterisk in the examples. */
export const EXAMPLE_PBX = 'http://127.0.0.1:8088';

/** Stores the credential of the sandbox's PBX. @returns its id */
export function addPbx(n8n: N8n, { pbx }: Sandbox): Promise<string> {
	return n8n.createCredential({
		name: 'Asterisk ARI',
		type: 'phoneSystemApi',
		data: { system: 'asterisk', address: pbx.url, user: pbx.user, password: pbx.password },
	});
}

/** The click-to-call example with the sandbox's PBX in it, as a user would import it. */
export function clickToCall({ pbx }: Sandbox): WorkflowFile {
	const text = readFileSync(join(ROOT, 'examples/click-to-call.json'), 'utf8');
	const workflow: WorkflowFile = JSON.parse(text.replaceAll(EXAMPLE_PBX, pbx.url));
	return workflow;
}

/**
 * Imports the click-to-call example, activates it, and tells the PBX where to report.
 * @param credentials ids of n8n's credentials
 * @param address under which the PBX reaches n8n's webhooks
 * @returns the workflow's id
 * @throws Error with the message of a trigger that failed
 */
export async function activateExample(
	n8n: N8n,
	sandbox: Sandbox,
	credentials: string[],
	address = n8n.session.url,
): Promise<string> {
	const file = clickToCall(sandbox);
	const { id } = await n8n.importWorkflow(file, { credentials });
	await n8n.activate(id);
	const { nodes } = await n8n.workflow(id);
	const reports = nodes.find(({ name }) => name === 'Call Ended')?.webhookId;
	if (!reports) throw new Error('The example has no node "Call Ended" with an address of its own');
	sandbox.pbx.control.setGlobals({ B24_REPORT_URL: `${address}/webhook/${reports}/report` });
	return id;
}
