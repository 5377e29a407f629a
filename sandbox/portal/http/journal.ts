import { parseJsonBody } from '../php/json';
import type { PhpMap } from '../php/values';
import type { RequestRecord } from '../state/model';
import { readTexts } from './parameters';
import type { RawRequest } from './raw';

/** Requests that are kept. */
const KEPT = 500;
/** Characters of bodies and answers that are kept, all together. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;
/** Bytes: of a larger request only the parameters are kept, and of a long one its beginning. */
const LARGE_REQUEST = 64 * 1024;
const LONG_PARAMETER = 2000;

/** What is known of a request when it has been answered. */
export interface Answered {
	readonly request: RequestRecord;
	readonly raw: RawRequest;
	/** Parameters, when the request came so far that they were read. */
	readonly sent: PhpMap | undefined;
	/** The answer's body; empty when none was sent. */
	readonly answer: string;
	/** Milliseconds since 1970, the portal's time at which the request came. */
	readonly at: number;
	/** Milliseconds until the answer. */
	readonly took: number;
}

/** A request with what it carried and how it was answered. */
export interface JournalEntry extends Pick<Answered, 'request' | 'answer' | 'at' | 'took'> {
	/** The parameters. A file of a multipart body is none. */
	readonly sent: () => PhpMap;
}

/**
 * The latest requests, for whoever looks. Writing costs next to nothing, since the bench measures on the same portal:
 * bodies and answers are kept as they are, within bounds, and made sense of only when somebody reads.
 */
export class Journal {
	private readonly kept: { entry: JournalEntry; size: number }[] = [];
	private size = 0;

	/** Oldest first. */
	get entries(): JournalEntry[] {
		return this.kept.map(({ entry }) => entry);
	}

	/** Keeps a request; the oldest ones go. */
	add({ request, raw, sent, answer, at, took }: Answered): void {
		const carried = raw.query.length + raw.body.length;
		const entry: JournalEntry = { request, answer, at, took, sent: reader(raw, sent, carried > LARGE_REQUEST) };
		const size = Math.min(carried, LARGE_REQUEST) + answer.length;
		this.kept.push({ entry, size });
		this.size += size;
		while (this.kept.length > KEPT || this.size > KEPT_CHARACTERS) this.size -= this.kept.shift()?.size ?? 0;
	}

	/** Forgets everything. */
	clear(): void {
		this.kept.length = 0;
		this.size = 0;
	}
}

/** A function of its own for each way: one that holds parameters must not hold the body beside them. */
function reader(raw: RawRequest, sent: PhpMap | undefined, isLarge: boolean): () => PhpMap {
	if (isLarge) return already(shortened(sent ?? readTexts({ ...raw, body: Buffer.alloc(0) })));
	return sent ? already(sent) : later(raw);
}

function already(sent: PhpMap): () => PhpMap {
	return () => sent;
}

function later(raw: RawRequest): () => PhpMap {
	return () => readTexts(raw);
}

/** A copy, so that texts cut out of a large body do not keep it in memory. */
function shortened(sent: PhpMap): PhpMap {
	const text = JSON.stringify(sent, (_name, value: unknown) =>
		typeof value === 'string' && value.length > LONG_PARAMETER
			? `${value.slice(0, 100)}… (${value.length} characters)`
			: value,
	);
	return parseJsonBody(Buffer.from(text));
}
