import type { IWebhookFunctions } from 'n8n-workflow';
import { keepAlive } from '../../../nodes/Bitrix24TelephonyTrigger/keepAlive';
import { connectedTo, execution, NODE, type Setting } from '../../support/execution';

let credentials = 0;

/** A delivery to a credential that nobody has used yet, and what n8n's log says of it. */
function delivery(setting: Setting) {
	const warnings: string[] = [];
	const { context, asked } = execution({
		node: { credentials: { bitrix24OAuth2Api: { id: `credential ${++credentials}`, name: NODE.name } } },
		...setting,
	});
	return {
		context: { ...context, logger: { warn: (text: string) => warnings.push(text) } } as unknown as IWebhookFunctions,
		asked,
		warnings,
	};
}

it('makes one small call, and says nothing when that works', async () => {
	const { context, asked, warnings } = delivery({ methods: { profile: () => ({ result: {} }) } });
	await keepAlive(context);
	await keepAlive(context);
	expect(asked).toEqual(['profile']);
	expect(warnings).toEqual([]);
});

it.each<[string, Setting, string]>([
	[
		'is refused',
		{
			methods: { profile: () => ({ error: 'invalid_token', error_description: 'Unable to get application by token' }) },
		},
		'profile: Unable to get application by token [invalid_token]',
	],
	[
		'is not connected',
		{ credentials: connectedTo({ oauthTokenData: {} }) },
		'The Bitrix24 credential is not connected',
	],
])('tells n8n’s log of a connection that %s, and does not try again at once', async (_what, setting, reason) => {
	const { context, warnings } = delivery(setting);
	await keepAlive(context);
	await keepAlive(context);
	expect(warnings).toEqual([
		`The connection to Bitrix24 could not be kept alive. Events still arrive; check the credential. ${reason}`,
	]);
});
