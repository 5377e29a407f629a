import { until } from '../../../tools/n8n/driver';
import { select } from '../../../tools/n8n/services/sql';
import { settle } from '../account';
import type { Farm } from '../farm';
import { click, deliveriesOf } from '../stream';
import { hold, type Trial } from '../trial';

/** Renewals at the authorisation server while something is done. */
interface Renewals {
	issued: number;
	refused: number;
}

/** Many executions at once find their token expired; a used refresh token is dead at once. */
export const expiredToken: Trial = {
	name: 'executions with an expired token, the used refresh token dead at once',
	holds: 'one renewal, none fails',
	async run(farm, { expired }) {
		farm.sandbox.portal.control.expireTokens();
		const renewals = await during(farm, async () => {
			const { ours } = await settle(farm, await clicksAtOnce(farm, expired));
			const kept = `Of ${expired} clicks ${ours.accepted} were accepted and ${ours.once} finished once`;
			hold(ours.accepted === expired && ours.once === expired, `${kept}; the others: ${JSON.stringify(ours.lost)}`);
		});
		hold(
			renewals.issued === 1 && renewals.refused === 0,
			`${renewals.issued} renewals, and ${renewals.refused} that were refused`,
		);
		return { seen: `${expired} executions at once: 1 renewal, all finished once` };
	},
};

/** Nothing but connecting again helps. */
export const deadRefreshToken: Trial = {
	name: 'dead refresh token',
	holds: 'every execution says “reconnect”, none hangs',
	async run(farm, { dead }) {
		farm.sandbox.portal.control.revokeTokens('both');
		// n8n lists first what will never end, such as executions that it lost in a trial before.
		const [newest] = await select<{ id: number }>(farm.queue.postgres, 'SELECT max(id) AS id FROM execution_entity');
		const began = performance.now();
		const accepted = (await clicksAtOnce(farm, dead)).ours.accepted.size;
		hold(accepted === dead, `${accepted} of ${dead} clicks were accepted`);
		const texts = [...new Set(await saidBy(farm, dead, newest?.id ?? 0))];
		const seconds = (performance.now() - began) / 1000;
		const others = texts.filter((text) => !/connect/i.test(text));
		hold(others.length === 0, `Executions that do not say what to do: ${others.join(' | ')}`);
		await farm.n8n.connectOAuth(farm.credentials.bitrix24);
		const { ours } = await settle(farm, await clicksAtOnce(farm, 1));
		hold(ours.once === 1, 'The click after connecting again was not finished');
		return {
			seen:
				`${dead} executions at once: all ended within ${seconds.toFixed(0)} s with “${texts.join('” or “')}”; ` +
				'after connecting again the next click was finished',
		};
	},
};

async function clicksAtOnce(farm: Farm, count: number) {
	const calls = Array.from({ length: count }, () => click(farm));
	await farm.sandbox.portal.control.idle();
	return {
		ours: deliveriesOf(farm, calls),
		theirs: { accepted: new Map<string, number>(), refused: new Map<string, string>() },
	};
}

/** What the executions after this one say, once so many have failed. */
async function saidBy({ n8n, oursId }: Farm, count: number, after: number): Promise<string[]> {
	let failed: { id: string }[] = [];
	await until(
		async () => {
			failed = (await n8n.executions({ workflowId: oursId, status: 'error' })).filter(({ id }) => Number(id) > after);
			return failed.length === count || undefined;
		},
		() => `${failed.length} of ${count} executions have failed`,
	);
	const details = await Promise.all(failed.map(async ({ id }) => await n8n.execution(id)));
	return details.map(({ error }) => [error?.message, error?.description].filter(Boolean).join(' '));
}

async function during({ sandbox }: Farm, work: () => Promise<void>): Promise<Renewals> {
	const renewals: Renewals = { issued: 0, refused: 0 };
	const { changes } = sandbox.portal;
	const count = ({ kind, action, grant }: { kind: string; action: string; grant?: unknown }): void => {
		if (kind !== 'token' || grant !== 'refresh_token') return;
		if (action === 'issued') renewals.issued += 1;
		else renewals.refused += 1;
	};
	changes.on('change', count);
	try {
		await work();
	} finally {
		changes.off('change', count);
	}
	return renewals;
}
