import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../tools/demo';
import { anotherClick, bare, genuineDelivery, ours, webhook, type Contestant } from './contestants';
import { canMeasureCpu, cpuMs } from './cpu';
import { decoderGrowth } from './decoder';
import { lines, spread } from './report';

/** Milliseconds; a process that took no more than a clock tick within them has nothing left to do. */
const REST = 300;
const TICK = 10;

/** How much is measured. */
export interface DeliveryOptions {
	/** Requests one after the other, between two looks at the clock of the process. */
	requests: number;
	rounds: number;
}

/** Requests of one kind. */
interface Kind extends Contestant {
	status: number;
	/** CPU milliseconds a request. */
	cpu: number[];
	/** Milliseconds until the answer. */
	times: number[];
}

/**
 * Figure 1b: the CPU time that a request costs the n8n process, with all that it starts: n8n's Webhook node, open and
 * with Header Auth, a trigger node of a package without any code, and our trigger with a genuine delivery, an unsigned
 * one and one with 43 wrong characters. All carry the body of a click. They take turns. n8n makes a sandbox for
 * expressions at each webhook call of any node but its own Webhook node (live-webhooks.js, webhookPhaseNeedsIsolate):
 * the bare trigger shows what that takes.
 * @param demo with {@link barePackage} in its n8n
 * @returns the table to print; elsewhere than on Linux the reason why there is none
 */
async function deliveryCosts(demo: Demo, { requests, rounds }: DeliveryOptions): Promise<string> {
	if (!canMeasureCpu()) return 'Skipped: only Linux tells the CPU time of another process.';
	const trigger = await ours(demo);
	const kinds = [
		kind(await webhook(demo, 'n8n Webhook'), 200),
		kind(await webhook(demo, 'n8n Webhook, Header Auth', randomUUID()), 200),
		kind(await bare(demo), 200),
		kind({ ...trigger, name: 'ours, genuine' }, 200),
		kind({ ...trigger, name: 'ours, unsigned', url: trigger.url.replace(/\?.*/, '') }, 403),
		kind(
			{
				...trigger,
				name: 'ours, 43 wrong characters',
				url: trigger.url.replace(/signature=.*/, `signature=${'x'.repeat(43)}`),
			},
			403,
		),
	];
	const genuine = await genuineDelivery(demo);
	for (let round = -1; round < rounds; round += 1) {
		for (const one of kinds) await measure(demo, one, genuine, requests, round >= 0);
		kinds.push(...kinds.splice(0, 1));
	}
	for (const id of new Set(kinds.map(({ workflowId }) => workflowId))) await demo.n8n.deactivate(id);
	return report(kinds);
}

/** Figures 1b and 1c with their headings. @param quick whether the figures may mean nothing */
export async function triggerFigures(demo: Demo, quick: boolean): Promise<string> {
	return `
1b. CPU time of the n8n process for a request and all that it starts. n8n makes a sandbox for expressions at each webhook
    call of any node but its own Webhook node; the trigger node without code shows what that takes.

${await deliveryCosts(demo, quick ? { requests: 4, rounds: 1 } : { requests: 40, rounds: 5 })}

1c. The decoder of deliveries, with bodies that a stranger could send. The trigger refuses more than 65.5 kB unread.

${decoderGrowth(quick ? 10_000 : 100_000, 9)}`;
}

function kind(contestant: Contestant, status: number): Kind {
	return { ...contestant, status, cpu: [], times: [] };
}

async function measure({ server }: Demo, one: Kind, genuine: string, requests: number, counts: boolean): Promise<void> {
	await rest(server.pid);
	const before = cpuMs(server.pid);
	for (let sent = 0; sent < requests; sent += 1) {
		const { body } = anotherClick(genuine);
		const began = performance.now();
		const answer = await fetch(one.url, { method: 'POST', headers: one.headers, body });
		await answer.arrayBuffer();
		if (answer.status !== one.status) throw new Error(`${one.name} was answered with ${answer.status}`);
		if (counts) one.times.push(performance.now() - began);
	}
	await rest(server.pid);
	if (counts) one.cpu.push((cpuMs(server.pid) - before) / requests);
}

/** Settles when the process has done what it was given: an execution goes on after its request was answered. */
async function rest(pid: number): Promise<void> {
	for (let last = -1, now = cpuMs(pid); now - last > TICK;) {
		last = now;
		await sleep(REST);
		now = cpuMs(pid);
	}
}

function report(kinds: Kind[]): string {
	const median = (name: string): number => spread(kinds.find((one) => one.name === name)?.cpu ?? []).median;
	const [open, unsigned] = [median('n8n Webhook'), median('ours, unsigned')];
	const rows = [...kinds]
		.sort((a, b) => a.name.localeCompare(b.name))
		.map(({ name, cpu, times }) => {
			const { min, median: middle, max } = spread(cpu);
			return [
				name,
				...[min, middle, max, spread(times).median].map((value) => `${value.toFixed(1)} ms`),
				(middle / open).toFixed(2),
				(middle / unsigned).toFixed(2),
			];
		});
	return lines([['', 'CPU min', 'CPU median', 'CPU max', 'answer', '/ n8n Webhook', '/ unsigned'], ...rows]);
}
