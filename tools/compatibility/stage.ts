import { startSandbox, type Sandbox } from '../../sandbox';
import { type Database, startDatabase } from '../n8n/services/database';
import { N8n } from '../n8n/driver';
import { type RunningN8n, startN8n } from '../n8n/run';
import type { NodeMajor, VersionName } from '../n8n/versions';
import { ROOT } from '../programs';

/** What one row of the matrix runs on. */
export interface Setting {
	version: VersionName;
	node: NodeMajor;
	database: Database;
}

/** A sandbox and an n8n on which the checks of a row run one after the other. */
export interface Stage {
	readonly server: RunningN8n;
	readonly n8n: N8n;
	readonly sandbox: Sandbox;
	/** Ids of n8n's credentials; empty until the portal is connected. */
	credentials: { bitrix24: string; pbx: string };
	/** Id of the click-to-call example; empty until it is activated. */
	workflowId: string;
}

/** One check: it throws when n8n and the package do not do together what they should. */
export interface Check {
	/** Its name in the record. */
	name: string;
	/** What it shows, in few words, as the head of a column. */
	title: string;
	/** Whether nothing after it makes sense when it fails. */
	isEssential?: boolean;
	/** @returns what was seen, in few words */
	run(stage: Stage): Promise<string>;
}

/**
 * Does work on a fresh stage, and ends everything after it.
 * @throws Error of the part that did not start; also whatever the work throws
 */
export async function onStage<Result>(
	{ version, node, database }: Setting,
	work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
	const running: { stop(): Promise<void> }[] = [];
	const keep = <One extends { stop(): Promise<void> }>(one: One): One => {
		running.unshift(one);
		return one;
	};
	try {
		const { env } = keep(await startDatabase(database));
		// Calls of the PBX take a twentieth of their time.
		const sandbox = keep(await startSandbox({ pbx: { timeFactor: 0.05, answerSeconds: 120 } }));
		const server = keep(await startN8n({ version, node, env, packages: [ROOT] }));
		const n8n = new N8n(server.url, {}, version);
		await n8n.setupOwner();
		return await work({ server, n8n, sandbox, credentials: { bitrix24: '', pbx: '' }, workflowId: '' });
	} finally {
		for (const one of running) await one.stop();
	}
}
