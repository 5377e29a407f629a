import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { connectedCredential } from '../support/connect';
import { useTriggerWorld } from './triggerWorld';

const holder = useTriggerWorld();
const CLICK = { events: ['ONEXTERNALCALLSTART'] } as never;
const OTHER =
	/^The Portal Address of the Bitrix24 credential is 127\.0\.0\.1:9, but it is connected to 127\.0\.0\.1:\d+/;
const CONNECT = /connect it again\. If both are the same portal, put 127\.0\.0\.1:\d+ into Portal Address\./;

const node = (resource: string, operation: string): Partial<INode> => ({ parameters: { resource, operation } });
const run = async (credential: ICredentialDataDecryptedObject, resource: string, operation: string) =>
	await holder.world.engine.run(credential, node(resource, operation));

describe('a Portal Address that was changed without connecting again', () => {
	it.each([
		['line', 'getMany'],
		['setup', 'check'],
	])('fails the items of %s %s', async (resource, operation) => {
		const { world } = holder;
		const { error } = await run({ ...world.credential, portal: '127.0.0.1:9' }, resource, operation);
		expect(error?.message).toMatch(OTHER);
		expect(error?.description).toMatch(CONNECT);
		expect(world.asked()).toEqual([]);
	});

	it('fails the activation, and says all in the message', async () => {
		const { world } = holder;
		world.credential.portal = '127.0.0.1:9';
		await expect(world.publish(CLICK)).rejects.toThrow(CONNECT);
		await expect(world.publish(CLICK)).rejects.toThrow(OTHER);
		expect(world.asked()).not.toContain('event.bind');
	});

	it('lets what was bound at the portal of before be unbound', async () => {
		const { world } = holder;
		await world.publish(CLICK);
		world.credential.portal = '127.0.0.1:9';
		await world.unpublish();
		expect(world.handlers).toEqual([]);
		await expect(world.publish(CLICK)).rejects.toThrow(OTHER);
	});

	it('costs no event: names are missing, with the reason', async () => {
		const { world } = holder;
		await world.publish({ events: ['ONEXTERNALCALLSTART'], options: { lookUpNames: true } } as never);
		world.credential.portal = '127.0.0.1:9';
		await world.click();
		expect(world.started).toMatchObject([
			{ EMPLOYEE_NAME: null, NOTE: expect.stringMatching(/connected to 127/) as string },
		]);
	});

	it('is right again once it is connected there', async () => {
		const { world } = holder;
		world.credential = await connectedCredential(world.portal);
		expect((await run(world.credential, 'line', 'getMany')).error).toBeUndefined();
	});
});

it('a portal that was renamed since is still the one, under both names', async () => {
	const { world } = holder;
	const typed = String(world.credential.portal);
	Object.assign(world.credential.oauthTokenData as object, { callbackQueryString: { domain: new URL(typed).host } });
	const { host } = world.portal.state.settings;
	world.portal.control.move(host.replace('127.0.0.1', 'localhost'));
	world.portal.control.expireTokens();
	expect((await run(world.credential, 'line', 'getMany')).error).toBeUndefined();
	expect((world.credential.oauthTokenData as { client_endpoint?: string }).client_endpoint).toContain('localhost');
	for (const portal of [typed, typed.replace('127.0.0.1', 'localhost')])
		expect((await run({ ...world.credential, portal }, 'line', 'getMany')).error).toBeUndefined();
	expect((await run({ ...world.credential, portal: 'example.com' }, 'line', 'getMany')).error?.message).toMatch(
		/is example\.com, but it is connected to localhost/,
	);
	world.portal.control.move(host);
});
