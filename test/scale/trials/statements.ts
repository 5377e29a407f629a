import { randomUUID } from 'node:crypto';
import { DATABASE_USERS } from '../../../tools/n8n/queue';
import { select, statement } from '../../../tools/n8n/services/sql';
import { rest } from '../account';
import type { Farm } from '../farm';
import { click, request } from '../stream';
import { hold, type Trial } from '../trial';

/** Milliseconds between two looks at the connections, and in all. */
const LOOK = 5;
const LOOKS_FOR = 3_000;

/** What a number of deliveries took of the database, by the webhook processes. */
interface Load {
	/** A delivery; each takes a connection from n8n's pool for its time. */
	statements: number;
	transactions: number;
	/** Connections at work at the same moment, when all deliveries come at once. n8n's pool ends at two a process. */
	busy: number;
}

/**
 * Statements are counted by PostgreSQL (pg_stat_statements), for the user of the webhook processes; connections too
 * (pg_stat_activity).
 */
export const statements: Trial = {
	name: 'database load of a delivery, n8n’s Webhook node with Header Auth beside it',
	holds: 'no more than the Webhook node',
	async run(farm, { counted }) {
		const { postgres } = farm.queue;
		await statement(postgres, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
		const ours = await loadOf(farm, counted, async () => {
			click(farm);
			await farm.sandbox.portal.control.idle();
		});
		const theirs = await loadOf(farm, counted, async () => {
			await request(farm, randomUUID());
		});
		for (const what of ['statements', 'transactions'] as const) {
			hold(ours[what] <= theirs[what], `Ours takes ${ours[what]} ${what}, the Webhook node ${theirs[what]}`);
		}
		return { seen: `a delivery: ${words(ours)}; Webhook node: ${words(theirs)}` };
	},
};

function words({ statements: count, transactions, busy }: Load): string {
	const plural = transactions === 1 ? '' : 's';
	return `${count} statements and ${transactions} transaction${plural}, connections at work when all come at once: at most ${busy}`;
}

async function loadOf(farm: Farm, count: number, deliver: () => Promise<void>): Promise<Load> {
	const { postgres } = farm.queue;
	// What is read once and kept is not counted.
	await deliver();
	await rest(farm);
	await statement(postgres, 'SELECT pg_stat_statements_reset()');
	for (let sent = 0; sent < count; sent += 1) await deliver();
	await rest(farm);
	const [counts] = await select<{ statements: number; transactions: number }>(
		postgres,
		// In whole times a delivery: what a process does now and then by itself does not count.
		`SELECT coalesce(sum(s.calls / ${count}) FILTER (WHERE s.query !~* '^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK)'), 0) AS statements,
			coalesce(sum(s.calls / ${count}) FILTER (WHERE s.query ~* '^(BEGIN|START TRANSACTION)'), 0) AS transactions
		FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
		WHERE r.rolname = '${DATABASE_USERS.webhook}' AND s.query !~* '^SELECT (\\$1|1)$'`,
	);
	hold(Boolean(counts?.statements), 'PostgreSQL counted no statement of the webhook processes');
	const [busy] = await Promise.all([mostBusy(farm), ...Array.from({ length: count }, deliver)]);
	await rest(farm);
	return { statements: counts?.statements ?? 0, transactions: counts?.transactions ?? 0, busy };
}

/** Looks again and again, inside PostgreSQL, how many connections of the webhook processes are at work. */
async function mostBusy({ queue }: Farm): Promise<number> {
	const script = `CREATE OR REPLACE FUNCTION most_busy() RETURNS int LANGUAGE plpgsql AS $$
		DECLARE most int := 0; now int;
		BEGIN
			FOR look IN 1..${LOOKS_FOR / LOOK} LOOP
				PERFORM pg_stat_clear_snapshot();
				SELECT count(*) INTO now FROM pg_stat_activity WHERE usename = '${DATABASE_USERS.webhook}' AND state <> 'idle';
				most := greatest(most, now);
				PERFORM pg_sleep(${LOOK / 1000});
			END LOOP;
			RETURN most;
		END $$`;
	await statement(queue.postgres, script);
	const [row] = await select<{ most: number }>(queue.postgres, 'SELECT most_busy() AS most');
	return row?.most ?? 0;
}
