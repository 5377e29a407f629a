import { DataDeduplicationService } from 'n8n-core';
import type { DeduplicationItemTypes, IDataDeduplicator, IDataObject } from 'n8n-workflow';
import { asterisk } from '../../pbx/systems/asterisk';
import { reportItem } from '../../nodes/PhoneSystemTrigger/events';
import { startPbx, type Pbx } from '../../sandbox/pbx';
import type { NodeRun } from './engine';
import { byId, useWorld, type World } from './world';

/** The client of every call, unless a test says otherwise. */
export const NUMBER = '+494066969441';

/** A portal, and an Asterisk that reports how its calls ended. */
export interface Reports {
	world: World;
	/** The phone system; there is one from the first test on. */
	pbx: () => Pbx;
	/** Runs Finish by Report on one item. */
	report: (item: IDataObject, options?: IDataObject) => Promise<NodeRun>;
	/** The calls of the portal's history. */
	history: () => World['portal']['state']['history'];
	/** A click on a number in Bitrix24, as the portal registers it. @returns its CALL_ID */
	clicked: () => Promise<string>;
}

/** Sets the world up around the tests of a file. */
export function useReports(): Reports {
	const world = useWorld();
	let pbx: Pbx;
	beforeAll(async () => {
		pbx = await startPbx({ timeFactor: 0.001 });
		await DataDeduplicationService.init(remembering() as unknown as IDataDeduplicator);
	});
	afterAll(async () => await pbx.stop());
	const report: Reports['report'] = async (item, options = {}) =>
		await world.run(
			'call',
			'finishByReport',
			{ reportedCallId: item.CALL_ID ?? '', reportOptions: options },
			[item],
			{},
			{ phoneSystem: { system: 'asterisk', address: pbx.url, user: pbx.user, password: pbx.password } },
		);
	const clicked = async () => {
		const { json } = await world.run('call', 'register', {
			employee: byId(2),
			phoneNumber: NUMBER,
			type: 1,
			externalCallId: '',
			show: true,
		});
		return String(json[0]?.CALL_ID);
	};
	return { world, pbx: () => pbx, report, history: () => world.portal.state.history, clicked };
}

/** What n8n keeps in its database of the items that a node has seen. */
function remembering(): Pick<IDataDeduplicator, 'checkProcessedAndRecord'> {
	const seen = new Set<DeduplicationItemTypes>();
	return {
		checkProcessedAndRecord: async (items) => {
			const output = {
				processed: items.filter((item) => seen.has(item)),
				new: items.filter((item) => !seen.has(item)),
			};
			for (const item of items) seen.add(item);
			return await Promise.resolve(output);
		},
	};
}

/** The item of the Phone System Trigger for a form that Asterisk posts. */
export function posted(fields: Record<string, string>): IDataObject {
	const body = Buffer.from(
		new URLSearchParams({ HANGUPCAUSE: '16', EXTENSION: '102', NUMBER: '494066969441', ...fields }).toString(),
	);
	const { reports, raw } = asterisk.read({ method: 'POST', url: '', path: '', headers: {}, query: {}, body }, 'UTC');
	return reportItem('asterisk', reports[0] as (typeof reports)[0], raw) as IDataObject;
}
