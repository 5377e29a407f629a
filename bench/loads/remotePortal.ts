import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { LimitSettings } from '../../sandbox/portal';
import { end, END_WITH_PARENT } from '../../tools/n8n/process';
import type { Actions, Traffic } from './portalProcess';

/** A sandbox portal in a process of its own, so that it does not share the CPU with the engine under measurement. */
export class RemotePortal {
	private asked = 0;
	private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
	url = '';
	authorizationUrl = '';
	/** Decrypted data of a credential that is connected with it. */
	credential: ICredentialDataDecryptedObject = {};

	private constructor(private readonly child: ChildProcess) {
		child.on('message', ({ id, value, problem }: { id: number; value: never; problem?: string }) => {
			const { resolve, reject } = this.waiting.get(id) ?? {};
			this.waiting.delete(id);
			if (problem === undefined) resolve?.(value);
			else reject?.(new Error(problem));
		});
		child.once('exit', () => {
			for (const { reject } of this.waiting.values()) reject(new Error('The portal’s process has ended'));
		});
	}

	/**
	 * Runs work beside a portal of its own, with the documented request limit and without operating time unless set
	 * otherwise.
	 *
	 * @param timeFactor share of a real portal's service times.
	 */
	static async during<Result>(
		timeFactor: number,
		work: (portal: RemotePortal) => Promise<Result>,
		limits: Partial<LimitSettings> = LIMITS,
	): Promise<Result> {
		const child = fork(join(__dirname, 'portalProcess.ts'), [], {
			execArgv: ['--require', END_WITH_PARENT, '--require', require.resolve('tsx/cjs')],
		});
		const portal = new RemotePortal(child);
		try {
			Object.assign(portal, await portal.ask('start', { timeFactor }));
			await portal.ask('limit', limits);
			return await work(portal);
		} finally {
			await end(child);
		}
	}

	/** Registers calls past the limits. @returns their ids */
	async register(count: number): Promise<string[]> {
		return await this.ask('register', { count });
	}

	/** What came in since the start, or since the calls were registered. */
	async traffic(): Promise<Traffic> {
		return await this.ask('traffic', undefined);
	}

	/**
	 * Lets n8n's credential connect.
	 * @param handlerUrl where to come back to.
	 * @returns id and secret of the application
	 */
	async application(handlerUrl: string): Promise<{ clientId: string; clientSecret: string }> {
		return await this.ask('application', { handlerUrl });
	}

	/** Empties the limits, and counts requests from zero. */
	async forget(): Promise<void> {
		await this.ask('limit', LIMITS);
	}

	private async ask<Name extends keyof Actions>(
		name: Name,
		given: Parameters<Actions[Name]>[0],
	): Promise<Awaited<ReturnType<Actions[Name]>>> {
		const id = ++this.asked;
		return await new Promise<Awaited<ReturnType<Actions[Name]>>>((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.child.send({ id, name, given });
		});
	}
}

/** The documented bucket; no load of a minute shall be decided by the operating time of ten minutes. */
const LIMITS: Partial<LimitSettings> = { intensity: true, operating: false, requestSeconds: 60 };
