import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { commonError } from '../commonErrors';
import { portalUrl, type Caller, type Core } from '../core';
import { accessDenied, TelephonyError } from '../errors';
import { buildForm, parseForm } from '../php/form';
import { toText } from '../php/values';
import type { UploadedFile } from '../http/parameters';
import { requireRecordingName, storeRecording } from './recordings';

const SECRET = randomBytes(32);
/** Name of the form field that takes the file. [D attachRecord] */
const UPLOAD_FIELD = 'file';

/**
 * Makes the address to which a recording can be sent. Its signature covers the authorisation parameters of this
 * request: with the parameter `auth` the address works by itself, with the Bearer header it has no `auth` and the same
 * header must be sent again. [S rest.php, component.php]
 */
export function uploadAddress(
	core: Core,
	caller: Caller,
	wanted: { callId: string; name: string },
): { uploadUrl: string; fieldName: string } {
	const query = Buffer.from(
		buildForm({ callId: wanted.callId, filename: wanted.name, _: randomBytes(16).toString('base64url') }),
	).toString('base64');
	const token = ['telephony', query, sign(query, caller.authParameters)].join('|');
	return {
		uploadUrl: `${portalUrl(core)}/rest/upload.json?${buildForm({ ...caller.authParameters, token })}`,
		fieldName: UPLOAD_FIELD,
	};
}

/**
 * Takes a recording that was sent to an upload address.
 * @param token the address's parameter `token`
 * @returns id of the file
 * @throws RestError ACCESS_DENIED when the signature does not fit, or the telephony errors of attachRecord
 */
export function takeUpload(core: Core, caller: Caller, token: string, files: readonly UploadedFile[]): number {
	const [scope = '', query = '', signature = ''] = token.split('|');
	if (scope !== 'telephony' || !isSame(signature, sign(query, caller.authParameters)))
		throw accessDenied('Link check failed');
	if (!caller.scopes.includes('telephony')) throw commonError('insufficient_scope', core.switches);
	const wanted = parseForm(Buffer.from(query, 'base64').toString('utf8'));
	const file = files.find((candidate) => candidate.field === UPLOAD_FIELD);
	if (!file) throw new TelephonyError('Error: required parameter file is not found');
	requireRecordingName(core, file.name);
	const row = core.state.historyByCall.get(toText(wanted.callId));
	if (!row) throw new TelephonyError('Call is not found in the statistic table. Looks like it is not finished yet.');
	return storeRecording(core, row, { name: toText(wanted.filename), content: file.content }, true);
}

function sign(query: string, authParameters: Readonly<Record<string, string>>): string {
	return createHmac('sha256', SECRET)
		.update(JSON.stringify([query, Object.entries(authParameters).sort()]))
		.digest('base64');
}

function isSame(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
