import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { ENTERPRISE_LIMIT, STANDARD_LIMIT } from '../../../bitrix24/dispatch/bucket';
import { Bitrix24OAuth2Api } from '../../../credentials/Bitrix24OAuth2Api.credentials';
import { Bitrix24PortalApi } from '../../../credentials/Bitrix24PortalApi.credentials';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { Bitrix24Telephony } from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node';
import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { Bitrix24TelephonyTrigger } from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';
import { name as packageName } from '../../../package.json';
import actionCodex from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node.json';
import triggerCodex from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node.json';

const action = new Bitrix24Telephony();
const trigger = new Bitrix24TelephonyTrigger();
const nodes = [action, trigger, new PhoneSystemTrigger()];
const CREDENTIALS = [new Bitrix24OAuth2Api().name, new PhoneSystemApi().name];

/** Every parameter, also those inside collections. */
function everyProperty(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const nested = (property.options ?? []).flatMap((option) =>
			'values' in option
				? (option as INodePropertyCollection).values
				: 'type' in option
					? [option as INodeProperties]
					: [],
		);
		return [property, ...everyProperty(nested)];
	});
}

describe.each(nodes.map((node) => [node.description.displayName, node] as const))('%s', (_name, { description }) => {
	it('is complete', () => {
		expect(description).toMatchObject({
			description: expect.stringMatching(/\w/) as string,
			version: expect.any(Array) as number[],
			subtitle: expect.any(String) as string,
		});
		expect(description.defaults.name).toBe(description.displayName);
		for (const { name } of description.credentials ?? []) expect(CREDENTIALS).toContain(name);
		expect(Object.keys(description.icon as object)).toEqual(['light', 'dark']);
	});

	it('has no address with variables, which n8n gives to one node only', () => {
		for (const { path } of description.webhooks ?? []) expect(path).not.toContain(':');
	});

	it('explains every parameter in words that end as n8n wants them', () => {
		for (const property of everyProperty(description.properties)) {
			const label = `${property.displayName} (${property.name})`;
			expect([label, property.default === undefined]).toEqual([label, false]);
			if (
				property.type === 'notice' ||
				property.type === 'collection' ||
				['resource', 'operation'].includes(property.name)
			)
				continue;
			if (property.type === 'fixedCollection') continue;
			expect([label, (property.description ?? '').length > 8]).toEqual([label, true]);
		}
	});

	it('offers options whose default is one of them', () => {
		for (const property of everyProperty(description.properties).filter(({ type }) => type === 'options')) {
			const values = (property.options as INodePropertyOptions[]).map(({ value }) => value);
			expect(new Set(values).size).toBe(values.length);
			expect([property.name, values.includes(property.default as string)]).toEqual([property.name, true]);
		}
	});
});

describe('the catalogue', () => {
	it('has one name an operation, and each parameter name once in a version', () => {
		for (const { value, operations, initial } of resources) {
			expect(operations.map(({ entry }) => entry.value)).toContain(initial);
			for (const { entry, properties } of operations) {
				const names = properties.map(({ name, displayOptions }) =>
					[name, displayOptions?.show?.['@version']].join(' '),
				);
				expect([value, entry.value, new Set(names).size]).toEqual([value, entry.value, names.length]);
				expect(entry.action).toMatch(/^[A-Z][a-z]+ .+/);
				expect(entry.description.length).toBeGreaterThan(20);
			}
		}
	});

	it('lists operations in alphabetical order, as n8n does', () => {
		for (const { operations } of resources) {
			const names = operations.map(({ entry }) => entry.name);
			expect(names).toEqual([...names].sort());
		}
	});
});

it('belongs to this package in its codex', () => {
	expect(actionCodex.node).toBe(`${packageName}.${action.description.name}`);
	expect(triggerCodex.node).toBe(`${packageName}.${trigger.description.name}`);
});

