import { batchParameters, chunks, readBatch } from './batch';
import { failed, isRecord, readAnswer, success, type Failure, type Outcome } from './failure';
import { isPlainCall, Reference, type Conversation, type FileSource, type Parameters, type Plan, type Step, type Upload } from './plan';
import { resultsOf } from './results';

/** What came back over HTTP, or why nothing did. */
export type HttpAnswer =
	| { status: number; body: unknown; /** Where a redirect points. */ location?: string }
	| { status: 0; reason: 'unreachable' | 'unknown' | 'credential'; text: string };

/** One request as the portal client wants it sent: POST with a JSON body and the Bearer token. */
export interface HttpRequest {
	url: string;
	body: Record<string, unknown>;
	/** Milliseconds after which the outcome counts as unknown. */
	timeout: number;
}

/** One file as the portal wants it: multipart, with the same authorisation as the call that named the address. */
export interface UploadRequest {
	url: string;
	fieldName: string;
	file: FileSource;
}

/** What the client needs from outside. Nothing of it throws. */
export interface PortalDependencies {
	/** REST address with a trailing slash, `client_endpoint` of the token answer. */
	endpoint: string;
	/** Sends one request. */
	send: (request: HttpRequest) => Promise<HttpAnswer>;
	/** Sends one file. */
	upload: (request: UploadRequest) => Promise<HttpAnswer>;
	/** Posts nothing to an address that is not the portal's, without authorisation; the status, or 0. */
	probe: (url: string) => Promise<number>;
	/** Waits, in milliseconds. */
	sleep: (milliseconds: number) => Promise<void>;
}

/** The portal ends a request after 60 s (limits of the contract data); its 504 shall arrive before we give up. */
const REQUEST_TIMEOUT = 70_000;

/** Ten finishes may take 20 s, at up to 2.3 s each in the documentation's examples; 60 s is all a request has. */
const COMMANDS_PER_BATCH = 10;

/** The bucket leaks two requests a second, so these waits (milliseconds) outlast a short burst of others. */
const LIMIT_WAITS = [1000, 2000, 4000, 8000];

/** A client of one portal's REST interface. */
export class Portal {
	constructor(private readonly dependencies: PortalDependencies) {}

	/**
	 * Calls one method.
	 *
	 * @returns its `result`, or the failure. Never throws.
	 */
	async call(method: string, parameters: Parameters = {}): Promise<Outcome<unknown>> {
		const answer = await this.page(method, parameters);
		return answer.ok ? success(answer.value.result) : answer;
	}

	/**
	 * Calls one method and keeps what stands beside its result.
	 *
	 * @returns the whole answer, with `total` and `next` of a list. Never throws.
	 */
	async page(method: string, parameters: Parameters = {}): Promise<Outcome<Record<string, unknown>>> {
		for (let attempt = 0; ; attempt += 1) {
			const outcome = await this.once(method, parameters);
			const wait = LIMIT_WAITS[attempt];
			if (outcome.ok || wait === undefined || !isBurst(outcome.failure)) return outcome;
			await this.dependencies.sleep(wait);
		}
	}

	/**
	 * Carries out plans, several to a request. A chunk is sent when the one before it has been taken, so that whoever
	 * stops after a failure sends nothing more.
	 *
	 * @param plans one plan an item.
	 * @returns chunk by chunk one list of step outcomes a plan, in the order of the plans. Never throws. A failure of the
	 *   request stands in for every step that travelled in it.
	 */
	async *run(plans: Plan[]): AsyncGenerator<Outcome<unknown>[][]> {
		for (const chunk of chunks(plans, COMMANDS_PER_BATCH)) yield await this.runChunk(chunk);
	}

