import { fitWorkflow, type WorkflowFile } from '../../../tools/n8n/driver/workflow';

const file = (): WorkflowFile => ({
	name: 'Example',
	nodes: [
		{
			name: 'Click',
			type: 'package.bitrix24TelephonyTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			credentials: { oauth: { id: 'theirs', name: 'Portal' } },
		},
		{
			name: 'Hook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			parameters: {},
			webhookId: 'kept',
			id: 'kept',
		},
		{
			name: 'Settings',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [0, 0],
			parameters: { assignments: { assignments: [{ id: '1', name: 'pbx', value: 'old', type: 'string' }] } },
		},
	],
	connections: {},
});
const credential = (id: string, name: string, type = 'oauth') => ({ id, name, type });
const first = (workflow: WorkflowFile) => workflow.nodes[0];

describe('fitWorkflow', () => {
	it('takes the credential of the same type and name', () => {
		const fitted = fitWorkflow(file(), [credential('1', 'Other'), credential('2', 'Portal')]);
		expect(first(fitted)?.credentials).toEqual({ oauth: { id: '2', name: 'Portal' } });
	});

	it('takes another one of the same type when no name fits', () => {
		const fitted = fitWorkflow(file(), [credential('1', 'Portal', 'basic'), credential('2', 'Mine')]);
		expect(first(fitted)?.credentials).toEqual({ oauth: { id: '2', name: 'Mine' } });
	});

	it('refuses when none has the type', () => {
		expect(() => fitWorkflow(file(), [])).toThrow('Node "Click" needs a credential of type oauth');
	});

	it('gives ids where they lack, keeps those there, and leaves the file alone', () => {
		const original = file();
		const [click, hook, settings] = fitWorkflow(original, [credential('1', 'Portal')]).nodes;
		expect(click?.webhookId).toMatch(/^[0-9a-f-]{36}$/);
		expect(click?.id).toMatch(/^[0-9a-f-]{36}$/);
		expect(hook).toMatchObject({ id: 'kept', webhookId: 'kept' });
		expect(settings).not.toHaveProperty('webhookId');
		expect(original).toEqual(file());
	});
});
