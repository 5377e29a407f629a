import { settle } from '../account';
import { stream } from '../stream';
import { hold, median, type Trial } from '../trial';

/** A stream without a disturbance, and n8n's Webhook node at the same rate beside it. */
export const throughput: Trial = {
	name: 'clicks at a rate that the machine carries, n8n’s Webhook node at the same rate beside them',
	holds: 'as many answered as the Webhook node, every accepted one finished once',
	async run(farm, { clicks, perSecond }) {
		const streamed = await stream(farm, clicks, perSecond);
		const answered = performance.now();
		const { ours, theirs } = await settle(farm, streamed);
		const rest = (performance.now() - answered) / 1000;
		const refused = [...new Set(streamed.ours.refused.values())].join(', ');
		hold(
			theirs.accepted === clicks,
			`The machine does not carry it: ${theirs.accepted} of ${clicks} were answered by the Webhook node. Lower the rate`,
		);
		hold(
			ours.accepted === clicks,
			`${ours.accepted} of ${clicks} clicks were answered (others: ${refused}), all of the Webhook node`,
		);
		const kept = `${ours.once} of ${clicks} clicks are finished once, ${ours.doubled.length} more than once`;
		hold(ours.once === clicks && ours.doubled.length === 0, `${kept}; lost: ${JSON.stringify(ours.lost)}`);
		const [time, other] = [streamed.ours, streamed.theirs].map(
			({ accepted }) => `${median([...accepted.values()]).toFixed(0)} ms`,
		);
		return {
			seen:
				`${clicks} clicks at ${streamed.perSecond.toFixed(1)} a second: ${ours.accepted} answered and ${ours.once} finished once; ` +
				`Webhook node ${theirs.accepted} and ${theirs.once}. Median answer ${time}, Webhook node ${other}. ` +
				`The last one was done ${rest.toFixed(1)} s after the last answer`,
		};
	},
};
