import { failed, success, type Answer } from './failure';
import { HEAD_BYTES, type FileSource, type Inspected } from './plan';

/**
 * Looks at the first bytes of a file.
 *
 * @param unreadable says why it could not be read.
 * @returns its size and beginning, or a failure of the kind `file`. Never throws.
 */
export async function inspect(file: FileSource, unreadable: (error: unknown) => string): Promise<Answer<Inspected>> {
	try {
		const { size, content } = await file.open();
		const head = content instanceof Uint8Array ? content : await firstBytes(content);
		return success({ size, head: head.subarray(0, HEAD_BYTES) });
	} catch (error) {
		return failed({ kind: 'file', status: 0, code: '', text: unreadable(error), method: '' });
	}
}

/** Leaving the loop closes the stream. */
async function firstBytes(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	let head = new Uint8Array(0);
	for await (const chunk of content) {
		head = Buffer.concat([head, chunk]);
		if (head.length >= HEAD_BYTES) break;
	}
	return head;
}
