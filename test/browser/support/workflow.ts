import type { Sandbox } from '../../../sandbox';
import { startReceiver, type Receiver } from '../../unit/sandbox/receiver';
import { call } from '../../unit/sandbox/pbx-client';

/** A recording without sound. */
const SILENCE = encodeURIComponent(Buffer.from('RIFFxxxxWAVE').toString('base64'));

/** Stands for n8n with the click-to-call workflow: each click makes the PBX ring the employee. */
export class Workflow {
	private isOver = false;

	private constructor(
		private readonly sandbox: Sandbox,
		private readonly receiver: Receiver,
	) {}

	/** Binds itself to clicks, as a published workflow does. */
	static async start(sandbox: Sandbox): Promise<Workflow> {
		const workflow = new Workflow(sandbox, await startReceiver());
		await workflow.rest('event.bind', { event: 'ONEXTERNALCALLSTART', handler: `${workflow.receiver.url}/click` });
		workflow.dial().catch((error: unknown) => {
			if (!workflow.isOver) throw error;
		});
		return workflow;
	}

	/** Calls a REST method as employee 1. */
	async rest(method: string, parameters: object): Promise<void> {
		const { portal } = this.sandbox;
		const response = await fetch(`${portal.url}/rest/${method}`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${portal.control.issueTokens(1).accessToken}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify(parameters),
		});
		if (response.status !== 200) throw new Error(`${method} answered ${await response.text()}`);
	}

	/** Logs a call of employee 2 and attaches its recording, both in one batch. */
	async log(callId: string): Promise<void> {
		await this.rest('batch', {
			cmd: {
				finish: `telephony.externalcall.finish?CALL_ID=${callId}&USER_ID=2&DURATION=5&STATUS_CODE=200`,
				record: `telephony.externalCall.attachRecord?CALL_ID=${callId}&FILENAME=call.wav&FILE_CONTENT=${SILENCE}`,
			},
		});
	}

	/** Closes its address. What it was doing just then comes to nothing. */
	async stop(): Promise<void> {
		this.isOver = true;
		await this.receiver.stop();
	}

	private async dial(): Promise<void> {
		for (;;) {
			const event = new URLSearchParams((await this.receiver.next()).body);
			const employee = this.sandbox.portal.state.employees.get(Number(event.get('data[USER_ID]')));
			await call(this.sandbox.pbx, {
				number: event.get('data[PHONE_NUMBER_INTERNATIONAL]') ?? event.get('data[PHONE_NUMBER]') ?? '',
				id: event.get('data[CALL_ID]') ?? '',
				request: { endpoint: `Local/${employee?.extension}@b24-agent` },
			});
		}
	}
}