	/**
	 * Leads one conversation to its end.
	 *
	 * @returns what it returns, or the failure that ended it. Never throws.
	 */
	async converse<Result>(conversation: Conversation<Result>): Promise<Outcome<Result>> {
		let turn = conversation.next([]);
		while (!turn.done) {
			const plan = turn.value;
			const results: unknown[] = [];
			for await (const [outcomes = []] of this.run([plan])) {
				const answered = resultsOf(plan, outcomes);
				if (answered.failed) return failed(answered.failed.failure);
				results.push(...answered.results);
			}
			turn = conversation.next(results);
		}
		return success(turn.value);
	}

	private async runChunk(chunk: Plan[]): Promise<Outcome<unknown>[][]> {
		const [first] = chunk;
		if (chunk.length === 1 && first && (first.length === 1 || !first.every(isPlainCall))) return [await this.runOneByOne(first)];
		const answer = await this.call('batch', batchParameters(chunk));
		if (answer.ok) return readBatch(chunk, answer.value);
		return chunk.map((plan) => plan.filter(isPlainCall).map(({ method }) => failed({ ...answer.failure, method })));
	}

	private async runOneByOne(plan: Plan): Promise<Outcome<unknown>[]> {
		const outcomes: Outcome<unknown>[] = [];
		for (const step of plan) outcomes.push(await this.runStep(step));
		return outcomes;
	}

	private async runStep(step: Step): Promise<Outcome<unknown>> {
		if ('file' in step) return await this.upload(step);
		if ('probe' in step) return success(await this.dependencies.probe(step.probe));
		if ('pause' in step) return success(await this.dependencies.sleep(step.pause));
		return await this.call(step.method, step.parameters);
	}

	/** The portal names an address for the file, signed over the authorisation of this call (rest.php). */
	private async upload({ method, parameters, file }: Upload): Promise<Outcome<unknown>> {
		const address = await this.call(method, { ...parameters, FILENAME: file.name });
		if (!address.ok) return address;
		const { uploadUrl, fieldName } = isRecord(address.value) ? address.value : {};
		if (typeof uploadUrl !== 'string' || !keepsProtocol(this.dependencies.endpoint, uploadUrl)) {
			return failed({ kind: 'refused', status: 200, code: '', text: 'The portal named no safe upload address', method });
		}
		const answer = await this.dependencies.upload({ url: uploadUrl, fieldName: typeof fieldName === 'string' ? fieldName : 'file', file });
		const outcome = read(method, answer);
		return outcome.ok ? success(outcome.value.result) : outcome;
	}

	private async once(method: string, parameters: Parameters): Promise<Outcome<Record<string, unknown>>> {
		const request = { url: `${this.dependencies.endpoint}${method}`, body: withoutHoles(parameters), timeout: REQUEST_TIMEOUT };
		const answer = await this.dependencies.send(request);
		const moved = movedTo(request.url, answer);
		return read(method, moved ? await this.dependencies.send({ ...request, url: moved }) : answer);
	}
}

/** The token goes along, so https stays https. */
function keepsProtocol(from: string, to: string): boolean {
	return URL.canParse(to) && new URL(from).protocol === new URL(to).protocol;
}

/**
 * A portal whose address has changed answers 302; the same POST is to be repeated there, because an automatic redirect
 * would make a GET of it (documentation, how-to-call-rest-api/change-domen).
 */
function movedTo(url: string, answer: HttpAnswer): string | undefined {
	if (!('location' in answer) || !answer.location || answer.status < 300 || answer.status > 399) return undefined;
	const [from, to] = [new URL(url), new URL(answer.location, url)];
	return keepsProtocol(from.href, to.href) && to.pathname === from.pathname ? to.href : undefined;
}

function read(method: string, answer: HttpAnswer): Outcome<Record<string, unknown>> {
	if ('reason' in answer) return failed({ kind: answer.reason, status: 0, code: '', text: answer.text, method });
	return readAnswer(method, answer.status, answer.body);
}

function isBurst(failure: Failure): boolean {
	return failure.code === 'QUERY_LIMIT_EXCEEDED';
}

function withoutHoles(parameters: Parameters): Record<string, unknown> {
	return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined && !(value instanceof Reference)));
}
