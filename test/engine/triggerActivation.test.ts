import { Workflow, type IDataObject } from 'n8n-workflow';
import { CLICK, usePublishing } from './publishing';

const { holder, publish, bound, here, movedTo } = usePublishing();
const BOTH = ['ONEXTERNALCALLSTART', 'ONAPPUNINSTALL'];

describe('publishing', () => {
	it('binds each event once, and unpublishing unbinds exactly these', async () => {
		const { world } = holder;
		const other = {
			...world.portal.state.handlers[0],
			event: 'ONEXTERNALCALLSTART',
			handler: 'https://somebody.else/?signature=x',
		};
		await publish({ events: BOTH });
		expect(world.asked()).toEqual(['event.get', 'event.bind', 'event.bind']);
		expect(bound()).toEqual(BOTH.map(here));
		world.portal.state.handlers.push({ ...(world.portal.state.handlers[0] as never as object), ...other } as never);
		expect(await world.hook('checkExists')).toBe(true);
		world.asked();
		await world.unpublish();
		expect(world.asked()).toEqual(['event.unbind', 'event.unbind']);
		expect(bound()).toEqual(['ONEXTERNALCALLSTART https://somebody.else']);
		expect(world.staticData).toEqual({ leftovers: [] });
		await world.unpublish();
		expect(bound()).toHaveLength(1);
	});

	it('again changes nothing; a bind that was there already is what is wanted', async () => {
		const { world } = holder;
		await publish();
		const before = world.handlers;
		await world.hook('create');
		expect(world.handlers).toEqual(before);
	});

	it('with fewer events unbinds the others', async () => {
		await publish({ events: BOTH });
		await publish({ events: CLICK });
		expect(bound()).toEqual(CLICK.map(here));
	});

	it('with more events binds these, too', async () => {
		await publish({ events: CLICK });
		await publish({ events: BOTH });
		expect(bound()).toEqual(BOTH.map(here));
	});

	it('takes the events as an expression gives them', async () => {
		await publish({ events: '={{ "onExternalCallStart, " + "ONAPPUNINSTALL" }}' });
		expect(bound()).toEqual(BOTH.map(here));
	});

	it('binds anew what the portal has lost', async () => {
		const { world } = holder;
		await publish();
		world.portal.state.handlers.splice(0);
		expect(await world.hook('checkExists')).toBe(false);
		await publish();
		expect(world.handlers).toHaveLength(1);
	});

	it('needs no list of events: binding again does no harm', async () => {
		const { world } = holder;
		world.portal.control.addFault({ kind: 'html502', target: 'event.get', count: 99 });
		await publish();
		await publish();
		expect(world.handlers).toHaveLength(1);
	});
});

describe('an address that was bound before is unbound exactly', () => {
	it('when the address of n8n has changed', async () => {
		const { world } = holder;
		await publish();
		movedTo('http://127.0.0.2:5678');
		await publish();
		expect(bound()).toEqual(['ONEXTERNALCALLSTART http://127.0.0.2:5678']);
		movedTo('http://127.0.0.3:5678');
		await world.unpublish();
		expect(bound()).toEqual([]);
	});

	it.each(['publish', 'unpublish'] as const)('when the client secret has changed: %s', async (step) => {
		const { world } = holder;
		await publish({ events: BOTH });
		const [{ handler } = { handler: '' }] = world.handlers;
		const strange = [
			handler.replace('signature=', 'signature=x'),
			handler.replace('/hook/', '/other/'),
			handler.split('?')[0],
			'no address',
		];
		const [first] = world.portal.state.handlers;
		for (const address of strange) world.portal.state.handlers.push({ ...first, handler: address } as never);
		world.credential.clientSecret = 'changed';
		world.asked();
		if (step === 'publish') await publish({ events: BOTH });
		else await world.unpublish();
		expect(world.asked()[0]).toBe('event.get');
		expect(world.handlers.map((one) => one.handler)).not.toContain(handler);
		expect(world.handlers.map((one) => one.handler)).toEqual(expect.arrayContaining(strange));
		expect(world.handlers).toHaveLength(strange.length + (step === 'publish' ? 2 : 0));
	});

	it('when version 0.1.0 has bound it, with the whole address in its static data', async () => {
		const { world } = holder;
		await publish({ events: BOTH });
		const rows = [...world.portal.state.handlers];
		const old = world.handlers;
		for (const change of [
			() => undefined,
			() => movedTo('http://127.0.0.2:5678'),
			() => {
				world.credential.clientSecret = 'changed';
			},
		]) {
			world.staticData = { bindings: [...old, { event: 'ONAPPUNINSTALL', handler: 'broken' }] };
			change();
			await world.unpublish();
			expect(world.handlers).toEqual([]);
			expect(world.staticData).toEqual({ leftovers: [] });
			world.portal.state.handlers.push(...rows);
		}
	});

	it('later, when the portal does not answer now', async () => {
		const { world } = holder;
		await publish();
		movedTo('http://127.0.0.2:5678');
		world.portal.control.addFault({ kind: 'html502', target: 'event.unbind', count: 99 });
		await publish();
		world.portal.control.clearFaults();
		expect(bound()).toHaveLength(2);
		expect(world.staticData.leftovers).toHaveLength(1);
		await publish();
		expect(bound()).toEqual(['ONEXTERNALCALLSTART http://127.0.0.2:5678']);
		expect(world.staticData.leftovers).toEqual([]);
	});

	it('when nothing is remembered but its address', async () => {
		const { world } = holder;
		await publish();
		world.staticData = {};
		await world.unpublish();
		expect(world.handlers).toEqual([]);
	});

	it('but not that of the workflow whose static data was imported', async () => {
		const { world } = holder;
		await publish();
		movedTo('http://127.0.0.2:5678');
		world.workflowId = 'w2';
		await publish();
		expect(bound()).toHaveLength(2);
	});
});

