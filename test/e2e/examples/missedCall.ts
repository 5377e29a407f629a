import type { Demo } from '../../../tools/demo';
import { output, until } from '../../../tools/n8n/driver';
import { readExample } from '../../support/example';

export const examples = ['missed-call'];

/** The CRM has it as somebody typed it. */
const TYPED = '040 / 555 07-77';
const NUMBER = '+49405550777';

export function declareTests(demo: () => Demo): void {
	/** A call with the client comes to its end. @returns what the last node put out */
	async function callEnds(workflowId: string, type: number, code: string, lastNode: string) {
		const {
			sandbox: { portal },
			n8n,
		} = demo();
		const { accessToken } = portal.control.issueTokens(1);
		const rest = async (method: string, parameters: object): Promise<{ CALL_ID: string }> => {
			const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
			const answer = await fetch(`${portal.url}/rest/${method}`, {
				method: 'POST',
				headers,
				body: JSON.stringify(parameters),
			});
			return ((await answer.json()) as { result: { CALL_ID: string } }).result;
		};
		const { CALL_ID } = await rest('telephony.externalCall.register', {
			USER_ID: 3,
			PHONE_NUMBER: NUMBER,
			TYPE: type,
			CRM_CREATE: 0,
			SHOW: 0,
		});
		await rest('telephony.externalCall.finish', {
			CALL_ID,
			USER_ID: 3,
			DURATION: code === '200' ? 9 : 0,
			STATUS_CODE: code,
			ADD_TO_CHAT: 0,
		});
		const execution = await n8n.waitForExecution({
			workflowId,
			where: ({ runs }) => JSON.stringify(runs).includes(CALL_ID),
		});
		return output(execution, lastNode)[0]?.json;
	}

	it('reminds of a missed call once, until somebody talks with the client', async () => {
		const {
			n8n,
			credentials,
			sandbox: { portal },
		} = demo();
		const client = portal.control.addClient('CONTACT', { name: 'Missed Caller', phones: [TYPED], assignedById: 4 });
		const mine = () =>
			portal.state.activities.filter(({ ownerId, ownerTypeId }) => ownerTypeId === 3 && ownerId === client.id);
		const { id } = await n8n.importWorkflow(readExample('missed-call'), { credentials: [credentials.bitrix24] });
		await n8n.activate(id);

		const began = Date.now();
		expect(await callEnds(id, 2, '304', 'To-Do')).toMatchObject({
			CREATED: true,
			USER_ID: 4,
			CLIENT_NAME: 'Missed Caller',
		});
		expect(mine()).toMatchObject([
			{ responsibleId: 4, completed: false, title: expect.stringMatching(/^Call back \S/) as string },
		]);
		const due = mine()[0]?.deadline ?? 0;
		expect(due).toBeGreaterThan(began + 29 * 60_000);
		expect(due).toBeLessThan(Date.now() + 31 * 60_000);

		expect(await callEnds(id, 1, '200', 'Done')).toMatchObject({ CLOSED: 1 });
		await until(
			() => Promise.resolve(mine().every(({ completed }) => completed) || undefined),
			() => 'the to-do stays open',
		);
		expect(await callEnds(id, 2, '200', 'Done')).toMatchObject({ CLOSED: 0 });
	});
}
