import type { INodeTypeDescription } from 'n8n-workflow';

const BUILDING =
	'<b>While building your workflow</b>, click the ‘execute step’ button, then click a phone number in Bitrix24, or let another chosen event happen. Its item shows up in this editor. To build on an item without any event, set <b>When Testing</b> to <b>Use a Sample</b>.';
const RUNS = 'Those executions show up in the <a data-key="executions">executions list</a>, but not in the editor.';

/**
 * What n8n says around the trigger: on the canvas while it listens, in its panel, and once it is published. While its
 * panel is open
 * and it listens, n8n 2.41 has words of its own there (TriggerPanel of the editor).
 */
export const panel: Pick<INodeTypeDescription, 'eventTriggerDescription' | 'activationMessage' | 'triggerPanel'> = {
	eventTriggerDescription: 'Click a phone number in Bitrix24, or let another chosen event happen',
	activationMessage:
		'Your workflow now listens to Bitrix24. For click-to-call, choose the application as default number for outgoing calls there, under Telephony > Configure telephony > Telephony settings.',
	triggerPanel: {
		header: 'Execute step, then click a phone number in Bitrix24',
		executionsHelp: {
			inactive: `${BUILDING}<br /><br /><b>Once you’re happy with your workflow</b>, publish it. Then every chosen event starts it. ${RUNS}`,
			active: `${BUILDING}<br /><br /><b>Your workflow also starts by itself</b> on every chosen event, since it is published. ${RUNS}`,
		},
		activationHint: {
			inactive:
				'Once you’ve finished building your workflow, publish it. Only then does Bitrix24 offer the application as number for outgoing calls.',
			active: 'Every chosen event starts this workflow as well; those executions don’t show up here.',
		},
	},
};
