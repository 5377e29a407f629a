import { addPbx, connectPortal } from '../../demo';
import type { Check } from '../stage';

/** The credential is connected by the real OAuth flow. */
export const connect: Check = {
	name: 'connect',
	title: 'Connect',
	isEssential: true,
	async run(stage) {
		const { n8n, sandbox } = stage;
		stage.credentials = { bitrix24: await connectPortal(n8n, sandbox.portal), pbx: await addPbx(n8n, sandbox) };
		return 'by OAuth2';
	},
};
