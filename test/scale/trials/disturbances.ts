import type { RunningN8n } from '../../../tools/n8n/run';
import { settle, type Account } from '../account';
import { kill, revive, type Farm } from '../farm';
import { stream, type Side } from '../stream';
import { hold, type Trial } from '../trial';

/** Each strikes in the middle of a stream. What ends is started again, as a container's restart policy would. */
export const disturbances: Trial[] = [
	disturbance('kill -9 of a worker', async ({ queue }) => await killFirst(queue.workers)),
	disturbance('kill -9 of a webhook process', async ({ queue }) => await killFirst(queue.webhooks)),
	disturbance('kill -9 of main', async ({ queue }) => await kill(queue)),
	disturbance('restart of Redis', async ({ queue }) => await queue.redis.restart()),
	disturbance('restart of PostgreSQL', async ({ queue }) => await queue.postgres.restart()),
];

async function killFirst([first]: readonly RunningN8n[]): Promise<void> {
	if (!first) throw new Error('There is no such process');
	await kill(first);
}

function disturbance(name: string, strike: (farm: Farm) => Promise<void>): Trial {
	return {
		name,
		holds: 'none of ours lost or doubled; what n8n itself loses is named',
		async run(farm, { disturbed, perSecond, patience }) {
			let ended: string[] = [];
			const streamed = await stream(farm, disturbed, perSecond, async () => {
				await strike(farm);
				ended = await revive(farm);
			});
			// What gave up a little later.
			ended.push(...(await revive(farm)));
			const { ours, theirs } = await settle(farm, streamed, patience);
			expectKept(ours);
			return {
				seen:
					`${disturbed} clicks: ${words(streamed.ours, ours)}. Webhook node: ${words(streamed.theirs, theirs)}. ` +
					`Started again: ${ended.join(', ') || 'nothing'}`,
				lostByN8n: `with our trigger ${fates(ours)}; with its Webhook node ${fates(theirs)}`,
			};
		},
	};
}

function expectKept(ours: Account): void {
	hold(ours.doubled.length === 0, `Finished more than once: ${ours.doubled.join(', ')}`);
	const own = ours.lost.filter(({ isOurs }) => isOurs);
	const many = `${own.length} of ${ours.accepted} accepted clicks`;
	hold(own.length === 0, `${many} have no row in the history, and that is not n8n's failure: ${JSON.stringify(own)}`);
}

function words({ refused }: Side, { accepted, once }: Account): string {
	return `${accepted} accepted, ${once} done once${refused.size > 0 ? `; not accepted: ${counted([...refused.values()])}` : ''}`;
}

function fates({ lost }: Account): string {
	return counted(lost.map(({ status, reason }) => `${status}${reason ? ` (${reason})` : ''}`)) || 'nothing';
}

/** Equal texts together, with how many there are. */
function counted(texts: string[]): string {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return [...counts].map(([text, count]) => `${count} × ${text}`).join(', ');
}
