import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import { startPortal, type Portal } from '../../sandbox/portal';
import { connectedCredential } from '../support/connect';
import type { Random } from '../support/schedule';
import { Timeline } from '../support/timeline';
import { Line, type Blow } from '../support/trouble';
import { Engine, type NodeRun } from './engine';

/** Operations that only read: a repeat does no harm. */
const READS = ['voximplant.statistic.get', 'user.get', 'telephony.externalLine.get'];

/** n8n, a portal, and trouble on the line between them. */
export class ScheduleWorld {
	private readonly engine = new Engine();
	private processes = 0;
	private credential: ICredentialDataDecryptedObject = {};
	private stop = new AbortController();
	/** Whether the process was killed since the trouble began. */
	wasKilled = false;

	private constructor(
		readonly portal: Portal,
		readonly timeline: Timeline,
		private readonly line: Line,
		private readonly base: ICredentialDataDecryptedObject,
		private readonly endTime: () => void,
	) {
		line.onKill = (whole) => this.kill(whole);
	}

	static async open(): Promise<ScheduleWorld> {
		const late: { line?: Line } = {};
		const portal = await startPortal({
			plugins: (app) =>
				void app.addHook('preHandler', async (request, reply) => await late.line?.receive(request, reply)),
		});
		const timeline = new Timeline(portal);
		late.line = new Line(portal, timeline);
		return new ScheduleWorld(portal, timeline, late.line, await connectedCredential(portal), timeline.start());
	}

	async close(): Promise<void> {
		this.endTime();
		await this.portal.stop();
	}

	/** An empty portal without trouble, and a fresh process of n8n. */
	reset(): void {
		this.line.disarm();
		this.portal.control.reset();
		this.portal.control.setLimits({ intensity: false, bucket: 50, leakPerSecond: 2 });
		this.startProcess();
	}

	/** From now on the blows of a schedule fall. */
	begin(blows: readonly Blow[], random: Random): void {
		this.wasKilled = false;
		// On some portals others are at work as well, so that less of the bucket is left than the nodes believe.
		if (random() < 0.3) this.portal.control.setLimits({ intensity: true, bucket: 4, leakPerSecond: 2 });
		this.line.arm(blows);
	}

	/** The trouble is over. All that was under way has come to its end, and used time is forgotten. */
	async calm(): Promise<void> {
		this.line.disarm();
		this.portal.control.setLimits({ intensity: false, bucket: 50, leakPerSecond: 2 });
		await this.timeline.sleep(11 * 60_000);
		if (this.stop.signal.aborted) this.stop = new AbortController();
	}

	/** Runs one operation of the action node in the process of now. */
	async run(
		operation: string,
		parameters: IDataObject,
		items: IDataObject[],
		onError?: INode['onError'],
	): Promise<NodeRun> {
		const node = { parameters: { resource: 'call', operation, ...parameters } as INode['parameters'], onError };
		// A renewed token names the portal's own id, and would be another process.
		(this.credential.oauthTokenData as IDataObject).member_id = this.memberId;
		return await this.engine.run(this.credential, node, items, { signal: this.stop.signal });
	}

	/** Registers calls without trouble. @returns one item a call, with its CALL_ID */
	async registered(phoneNumbers: readonly string[]): Promise<IDataObject[]> {
		this.line.disarm();
		const parameters = {
			employee: { __rl: true, mode: 'id', value: 2 },
			phoneNumber: '={{ $json.phone }}',
			type: 2,
			externalCallId: '',
			show: false,
		};
		const run = await this.run(
			'register',
			parameters as IDataObject,
			phoneNumbers.map((phone) => ({ phone })),
		);
		return run.json.map(({ CALL_ID }) => ({ callId: CALL_ID }));
	}

	/** Opens the card of a call. */
	show(callId: string, userIds: readonly number[]): void {
		this.portal.state.cards.push(...userIds.map((userId) => ({ callId, userId, openedAt: this.timeline.now() })));
	}

	/** Who sees the card of a call. */
	seers(callId: string): number[] {
		return this.portal.state.cards
			.filter((card) => card.callId === callId)
			.map(({ userId }) => userId)
			.sort();
	}

	/** How often a call stands in the history. */
	logged(phoneNumber: string): number {
		return this.portal.state.history.filter((row) => row.phoneNumber === phoneNumber).length;
	}

	/** How often the portal refused a method. */
	refusals(name: string): number {
		return this.portal.state.requests.filter(({ method, status }) => method === name && status !== 200).length;
	}

	/** Nodes keep what a process shares by the portal's member id: another one is another process. */
	private startProcess(): void {
		this.processes += 1;
		this.stop = new AbortController();
		const { accessToken, refreshToken } = this.portal.control.issueTokens(1);
		const token = {
			...(this.base.oauthTokenData as IDataObject),
			member_id: this.memberId,
			access_token: accessToken,
			refresh_token: refreshToken,
		};
		this.credential = { ...this.base, oauthTokenData: token };
	}

	private get memberId(): string {
		return `process ${this.processes}`;
	}

	private kill(whole: 'run' | 'process'): void {
		const { stop, credential } = this;
		if (whole === 'process') {
			this.wasKilled = true;
			this.line.bury(String((credential.oauthTokenData as IDataObject).access_token));
			this.startProcess();
		}
		stop.abort();
	}
}

/** What an item came to: its output, or its error with the method that failed. */
export interface Ended {
	json: IDataObject;
	error?: string;
	method?: string;
}

/** One entry an item, whichever output it left by; undefined for items that a stopped run does not account for. */
export function endings(run: NodeRun, count: number): (Ended | undefined)[] {
	const ended = new Map<number, Ended>();
	for (const { json, pairedItem } of [...run.items(0), ...run.items(1)]) {
		const { details } = json as { details?: { method?: string } };
		const error = typeof json.error === 'string' ? json.error : undefined;
		ended.set((pairedItem as { item: number }).item, { json, error, method: details?.method });
	}
	const index = run.error?.context?.itemIndex;
	const data = (run.error as { context?: { data?: { method?: string } } } | undefined)?.context?.data;
	if (run.error && index !== undefined) ended.set(index, { json: {}, error: run.error.message, method: data?.method });
	return Array.from({ length: count }, (_, item) => ended.get(item));
}

/** Alarms about something that only reads. */
export function falseAlarms(run: NodeRun, count: number): string[] {
	const words = `${run.error?.message ?? ''} ${run.error?.description ?? ''}`;
	return endings(run, count).flatMap((ended) =>
		ended?.error &&
		READS.includes(ended.method ?? '') &&
		/carried this out already|twice/.test(`${JSON.stringify(ended)} ${words}`)
			? [ended.error]
			: [],
	);
}