describe('a failure speaks of activation and says what to do', () => {
	const prefix = 'This trigger cannot listen yet: Bitrix24 did not take its address for the event ONEXTERNALCALLSTART.';

	it.each<[string, () => void, RegExp]>([
		[
			'permission missing',
			() => fault({ kind: 'error', code: 'ERROR_EVENT_NOT_FOUND' }),
			/permission Telephony.*\[ERROR_EVENT_NOT_FOUND\] \(event\.bind\)$/,
		],
		[
			'no answer',
			() => fault({ kind: 'html502' }),
			/^This trigger cannot listen yet.*no usable answer: wait a minute\. Then publish the workflow again: nothing is bound twice\. Reason: .*502.*\(event\.bind\)$/,
		],
		['cut answer', () => fault({ kind: 'cutJson' }), /nothing is bound twice/],
		['overloaded', () => fault({ kind: 'error', code: 'OVERLOAD_LIMIT' }), /Ask Bitrix24 support/],
		[
			'a fault',
			() => fault({ kind: 'error', code: 'INTERNAL_SERVER_ERROR' }),
			/a repeat does no harm\. Then publish the workflow again/,
		],
		['an incoming webhook', () => fault({ kind: 'error', code: 'WRONG_AUTH_TYPE' }), /through a local application/],
	])('%s', async (_name, prepare, message) => {
		prepare();
		const error = await publish().catch((reason: Error) => reason.message);
		expect(error).toMatch(message);
		expect(error).toContain(prefix);
		expect(error).not.toMatch(/log it twice|Look at the call/);
		holder.world.portal.control.clearFaults();
	});

	it('unbinding: Bitrix24 still sends events', async () => {
		const { world } = holder;
		await publish();
		fault({ kind: 'html502', target: 'event.unbind' });
		await expect(world.unpublish()).rejects.toThrow(
			/^Bitrix24 still sends events to this trigger\. .*Then use Remove Orphaned Handlers .*\(event\.unbind\)$/,
		);
		world.portal.control.clearFaults();
		expect(world.staticData.leftovers).toHaveLength(1);
		expect(world.staticData).not.toHaveProperty('subscription');
		await world.unpublish();
		expect(world.handlers).toEqual([]);
	});

	it('unbinding after a changed secret, without the list', async () => {
		const { world } = holder;
		await publish();
		world.credential.clientSecret = 'changed';
		fault({ kind: 'html502', target: 'event.get' });
		await expect(world.unpublish()).rejects.toThrow(/^Bitrix24 still sends events to this trigger\. .*\(event\.get\)$/);
		world.portal.control.clearFaults();
		await world.unpublish();
		expect(world.handlers).toEqual([]);
	});

	it('credential not connected', async () => {
		delete holder.world.credential.oauthTokenData;
		const message =
			/^The Bitrix24 credential is not connected\. Nothing was sent\. Open the credential and press Connect/;
		await expect(publish()).rejects.toThrow(message);
		await expect(holder.world.unpublish()).rejects.toThrow(message);
	});

	it('credential without client secret', async () => {
		holder.world.credential.clientSecret = '';
		await expect(publish()).rejects.toThrow(
			'The Bitrix24 credential has no client secret. Put it in, connect the credential again and publish the workflow.',
		);
	});

	it('n8n and portal cannot meet', async () => {
		movedTo(`http://127.0.0.1/${'x'.repeat(230)}`);
		await expect(publish()).rejects.toThrow(
			/^The address of this trigger has \d{3} characters; Bitrix24 keeps 255\. Give n8n a shorter WEBHOOK_URL\.$/,
		);
		expect(holder.world.handlers).toEqual([]);
	});

	it.each<[IDataObject, RegExp]>([
		[{ events: [] }, /^No event is chosen, so nothing would ever start this workflow\. Choose at least one\.$/],
		[{ events: '' }, /^No event is chosen/],
		[
			{ events: ['ONEXTERNALCALLSTART', 'ONCRMLEADADD'] },
			/^This trigger knows no event “ONCRMLEADADD”\. Choose .*ONEXTERNALCALLSTART/,
		],
		[
			{ options: { duplicateWindow: 'soon' } },
			/^The option Duplicate Window \(Seconds\) is the text “soon”\. Give a number of seconds, 0 or more\.$/,
		],
		[
			{ options: { ignoreOlderThan: '={{ true }}' } },
			/^The option Ignore Events Older Than \(Seconds\) is the boolean true\./,
		],
		[{ options: { lookUpNames: 'maybe' } }, /^The option Look Up Names is the text “maybe”\. Give true or false\.$/],
		[{ verifyDelivery: 'maybe' }, /^The option Verify Delivery on Publishing is the text “maybe”\./],
		[{ options: { employees: 'Ben' } }, /“Ben”/],
	])('%j', async (parameters, message) => {
		await expect(publish(parameters)).rejects.toThrow(message);
		expect(holder.world.asked()).not.toContain('event.bind');
	});

	function fault({ kind, target = 'event.bind', code }: { kind: string; target?: string; code?: string }): void {
		holder.world.portal.control.addFault({ kind, target, code, count: 99 } as never);
	}
});

