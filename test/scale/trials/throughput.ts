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
		hold(ours.accepted >= theirs.accepted, `${ours.accepted} of ours were answered (others: ${refused}), ${theirs.accepted} of the Webhook node`);
		hold(theirs.accepted === clicks, `The machine does not carry it: only ${theirs.accepted} of ${clicks} requests to the Webhook node were answered. Lower the rate`);
		hold(ours.once === ours.accepted && ours.doubled.length === 0, `Of ${ours.accepted} accepted clicks ${ours.once} are finished once, ${ours.doubled.length} more than once; lost: ${JSON.stringify(ours.lost)}`);
		const times = [streamed.ours, streamed.theirs].map(({ accepted }) => `${median([...accepted.values()]).toFixed(0)} ms`);
		return {
			seen: `${clicks} clicks at ${streamed.perSecond.toFixed(1)} a second: ${ours.accepted} answered and ${ours.once} finished once; Webhook node ${theirs.accepted} and ${theirs.once}. ` +
				`Median answer ${times[0]}, Webhook node ${times[1]}. The last one was done ${rest.toFixed(1)} s after the last answer`,
		};
	},
};
