import type { Check } from '../stage';

const PACKAGE = 'n8n-nodes-bitrix24-telephony';

/** n8n offers both nodes and the credential. */
export const load: Check = {
	name: 'load',
	title: 'Load',
	isEssential: true,
	async run({ n8n }) {
		const [nodes, credentials] = await Promise.all([n8n.nodeTypes(), n8n.credentialTypes()]);
		const wanted = [`${PACKAGE}.bitrix24Telephony`, `${PACKAGE}.bitrix24TelephonyTrigger`];
		const missing = [
			...wanted.filter((one) => !nodes.includes(one)),
			...['bitrix24OAuth2Api'].filter((one) => !credentials.includes(one)),
		];
		if (missing.length > 0) throw new Error(`n8n does not offer ${missing.join(', ')}`);
		return `${wanted.length} nodes`;
	},
};
