import type { FastifyInstance } from 'fastify';
import type { Pbx } from '../pbx';
import type { Fault, Portal } from '../portal';
import { addFiles } from './files';
import { wishesOf } from './grants';
import { addLive } from './live';
import { addRecordings } from './recordings';
import { snapshot, type PortalReading } from './snapshot';
import { addWishes } from './wishes';

/**
 * Adds the page for people to the portal's server: the page at `/`, its files and its own small interface under
 * `/page/`. Call it before the server listens.
 */
export async function addPage(app: FastifyInstance, portal: Portal, pbx: Pbx): Promise<void> {
	await addFiles(app);
	addLive(app, [portal.changes, pbx.changes]);
	addRecordings(app, portal.state);
	addWishes(app, wishesOf(portal, pbx));
	app.get('/page/state', async (_request, reply) =>
		reply.header('cache-control', 'no-store').send(snapshot(await readPortal(portal), pbx)),
	);
}

async function readPortal(portal: Portal): Promise<PortalReading> {
	const part = async <Value>(name: string): Promise<Value> =>
		(await (await fetch(`${portal.url}/sandbox/state/${name}`)).json()) as Value;
	const [now, faults] = await Promise.all([part<number>('now'), part<Fault[]>('faults')]);
	const { buckets, operating } = portal.limits.gauges();
	return {
		state: portal.state,
		now,
		faults,
		gauges: { buckets, operating: operating.filter((one) => one.seconds > 0) },
		limitSettings: portal.limits.settings,
	};
}
