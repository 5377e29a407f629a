import type { FileSource, OpenFile } from '../../../bitrix24/plan';
import type { ConnectedSystem } from '../../common/phoneSystem';

/** The recording of a reported call, as the phone system keeps it. */
export class ReportedRecording {
	/** Why it could not be had when it was last asked for; empty when it was. */
	problem = '';

	/**
	 * @param connecting gives the phone system of the node's credential.
	 * @param name as the report named it.
	 */
	constructor(
		private readonly connecting: () => Promise<ConnectedSystem | undefined>,
		private readonly name: string,
	) {}

	/** The recording as a file. Each opening asks the phone system anew: a link may be good for once only. */
	readonly file: FileSource = { name: 'recording', contentType: '', open: async () => await this.open() };

	/** Deletes it on the phone system. Never throws. @returns why that failed; undefined when it is gone */
	async delete(): Promise<string | undefined> {
		const connected = await this.connecting().catch(() => undefined);
		const { deletion } = connected?.system ?? {};
		if (!connected || !deletion)
			return 'The recording is attached, but stays on the phone system: this one deletes none on request';
		const { status } = await connected.ask(deletion(this.name, connected.login));
		return (status >= 200 && status < 300) || status === 404
			? undefined
			: `The recording is attached, but the phone system did not delete its own copy${status > 0 ? ` (status ${status})` : ': it did not answer'}`;
	}

	private async open(): Promise<OpenFile> {
		this.problem = 'this node has no Phone System API credential of that phone system';
		const connected = await this.connecting();
		if (!connected?.system.recording) return this.fail();
		this.problem = 'the phone system does not have it yet';
		const request = await connected.system.recording(this.name, connected.login, connected.ask);
		if (!request) return this.fail();
		const { bytes, content, problem = '' } = await connected.download(request);
		this.problem = problem;
		if (!content) return this.fail();
		if (bytes !== undefined) return { size: bytes, content };
		const whole = await collected(content);
		return { size: whole.length, content: whole };
	}

	private fail(): never {
		throw new Error(this.problem);
	}
}

async function collected(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for await (const part of content) parts.push(part);
	return Buffer.concat(parts);
}
