import type { Dispatcher } from './dispatch/dispatcher';
import type { Hold, Sender } from './dispatch/errand';
import { failed, recordOf, success, UNSAFE_UPLOAD, type Answer } from './failure';
import { keepsProtocol, readHttp } from './http';
import type { Upload } from './plan';

/**
 * Sends a file: asks the portal for an address, then posts the file there. The address is signed over the place of the
 * token, and over the token itself where that is `auth` (rest.php). So when the token has expired by then, a new
 * address is asked for, with the renewed token, and the file is sent once more.
 *
 * @param keys what the call acts on, see Errand.
 * @returns what the upload brought; undefined when it was not sent any more. Never throws.
 */
export async function upload(
	dispatcher: Dispatcher,
	sender: Sender,
	step: Upload,
	keys: string[],
	hold: Hold,
): Promise<Answer<unknown> | undefined> {
	const attempt = async (): Promise<{ sent?: Answer<unknown>; isRefused: boolean }> => {
		const address = await addressFor(dispatcher, sender, step, keys, hold);
		if (!address?.ok) return { sent: address, isRefused: false };
		const request = { ...address.value, file: step.file };
		const perform = async (): Promise<Answer<unknown>> => {
			const answer = readHttp(step.method, await sender.transport.upload(request));
			return answer.ok ? success(answer.value.result) : answer;
		};
		const [sent] = await dispatcher.send(sender, { commands: [{ method: 'upload', parameters: {} }], perform, hold });
		return { sent, isRefused: sent?.ok === false && sent.failure.status === 401 };
	};
	const first = await attempt();
	return first.isRefused ? (await attempt()).sent : first.sent;
}

async function addressFor(
	dispatcher: Dispatcher,
	sender: Sender,
	{ method, parameters, file }: Upload,
	keys: string[],
	hold: Hold,
): Promise<Answer<{ url: string; fieldName: string }> | undefined> {
	const named = { method, parameters: { ...parameters, FILENAME: file.name } };
	const [address] = await dispatcher.send(sender, { commands: [named], keys, hold });
	if (!address?.ok) return address;
	const { uploadUrl, fieldName } = recordOf(address.value);
	if (typeof uploadUrl !== 'string' || !keepsProtocol(sender.transport.endpoint, uploadUrl)) {
		return failed({ kind: 'refused', status: 200, code: '', text: UNSAFE_UPLOAD, method });
	}
	return success({ url: uploadUrl, fieldName: typeof fieldName === 'string' ? fieldName : 'file' });
}
