import assert from 'node:assert/strict';
import { startPortal, type HistoryRow, type Portal, type Switches } from '../../../sandbox/portal';
import { Client, startReceiver, type Receiver, type Reply, type Sending } from '../support/client';

/** Employees and clients that the documentation's examples speak of. */
const EXAMPLE = {
	callId: 'externalCall.716f1cb73def9700a23842adf9c4c568.1773130779',
	employees: [15, 99, 1269, 1270, 1271],
	contact: 797,
};

/** A portal of its own for one proof, with an administrator's client. */
export class Bench {
	private readonly receivers: Receiver[] = [];
	readonly exampleCall = EXAMPLE.callId;

	private constructor(
		readonly portal: Portal,
		readonly client: Client,
	) {}

	/** Opens a bench. */
	static async open(switches: Partial<Switches> = {}): Promise<Bench> {
		const portal = await startPortal({ switches });
		const bench = new Bench(portal, Client.of(portal));
		const { state } = portal;
		for (const id of EXAMPLE.employees) {
			const model = state.employees.get(2);
			assert.ok(model);
			state.employees.set(id, {
				...model,
				id,
				extension: '',
				firstName: `Iv${id}`,
				lastName: 'Example',
				email: '',
				department: 'Sales',
				rights: { callDetail: 'all', outgoingCall: true, manageNumbers: true, crm: true },
			});
		}
		portal.control.addClient('CONTACT', { name: 'John Doe', phones: ['79060000797'], assignedById: 99 }).id =
			EXAMPLE.contact;
		return bench;
	}

	/** Closes everything that the bench opened. */
	async close(): Promise<void> {
		await this.portal.stop();
		await Promise.all(this.receivers.map((receiver) => receiver.stop()));
	}

	call(method: string, parameters: Record<string, unknown> = {}, sending: Sending = {}): Promise<Reply> {
		return this.client.call(method, parameters, sending);
	}

	/** Calls a method that must succeed. */
	ok<Result = Record<string, unknown>>(
		method: string,
		parameters: Record<string, unknown> = {},
		sending: Sending = {},
	): Promise<Result> {
		return this.client.result<Result>(method, parameters, sending);
	}

	/** A token of an employee. */
	tokenOf(userId: number, applicationId?: number): string {
		return this.portal.control.issueTokens(userId, applicationId).accessToken;
	}

	/** A token whose application has just these scopes. */
	tokenWith(scopes: string[]): string {
		return this.tokenOf(1, this.portal.control.addApplication({ scopes }).id);
	}

	/** Path of the incoming webhook: user and code. */
	get webhook(): string {
		const [webhook] = this.portal.state.webhooks;
		assert.ok(webhook);
		return `${webhook.userId}/${webhook.code}`;
	}

	/** Registers an incoming call and gives its CALL_ID. */
	async registered(parameters: Record<string, unknown> = {}): Promise<string> {
		const result = await this.ok('telephony.externalCall.register', {
			USER_ID: 1,
			PHONE_NUMBER: '+494066969441',
			TYPE: 2,
			SHOW: 0,
			...parameters,
		});
		return String(result.CALL_ID);
	}

	/** Registers and finishes a call and gives its CALL_ID. */
	async finished(parameters: Record<string, unknown> = {}, ending: Record<string, unknown> = {}): Promise<string> {
		const callId = await this.registered(parameters);
		await this.ok('telephony.externalCall.finish', { CALL_ID: callId, USER_ID: 1, DURATION: 10, ...ending });
		return callId;
	}

	/** Makes the call of the documentation's examples known, running or finished. */
	async exampleStage(stage: 'running' | 'finished'): Promise<void> {
		const { state } = this.portal;
		const callId = await this.registered({
			USER_ID: 1269,
			CRM_ENTITY_TYPE: 'CONTACT',
			CRM_ENTITY_ID: 797,
			LINE_NUMBER: '3',
		});
		const call = state.calls.get(callId);
		assert.ok(call);
		state.calls.delete(callId);
		state.calls.set(EXAMPLE.callId, { ...call, callId: EXAMPLE.callId });
		if (stage === 'finished')
			await this.ok('telephony.externalCall.finish', { CALL_ID: EXAMPLE.callId, USER_ID: 1269, DURATION: 95 });
	}

	/** The history row of a call. */
	row(callId: string): HistoryRow {
		const row = this.portal.state.historyByCall.get(callId);
		assert.ok(row, `no history row of ${callId}`);
		return row;
	}

	/** Starts a receiver and binds it to events. */
	async handler(...events: string[]): Promise<Receiver> {
		const receiver = await this.receiver();
		for (const event of events)
			assert.equal(await this.ok('event.bind', { event, handler: `${receiver.url}/hook` }), true);
		return receiver;
	}

	/** Starts a receiver that nothing is bound to. */
	async receiver(): Promise<Receiver> {
		const receiver = await startReceiver();
		this.receivers.push(receiver);
		return receiver;
	}

	/** Names of the events that a receiver got, after all deliveries are through. */
	async eventsOf(receiver: Receiver): Promise<string[]> {
		await this.portal.control.idle();
		return receiver.received.map((entry) => entry.fields.get('event') ?? '');
	}

	/** The fields of the one delivery that a receiver got. */
	async onlyEvent(receiver: Receiver): Promise<Record<string, string>> {
		await this.portal.control.idle();
		assert.equal(receiver.received.length, 1);
		return Object.fromEntries(receiver.received[0]?.fields ?? []);
	}
}

/** Proves one fact, or throws. */
export type Proof = (bench: Bench) => Promise<void> | void;
/** Provokes an error. */
export type Trigger = (bench: Bench) => Promise<Reply>;
/** Proofs by fact id. */
export type Proofs = Readonly<Record<string, Proof>>;
/** Triggers by error text. */
export type Triggers = Readonly<Record<string, Trigger>>;

/** Everything that is known about how to prove the facts of one subject. */
export interface Chapter {
	/** Parameters of a call that succeeds, after what must be done first. */
	valid?: (bench: Bench) => Promise<Record<string, unknown>> | Record<string, unknown>;
	proofs: Proofs;
	triggers?: Triggers;
	/** What must be done before an example runs, by number of the example. */
	stages?: Readonly<Record<number, Proof>>;
	/** Makes more than two pages of rows; the number of rows is the answer. */
	fill?: (bench: Bench) => Promise<number> | number;
	/** Why a fact cannot be proven. */
	reasons?: Readonly<Record<string, string>>;
}

/** Fails unless a reply has this status and these parts. */
export function assertReply(reply: Reply, status: number, body: Record<string, unknown>): void {
	assert.deepEqual({ status: reply.status, body: pick(reply.body, Object.keys(body)) }, { status, body }, reply.text);
}

/** Takes some keys out of an object. */
function pick(source: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(keys.filter((key) => key in source).map((key) => [key, source[key]]));
}
