import type { INodeProperties } from 'n8n-workflow';
import { choiceField } from './choice';

/** The number of a line of this application. */
export const lineField: INodeProperties = choiceField(
	{ displayName: 'Line', name: 'line', required: true, description: 'A line of your application' },
	'searchLines',
	'+4940669690',
);

/** Whether a click-to-call through the line creates a client. */
export const autoCreateField: INodeProperties = {
	displayName: 'Create Clients',
	name: 'autoCreate',
	type: 'boolean',
	default: true,
	description: 'Whether a click-to-call through this line creates a client when nobody has the number',
};