describe('the subtitle', () => {
	it.each<[string, unknown, string]>([
		['bitrix24TelephonyTrigger', ['ONEXTERNALCALLSTART', 'ONAPPUNINSTALL'], 'Click-to-Call, Application Uninstalled'],
		['bitrix24TelephonyTrigger', ['ONSOMETHING'], 'ONSOMETHING'],
		['bitrix24TelephonyTrigger', 'ONEXTERNALCALLSTART', 'Click-to-Call'],
		['bitrix24TelephonyTrigger', '={{ ["ONEXTERNALCALLSTART"] }}', 'Click-to-Call'],
		['bitrix24TelephonyTrigger', '', ''],
		['bitrix24TelephonyTrigger', [], ''],
		['bitrix24TelephonyTrigger', null, 'Click-to-Call'],
		['phoneSystemTrigger', ['ended'], 'Yeastar P-Series: Call Ended'],
	])('of %s with the events %j is %j', (name, events, expected) => {
		expect(subtitle(name, { events, system: 'yeastar' })).toBe(expected);
	});

	it('of an action is in words', () => {
		const parameters = { resource: 'call', operation: 'finishByReport' };
		expect(subtitle('bitrix24Telephony', parameters)).toBe('call: finish by report');
	});

	function subtitle(name: string, parameters: object): unknown {
		const type = `n8n-nodes-bitrix24-telephony.${name}`;
		const nodeTypes = holder.world.engine.nodeTypes();
		const { description } = nodeTypes.getByNameAndVersion(type);
		const typeVersion = [description.version].flat()[0] ?? 1;
		const node = {
			id: 'n',
			name: 'Node',
			type,
			typeVersion,
			position: [0, 0] as [number, number],
			parameters: parameters as never,
		};
		const workflow = new Workflow({ active: false, nodes: [node], connections: {}, nodeTypes });
		const own = workflow.getNode('Node');
		return workflow.expression.getSimpleParameterValue(own ?? node, description.subtitle, 'manual', {});
	}
});
