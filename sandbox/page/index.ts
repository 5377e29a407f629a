import type { EventEmitter } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { Pbx } from '../pbx';
import type { Portal } from '../portal';
import { addFiles } from './files';
import { addWishes } from './grants';
import { addLive } from './live';
import { addRecordings } from './recordings';
import { snapshot, type Reading } from './snapshot';
import { Diary } from './timeline/diary';
import type { AskExecutions } from './timeline/executions';
import { ExecutionWatch } from './timeline/executionWatch';

/**
 * Adds the page for people to the portal's server: the page at `/`, its files and its own small interface under
 * `/page/`. Call it before the server listens.
 * @param askExecutions tells n8n's executions; without it timelines link to none
 */
export async function addPage(
	app: FastifyInstance,
	portal: Portal,
	pbx: Pbx,
	askExecutions: AskExecutions = () => Promise.resolve([]),
): Promise<void> {
	await addFiles(app);
	const diary = new Diary(portal.changes, () => portal.control.now());
	const watch = addWatch(app, [portal.changes, pbx.changes], askExecutions);
	addRecordings(app, portal.state);
	addWishes(app, portal, pbx);
	app.get('/page/state', async (_request, reply) =>
		reply.header('cache-control', 'no-store').send(snapshot(read(portal, pbx, diary, watch))),
	);
}

/** Tabs hear of changes on portal, PBX and n8n; n8n is asked while there is a tab. */
function addWatch(
	app: FastifyInstance,
	emitters: readonly EventEmitter[],
	askExecutions: AskExecutions,
): ExecutionWatch {
	const hear = (): void => watch.hear();
	const live = addLive(app, emitters, hear);
	const watch = new ExecutionWatch(askExecutions, live.isWatched, live.tell);
	for (const emitter of emitters) emitter.on('change', hear);
	app.addHook('preClose', (done) => {
		watch.stop();
		for (const emitter of emitters) emitter.off('change', hear);
		done();
	});
	return watch;
}

function read(portal: Portal, pbx: Pbx, diary: Diary, watch: ExecutionWatch): Reading {
	const { buckets, operating } = portal.limits.gauges();
	return {
		portal,
		state: portal.state,
		ahead: portal.control.ahead(),
		journal: portal.journal.entries,
		pbx,
		diary,
		executions: watch.latest,
		n8nIsGone: watch.isGone,
		faults: portal.control.faults(),
		gauges: { buckets, operating: operating.filter((one) => one.seconds > 0) },
		limitSettings: portal.limits.settings,
	};
}