it('answers the portal with an empty 200 at once', () => {
	expect(trigger.description.webhooks).toMatchObject([
		{ httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData' },
	]);
});

describe('the credential', () => {
	const credential = new Bitrix24OAuth2Api();
	const portal = new Bitrix24PortalApi();
	const property = (name: string) => credential.properties.find((one) => one.name === name);
	const evaluated = (expression: unknown, name: string, values: Record<string, string>): unknown => {
		const code = String(expression).replace(/^=\{\{(.*)\}\}$/s, '$1');
		return (new Function(name, `return ${code}`) as (values: Record<string, string>) => unknown)(values);
	};
	const evaluate = (name: string, self: Record<string, string>): unknown =>
		evaluated(property(name)?.default, '$self', self);

	it('begins with what to do in Bitrix24 and the portal’s address, before n8n’s own fields', () => {
		expect(credential.extends).toEqual([portal.name, 'oAuth2Api']);
		expect(portal.properties.map(({ name }) => name)).toEqual(['steps', 'portal']);
		// n8n puts a child's field in the place of its parent's with the same name.
		const steps = property('steps');
		for (const words of [
			'Handler path',
			'Application uses API only',
			'OAuth Redirect URL',
			'Telephony',
			'Users',
			'CRM',
		])
			expect(steps?.displayName).toContain(words);
	});

	it('is the only one of the two that n8n offers', () => {
		expect(portal.hidden).toBe(true);
		expect('hidden' in credential).toBe(false);
	});

	it('is the only one that a search finds in n8n up to 2.20, which lists hidden ones; the other says what to choose', () => {
		expect(credential.displayName).toContain('Bitrix24');
		expect(portal.displayName).not.toContain('Bitrix24');
		expect(portal.properties[0]?.displayName).toContain(`choose <b>${credential.displayName}</b>`);
	});

	it.each([
		['example.bitrix24.com', 'https://example.bitrix24.com'],
		['  example.bitrix24.com/  ', 'https://example.bitrix24.com'],
		['https://example.bitrix24.com/crm/deal/?a=1#x', 'https://example.bitrix24.com'],
		['HTTPS://Example.Bitrix24.com', 'HTTPS://Example.Bitrix24.com'],
		['http://127.0.0.1:8080/rest/', 'http://127.0.0.1:8080'],
		['crm.firm.example:8443/stream/', 'https://crm.firm.example:8443'],
	])('makes the authorisation address of %s', (given, origin) => {
		expect(evaluate('authUrl', { portal: given })).toBe(`${origin}/oauth/authorize/`);
		expect(evaluated(portal.test.request.url, '$credentials', { portal: given })).toBe(`${origin}/oauth/authorize/`);
	});

	it('asks the chosen authorisation server for tokens, with a slash at the end', () => {
		expect(evaluate('accessTokenUrl', { authorizationServer: 'https://oauth.bitrix24.tech' })).toBe(
			'https://oauth.bitrix24.tech/oauth/token/',
		);
		expect(
			evaluate('accessTokenUrl', {
				authorizationServer: 'custom',
				customAuthorizationServer: ' http://127.0.0.1:9000/x ',
			}),
		).toBe('http://127.0.0.1:9000/oauth/token/');
	});

	it('fixes everything else, hidden', () => {
		for (const name of ['grantType', 'authUrl', 'accessTokenUrl', 'scope', 'authQueryParameters', 'authentication']) {
			expect([name, property(name)?.type]).toEqual([name, 'hidden']);
		}
		expect(property('authentication')?.default).toBe('body');
	});

	it('takes a portal for one of the standard plan unless it is told otherwise', () => {
		const { type, options = [], default: chosen } = property('requestLimit') ?? {};
		expect([type, chosen]).toEqual(['options', 'standard']);
		expect(options).toMatchObject([
			{
				name: 'Enterprise',
				value: 'enterprise',
				description: `${ENTERPRISE_LIMIT.burst} requests at once, then ${ENTERPRISE_LIMIT.perSecond} a second`,
			},
			{
				name: 'Standard',
				value: 'standard',
				description: `${STANDARD_LIMIT.burst} requests at once, then ${STANDARD_LIMIT.perSecond} a second`,
			},
		]);
	});

	it('hides secrets', () => {
		for (const name of ['clientSecret', 'applicationToken']) expect(property(name)?.typeOptions?.password).toBe(true);
	});
});
