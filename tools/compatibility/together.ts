import type { Change } from '../../sandbox';
import { type ExecutionDetail, hasEnded, until } from '../n8n/driver';
import type { Stage } from './stage';
import { action, chain, webhook } from './workflows';

/** What became of executions that started at the same moment. */
export interface Together {
	/** How often the authorisation server gave a new token for a refresh token. */
	renewals: number;
	/** How often it refused to. */
	refusals: number;
	executions: ExecutionDetail[];
}

/**
 * Starts executions at the same moment, each with one call of Bitrix24, and waits until all have ended.
 * @throws Error when some do not end within 90 seconds
 */
export async function together({ n8n, sandbox, credentials, server }: Stage, count: number): Promise<Together> {
	const path = 'together';
	const file = chain(
		'Together',
		webhook('Hook', path),
		action('Employees', { resource: 'employee', operation: 'getMany', limit: 1, filters: {} }),
	);
	const { id } = await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] });
	const answers = { issued: 0, refused: 0 };
	const note = ({ kind, action: what, grant }: Change): void => {
		if (kind === 'token' && grant === 'refresh_token' && (what === 'issued' || what === 'refused')) answers[what] += 1;
	};
	sandbox.portal.changes.on('change', note);
	try {
		await n8n.activate(id);
		await Promise.all(Array.from({ length: count }, () => fetch(`${server.url}/webhook/${path}`, { method: 'POST' })));
		let ended = 0;
		const all = async () => {
			const listed = (await n8n.executions({ workflowId: id })).filter(hasEnded);
			ended = listed.length;
			return ended === count ? listed : undefined;
		};
		const listed = await until(all, () => `${ended} of ${count} executions have ended`);
		const executions = await Promise.all(listed.map((one) => n8n.execution(one.id)));
		return { renewals: answers.issued, refusals: answers.refused, executions };
	} finally {
		sandbox.portal.changes.off('change', note);
		await n8n.deleteWorkflow(id);
	}
}
