import { addPage } from './page';
import type { AskExecutions } from './page/timeline/executions';
import { startPbx, type Pbx, type PbxOptions } from './pbx';
import { startPortal, type Portal, type PortalOptions } from './portal';

export type { Pbx, PbxOptions } from './pbx';
export { outcomeOf, type Outcome } from './pbx';
export type { AskExecutions, ExecutionOf } from './page/timeline/executions';
export type { Change, Portal, PortalOptions } from './portal';

/** How the sandbox starts. Everything has a default: free ports on 127.0.0.1, no waiting on the portal's side. */
export interface SandboxOptions {
	portal?: PortalOptions;
	/** By default the phones are those of the portal's active employees. */
	pbx?: PbxOptions;
	/** Tells the executions in n8n, to which the page then links. */
	executions?: AskExecutions;
}

/** A running sandbox. */
export interface Sandbox {
	portal: Portal;
	pbx: Pbx;
	/** Address of the page for people, which is the portal's. */
	url: string;
	/** Stops portal, authorisation server and PBX; nothing stays open. */
	stop(): Promise<void>;
}

/**
 * Starts a local Bitrix24 portal, a simulated PBX and the page for people.
 * @throws if a port is taken; nothing stays running then
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const running: { portal?: Portal } = {};
	const pbx = await startPbx({ extensions: (extension) => hasPhone(running.portal, extension), ...options.pbx });
	try {
		const portal = await startPortal({
			...options.portal,
			plugins: async (app, own) => {
				await addPage(app, own, pbx, options.executions);
				await options.portal?.plugins?.(app, own);
			},
		});
		running.portal = portal;
		return {
			portal,
			pbx,
			url: `${portal.url}/`,
			stop: async () => {
				await Promise.all([portal.stop(), pbx.stop()]);
			},
		};
	} catch (error) {
		await pbx.stop();
		throw error;
	}
}

function hasPhone(portal: Portal | undefined, extension: string): boolean {
	return (
		extension !== '' &&
		[...(portal?.state.employees.values() ?? [])].some(
			(employee) => employee.active && employee.extension === extension,
		)
	);
}
