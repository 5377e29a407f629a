import type { IDataObject } from 'n8n-workflow';
import type { Portal } from '../../sandbox/portal';

/** Calls a method as the connected application does, as employee 1. @returns its `result` */
export async function rest(portal: Portal, method: string, parameters: object): Promise<IDataObject> {
	const { accessToken } = portal.control.issueTokens(1);
	const answer = await fetch(`${portal.url}/rest/${method}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
		body: JSON.stringify(parameters),
	});
	return ((await answer.json()) as { result: IDataObject }).result;
}
