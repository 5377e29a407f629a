import { type Farm } from '../farm';
import { hold, type Trial } from '../trial';

const EVENT = 'ONEXTERNALCALLSTART';
const TEST_EVENT = 'ONAPPTEST';
/** What somebody else bound for the same application. Nobody listens there. */
const FOREIGN = 'http://127.0.0.1:9/somebody-else';

/** Publishes with a verified delivery, again after a change, takes it out of production, and publishes once more. */
export const activation: Trial = {
	name: 'verified activation, re-publish, deactivate',
	holds: 'bound once, unbound exactly',
	async run(farm) {
		const {
			n8n,
			oursId,
			sandbox: { portal },
		} = farm;
		const arrived = () =>
			portal.state.deliveries.filter(({ event, status }) => event === TEST_EVENT && status === 200).length;
		/** Publishes, and holds that a test event came and one address is bound. n8n may try more than once. */
		const publish = async (when: string) => {
			const before = arrived();
			await n8n.activate(oursId);
			await portal.control.idle();
			hold(arrived() > before, `No test event arrived at ${when}`);
			expectBound(farm, when);
		};
		const [own] = portal.state.handlers;
		if (!own) throw new Error('Nothing is bound after the first publication');
		hold(arrived() > 0, 'No test event arrived at the first publication');
		expectBound(farm, 'the first publication');
		const foreign = { ...own, id: -1, handler: FOREIGN };
		portal.state.handlers.push(foreign);
		await ignoreOlderThan(farm, 600);
		await publish('the second publication');
		await n8n.deactivate(oursId);
		const left = portal.state.handlers.map(({ event, handler }) => `${event} at ${handler}`);
		const isForeignLeft = portal.state.handlers.length === 1 && portal.state.handlers[0] === foreign;
		hold(isForeignLeft, `After the deactivation the portal has: ${left.join(', ') || 'nothing'}`);
		await publish('the third publication');
		portal.state.handlers = portal.state.handlers.filter((one) => one !== foreign);
		return {
			seen:
				'one binding after each of 3 publications, each with a test event through the balancer; ' +
				'none after the deactivation, and what somebody else had bound was still there',
		};
	},
};

function expectBound({ sandbox, balancer }: Farm, when: string): void {
	const bound = sandbox.portal.state.handlers.filter(({ handler }) => handler !== FOREIGN);
	const isOnce = bound.length === 1 && bound[0]?.event === EVENT && bound[0].handler.startsWith(balancer.url);
	const shown = bound.map(({ event, handler }) => `${event} at ${new URL(handler).origin}`).join(', ');
	hold(isOnce, `After ${when} the portal has: ${shown || 'nothing'}`);
}

/** Any change of the trigger's parameters makes n8n register it anew. */
async function ignoreOlderThan({ n8n, oursId }: Farm, seconds: number): Promise<void> {
	const { nodes } = await n8n.workflow(oursId);
	for (const node of nodes) if (node.name === 'Click') node.parameters.options = { ignoreOlderThan: seconds };
	await n8n.saveWorkflow(oursId, { nodes });
}
